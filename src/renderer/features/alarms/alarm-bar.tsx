import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph, type Urgency } from '../../ui/status-glyph.tsx';
import styles from './alarm-bar.module.css';
import { isOfIncident, isOfReaching, type Alarms, type ReachCall, type Sounding } from './alarm-store.ts';

const urgencies: Record<string, Urgency> = {
  overdue: 'overdue',
  escalated: 'overdue',
  'at-risk': 'risk',
  silence: 'risk',
  handover: 'risk',
  'not-reached': 'overdue',
  'nobody-left': 'overdue',
  'call-overdue': 'overdue',
  declined: 'risk',
  unknown: 'risk',
};

/** What sounds now, the most urgent first; Space answers it and opens nothing, the code opens it. */
export function AlarmBar({
  alarms,
  onOpen,
  onOpenHandover,
  onOpenReach,
}: {
  readonly alarms: Alarms;
  readonly onOpen: (incidentId: number) => void;
  readonly onOpenHandover: (handoverId: number) => void;
  readonly onOpenReach: (alarm: ReachCall) => void;
}) {
  const { rpc, people: peopleStore } = useDesk();
  const people = useStore(peopleStore, (state) => state.people);
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const list = useStore(alarms.store, (state) => state.alarms);
  const [first, ...rest] = list;

  const acknowledge = (alarm: Sounding) =>
    command(
      async () => {
        if (isOfIncident(alarm)) await rpc.incidents.acknowledge({ ids: [alarm.incidentId] });
        else if (isOfReaching(alarm)) await rpc.reachAlarms.hush({ ids: [alarm.alarmId] });
        else await rpc.shift.hush({ handoverId: alarm.handoverId });
      },
      { done: t('alarms.acknowledged', { count: 1 }) },
    );
  const all = () =>
    command(
      async () => {
        const { count } = await rpc.incidents.acknowledgeAll({});
        const ids = list.filter(isOfReaching).map(({ alarmId }) => alarmId);
        if (ids.length > 0) await rpc.reachAlarms.hush({ ids });
        const calls = list.filter((alarm) => alarm.kind === 'handover');
        for (const { handoverId } of calls) await rpc.shift.hush({ handoverId });
        return count + ids.length + calls.length;
      },
      { done: (count) => t('alarms.acknowledged', { count }) },
    );
  useShortcut('acknowledge', () => first && void acknowledge(first), first !== undefined);
  useShortcut('acknowledgeAll', () => void all(), first !== undefined);

  if (!first) return null;
  return (
    <section className={styles.bar} data-kind={first.kind} aria-label={t('alarms.label')}>
      <StatusGlyph urgency={urgencies[first.kind] ?? 'calm'} label={t(`alarms.kinds.${first.kind}`)} />
      <b className={styles.kind}>{t(`alarms.kinds.${first.kind}`)}</b>
      {isOfIncident(first) ? (
        <button type="button" className={styles.open} onClick={() => onOpen(first.incidentId)}>
          <span className={styles.code}>{first.code}</span>
          {first.words ? <span className={styles.words}>{first.words}</span> : null}
          <span className={styles.title}>{first.title}</span>
        </button>
      ) : isOfReaching(first) ? (
        <button type="button" className={styles.open} onClick={() => onOpenReach(first)}>
          {first.code === '' ? null : <span className={styles.code}>{first.code}</span>}
          {first.number === null ? null : (
            <span className={styles.words}>{t('alarms.reachCall', { number: first.number })}</span>
          )}
          <span className={styles.title}>{first.name}</span>
        </button>
      ) : (
        <button type="button" className={styles.open} onClick={() => onOpenHandover(first.handoverId)}>
          <span className={styles.title}>
            {t('alarms.handover', { name: people.get(first.fromPersonId)?.name ?? '' })}
          </span>
        </button>
      )}
      <Since at={first.raisedAt} />
      {rest.length > 0 ? (
        <span className={styles.rest}>{t('alarms.more', { count: rest.length })}</span>
      ) : null}
      <span className={styles.space} />
      <Button keys={keys('acknowledge')} onClick={() => void acknowledge(first)}>
        {t('alarms.acknowledge')}
      </Button>
      {rest.length > 0 ? (
        <Button kind="quiet" keys={keys('acknowledgeAll')} onClick={() => void all()}>
          {t('alarms.acknowledgeAll')}
        </Button>
      ) : null}
    </section>
  );
}

function Since({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useSecond();
  return (
    <time className={styles.rest} title={format.full(at)}>
      {format.age(now - at)}
    </time>
  );
}
