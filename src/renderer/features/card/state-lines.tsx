import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractorLines } from './contractors/contractor-lines.tsx';
import type { AskCard } from './life/card-dialog.ts';
import { AutoCloseLine } from './life/auto-close-line.tsx';
import { PostponedLine } from './life/postponed-line.tsx';
import { RefusedLine } from './life/refused-line.tsx';
import { ReminderLines } from './life/reminder-lines.tsx';
import type { LifeActions } from './life/use-life-actions.ts';
import type { Life } from './life/use-life.ts';
import styles from './state-lines.module.css';

/** What the incident waits for and stands in, a row each; takes no room while there is nothing to say. */
export function StateLines({
  incidentId,
  life,
  actions,
  ask,
  children,
}: {
  readonly incidentId: number;
  readonly life: Life | undefined;
  readonly actions: LifeActions;
  readonly ask: AskCard;
  /** What it stands in with others. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <ul className={styles.lines} aria-label={t('workflow.lines.label')}>
      {children}
      {life?.postponed ? (
        <PostponedLine
          postponed={life.postponed}
          onWake={() => void actions.wake()}
          onFurther={() => ask({ kind: 'postpone' })}
        />
      ) : null}
      {life?.autoClose ? (
        <AutoCloseLine
          autoClose={life.autoClose}
          problems={life.problems}
          onMend={() => ask({ kind: 'closing', statusId: null })}
          onCancel={() => void actions.cancelAutoClose()}
        />
      ) : null}
      {life?.autoCloseRefused ? (
        <RefusedLine problems={life.problems} onMend={(statusId) => ask({ kind: 'closing', statusId })} />
      ) : null}
      <ContractorLines incidentId={incidentId} />
      <ReminderLines incidentId={incidentId} />
    </ul>
  );
}
