import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/contract/session.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Screen } from '../../ui/screen.tsx';
import { ChannelsTable } from './channels-table.tsx';
import { HandoverPage } from './handover-page.tsx';
import { HandoverTable } from './handover-table.tsx';
import { LeftWork } from './left-work.tsx';
import { OnDuty } from './on-duty.tsx';
import { PastHandovers } from './past-handovers.tsx';
import styles from './shift.module.css';
import { SoundTest } from './sound-test.tsx';
import { useNames } from './use-names.ts';
import { useShiftState } from './use-shift-state.ts';

const kinds = ['handover', 'shift', 'person', 'account', 'telegram', 'message', 'chat'] as const;
const everyMs = 60_000;

/** Who is here, who comes, what was handed over and what waits to be taken. */
export function ShiftScreen({
  person,
  handoverId,
  onGo,
  onOpenIncident,
  onToggle,
}: {
  readonly person: Person;
  readonly handoverId: number | null;
  readonly onGo: (handoverId: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  /** The dialog of the start or of the end. */
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const keys = useKeys();
  const { people } = useNames();
  const { data, status, error, reload } = useShiftState(kinds);
  // Silence grows by itself: nothing tells of what does not come.
  useEffect(() => {
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [reload]);
  const isOnDuty = (people.get(person.id)?.onDutySince ?? null) !== null;

  if (handoverId !== null) {
    return (
      <Screen title={t('shift.title')}>
        <HandoverPage id={handoverId} onOpenIncident={onOpenIncident} onBack={() => onGo(null)} />
      </Screen>
    );
  }
  return (
    <Screen
      title={t('shift.title')}
      dimmed={status === 'stale'}
      actions={
        <Button kind="primary" keys={keys('shift')} onClick={onToggle}>
          {t(isOnDuty ? 'shift.end' : 'shift.begin')}
        </Button>
      }
    >
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {data ? (
        <div className={styles.columns}>
          <div className={styles.stack}>
            <OnDuty people={people} next={data.next} />
            <SoundTest />
          </div>
          <div className={styles.stack}>
            <LeftWork left={data.left} />
            {data.waiting.length > 0 ? (
              <section className={styles.block} aria-label={t('shift.list.waiting')}>
                <h2 className={styles.heading}>{t('shift.list.waiting')}</h2>
                <HandoverTable label={t('shift.list.waiting')} handovers={data.waiting} onOpen={onGo} />
              </section>
            ) : null}
            <ChannelsTable channels={data.channels} onOpenIncident={onOpenIncident} />
            <PastHandovers onOpen={onGo} />
          </div>
        </div>
      ) : null}
    </Screen>
  );
}
