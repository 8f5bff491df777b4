import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlarmView } from '../../../shared/contract/incidents.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { touches, type Feed } from '../../lib/feed.ts';
import type { Tone } from '../../lib/sound.ts';

export type AlarmState = { readonly alarms: readonly AlarmView[]; readonly error: AppError | null };

export type Alarms = {
  readonly store: StoreApi<AlarmState>;
  start(signal: AbortSignal): void;
};

export function createAlarms(rpc: Rpc, feed: Feed): Alarms {
  const store = createStore<AlarmState>(() => ({ alarms: [], error: null }));

  async function load(): Promise<void> {
    try {
      const { alarms } = await rpc.alarms.sounding({});
      store.setState({ alarms: byUrgency(alarms), error: null });
    } catch (thrown) {
      store.setState({ error: toAppError(thrown) });
    }
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

type Kind = AlarmView['kind'];

/** What burns most first. */
const order: readonly Kind[] = [
  'escalated',
  'overdue',
  'at-risk',
  'warning',
  'flood',
  'silence',
  'reopened',
  'woke',
  'reminder',
  'mention',
  'late-letter',
  'new',
];

/** What burns most first; among equals the one that has waited longest. */
export function byUrgency(alarms: readonly AlarmView[]): readonly AlarmView[] {
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
};

const growsForMs = 90_000;

/** What sounds now for the most urgent alarm: the longer nobody answers, the louder and the closer together. */
export function soundingOf(
  alarms: readonly AlarmView[],
  now: number,
): { readonly tone: Tone; readonly gain: number; readonly nextMs: number } | null {
  const [first] = alarms;
  if (!first) return null;
  const waited = Math.min(1, Math.max(0, now - first.raisedAt) / growsForMs);
  return {
    tone: tones[first.kind],
    gain: 0.6 + waited * 0.9,
    nextMs: Math.round(everyMs[first.kind] * (1 - waited * 0.4)),
  };
}
