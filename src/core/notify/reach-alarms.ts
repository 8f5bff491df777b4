import type { ReachAlarmAbout, ReachAlarmKind } from '../db/reach-alarm-store.ts';
import type { NotifyParts } from './parts.ts';

type AlarmParts = Pick<NotifyParts, 'db' | 'clock' | 'journal' | 'reachAlarms'>;

const secondMs = 1000;

/** Sounds until somebody acknowledges; inside the transaction of what it tells about. */
export function raiseReachAlarm(
  { db, clock, reachAlarms }: AlarmParts,
  kind: ReachAlarmKind,
  about: ReachAlarmAbout,
  revision: number,
): void {
  reachAlarms.raise(kind, about, clock.now(), revision);
  db.touch('alarm', about.incidentId ?? undefined);
}

/** Falls silent; without a person it is because what it was about is over. */
export function acknowledgeReachAlarms(
  parts: AlarmParts,
  ids: readonly number[],
  actor: number | null,
): void {
  if (ids.length === 0) return;
  const { db, clock, journal, reachAlarms } = parts;
  db.transact((revision) => {
    const now = clock.now();
    const raised = reachAlarms.acknowledge(ids, actor, now, revision);
    if (raised.length === 0) return;
    if (actor !== null) {
      const seconds = Math.max(0, Math.round((now - Math.min(...raised)) / secondMs));
      journal.append({
        kind: 'reach.alarm-acknowledged',
        subject: 'desk',
        subjectId: 0,
        actorId: actor,
        facts: { count: raised.length, seconds },
      });
    }
    db.touch('alarm');
  });
}
