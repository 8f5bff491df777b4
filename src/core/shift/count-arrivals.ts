import type { ChannelWatchRecord } from '../db/silence-store.ts';
import type { ChannelState, ShiftParts } from './parts.ts';
import { hourOf, oldestHour } from './usual-traffic.ts';

const batch = 2000;

const unknown = {
  enabled: 1,
  bound: null,
  minMinutes: null,
  countedId: 0,
  firstAt: null,
  lastAt: null,
} as const;

export function watchOf(parts: Pick<ShiftParts, 'silences'>, source: string): ChannelWatchRecord {
  return parts.silences.watch(source) ?? { ...unknown, source, revision: 0 };
}

/**
 * Counts what came since the last look by the hour in which the other side took it: a mailbox just added is known by
 * its history, and an hour in which this machine slept is counted when its letters are fetched.
 */
export function countArrivals(
  parts: ShiftParts,
  { source, kind, accountId }: ChannelState,
): ChannelWatchRecord {
  const { silences, clock } = parts;
  const read = kind === 'mail' ? silences.lettersAfter : silences.chatMessagesAfter;
  let watch = watchOf(parts, source);
  for (;;) {
    const newest = silences.newestId(kind);
    if (newest <= watch.countedId) return watch;
    const rows = read(accountId, watch.countedId, batch);
    const now = clock.now();
    const times = rows.map(({ at }) => Math.min(at, now));
    const oldest = oldestHour(now);
    watch = parts.db.transact((revision) => {
      for (const [hour, count] of tally(times)) if (hour >= oldest) silences.count(source, hour, count);
      const next = {
        ...watch,
        // What belongs to other accounts is passed over for good.
        countedId: rows.length < batch ? newest : (rows.at(-1)?.id ?? newest),
        firstAt: least([...times, ...(watch.firstAt === null ? [] : [watch.firstAt])]),
        lastAt: greatest([...times, ...(watch.lastAt === null ? [] : [watch.lastAt])]),
        revision,
      };
      silences.saveWatch(next);
      return next;
    });
    if (rows.length < batch) return watch;
  }
}

function tally(times: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const at of times) counts.set(hourOf(at), (counts.get(hourOf(at)) ?? 0) + 1);
  return counts;
}

function least(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}

function greatest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}
