import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlarmView } from '../../../shared/contract/incidents.ts';
import type { ReachAlarmView } from '../../../shared/contract/reach-alarms.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { touches, type Feed } from '../../lib/feed.ts';
import type { Tone } from '../../lib/sound.ts';

/** A hand-over nobody takes sounds like an alarm and has no incident. */
export type HandoverCall = {
  readonly id: string;
  readonly kind: 'handover';
  readonly handoverId: number;
  readonly fromPersonId: number;
  readonly raisedAt: number;
};

/** Somebody was not reached, or said something; it may have no incident. */
export type ReachCall = Omit<ReachAlarmView, 'id'> & { readonly id: string; readonly alarmId: number };

export type Sounding = AlarmView | HandoverCall | ReachCall;

export type Answered = { readonly incidentId: number; readonly code: string; readonly personId: number };

export type AlarmState = { readonly alarms: readonly Sounding[]; readonly error: AppError | null };

export type Alarms = {
  readonly store: StoreApi<AlarmState>;
  start(signal: AbortSignal): void;
};

/** `onAnswered` hears who acknowledged what this page sounded. */
export function createAlarms(
  rpc: Rpc,
  feed: Feed,
  onAnswered: (answered: readonly Answered[]) => void = () => undefined,
): Alarms {
  const store = createStore<AlarmState>(() => ({ alarms: [], error: null }));

  async function load(): Promise<void> {
    try {
      const [{ alarms }, { calls }, reach] = await Promise.all([
        rpc.alarms.sounding({}),
        rpc.shift.calls({}),
        rpc.reachAlarms.sounding({}),
      ]);
      const before = store.getState().alarms;
      const all = [...alarms, ...calls.map(toCall), ...reach.alarms.map(toReachCall)];
      store.setState({ alarms: byUrgency(all), error: null });
      await tellAnswered(before, alarms);
    } catch (thrown) {
      store.setState({ error: toAppError(thrown) });
    }
  }

  async function tellAnswered(before: readonly Sounding[], now: readonly AlarmView[]): Promise<void> {
    const sounding = new Set(now.map(({ incidentId }) => incidentId));
    const gone = before.filter(isOfIncident).filter(({ incidentId }) => !sounding.has(incidentId));
    if (gone.length === 0) return;
    const ids = new Set(gone.map(({ incidentId }) => incidentId));
    const since = Math.min(...gone.map(({ raisedAt }) => raisedAt));
    const { answered } = await rpc.shift.answered({ since });
    onAnswered(
      answered.flatMap(({ incidentId, code, personId }) =>
        personId !== null && ids.has(incidentId) ? [{ incidentId, code, personId }] : [],
      ),
    );
  }

  return {
    store,
    start(signal) {
      const off = feed.on((change) => {
        if (touches(change, 'alarm')) void load();
      });
      signal.addEventListener('abort', off, { once: true });
      void load();
    },
  };
}

export function isOfIncident(alarm: Sounding): alarm is AlarmView {
  return alarm.kind !== 'handover' && !isOfReaching(alarm);
}

export function isOfReaching(alarm: Sounding): alarm is ReachCall {
  return 'alarmId' in alarm;
}

function toReachCall(alarm: ReachAlarmView): ReachCall {
  return { ...alarm, id: `reach-${alarm.id}`, alarmId: alarm.id };
}

function toCall({
  handoverId,
  fromPersonId,
  since,
}: {
  readonly handoverId: number;
  readonly fromPersonId: number;
  readonly since: number;
}): HandoverCall {
  return { id: `handover-${handoverId}`, kind: 'handover', handoverId, fromPersonId, raisedAt: since };
}

type Kind = Sounding['kind'];

/** What burns most first. */
const order: readonly Kind[] = [
  'escalated',
  'overdue',
  'nobody-left',
  'not-reached',
  'call-overdue',
  'at-risk',
  'declined',
  'unknown',
  'warning',
  'handover',
  'flood',
  'silence',
  'reopened',
  'woke',
  'reminder',
  'mention',
  'call-answer',
  'late-letter',
  'new',
];

/** What burns most first; among equals the one that has waited longest. */
export function byUrgency(alarms: readonly Sounding[]): readonly Sounding[] {
  return alarms.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.raisedAt - b.raisedAt);
}

const tones: Record<Kind, Tone> = {
  overdue: 'overdue',
  'at-risk': 'risk',
  reopened: 'new',
  'late-letter': 'late',
  new: 'new',
  escalated: 'overdue',
  warning: 'risk',
  flood: 'risk',
  silence: 'risk',
  woke: 'new',
  reminder: 'new',
  mention: 'new',
  handover: 'risk',
  'not-reached': 'overdue',
  'nobody-left': 'overdue',
  'call-overdue': 'overdue',
  declined: 'risk',
  unknown: 'risk',
  'call-answer': 'new',
};

const everyMs: Record<Kind, number> = {
  overdue: 8000,
  'at-risk': 15_000,
  reopened: 20_000,
  'late-letter': 30_000,
  new: 20_000,
  escalated: 6000,
  warning: 20_000,
  flood: 20_000,
  silence: 30_000,
  woke: 30_000,
  reminder: 30_000,
  mention: 30_000,
  handover: 20_000,
  'not-reached': 8000,
  'nobody-left': 8000,
  'call-overdue': 8000,
  declined: 15_000,
  unknown: 20_000,
  'call-answer': 20_000,
};

/** The longer nobody answers, the louder and the closer together; each step is heard to be another. */
const steps: readonly { readonly afterMs: number; readonly gain: number; readonly share: number }[] = [
  { afterMs: 0, gain: 0.6, share: 1 },
  { afterMs: 30_000, gain: 0.9, share: 0.85 },
  { afterMs: 60_000, gain: 1.2, share: 0.7 },
  { afterMs: 120_000, gain: 1.5, share: 0.55 },
  { afterMs: 300_000, gain: 2, share: 0.4 },
];

/** What sounds now for the most urgent alarm; what nobody acknowledged in its time is at its loudest at once. */
export function soundingOf(
  alarms: readonly Sounding[],
  now: number,
): { readonly tone: Tone; readonly gain: number; readonly nextMs: number } | null {
  const [first] = alarms;
  if (!first) return null;
  const waitedMs = now - first.raisedAt;
  const reached = steps.findLast(({ afterMs }) => first.kind === 'escalated' || waitedMs >= afterMs);
  const { gain, share } = reached ?? { gain: 0.6, share: 1 };
  return { tone: tones[first.kind], gain, nextMs: Math.round(everyMs[first.kind] * share) };
}
