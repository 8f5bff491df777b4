import { TimerReset } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSecond } from '../../../lib/ticker.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { StateLine } from '../state-line.tsx';
import styles from '../state-lines.module.css';
import { shortProblems } from './short-problems.ts';
import type { Life } from './use-life.ts';

/** When silence closes it; what still keeps it open is said now, not in the night when nothing happens. */
export function AutoCloseLine({
  autoClose,
  problems,
  onMend,
  onCancel,
}: {
  readonly autoClose: NonNullable<Life['autoClose']>;
  readonly problems: Life['problems'];
  readonly onMend: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { at, by, group } = autoClose;
  const isBlocked = problems.length > 0;
  return (
    <StateLine
      icon={<TimerReset size={14} />}
      tone={isBlocked ? 'risk' : undefined}
      actions={
        <>
          {isBlocked ? <Button onClick={onMend}>{t('workflow.lines.mend')}</Button> : null}
          <Button kind="quiet" onClick={onCancel}>
            {t('workflow.lines.cancel')}
          </Button>
        </>
      }
    >
      <b title={format.full(at)}>{t('workflow.lines.autoClose', { at: format.when(at, now) })}</b>{' '}
      {t('workflow.lines.closesIn', { left: format.countdown(Math.max(0, at - now)) })}
      {isBlocked ? (
        ` · ${t('workflow.lines.willNot', { what: shortProblems(problems, t) })}`
      ) : (
        <span className={styles.faint}>
          {' · '}
          {t(by === 'letter' ? 'workflow.lines.byLetter' : 'workflow.lines.byHand')}
          {group === null ? '' : `, ${t('workflow.lines.group', { name: group })}`}
          {' · '}
          {t('workflow.lines.answerStops')}
        </span>
      )}
    </StateLine>
  );
}
