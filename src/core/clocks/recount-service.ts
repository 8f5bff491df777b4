import { z } from 'zod';
import type { CalendarStore } from '../db/calendar-store.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import { recountAfterEdit, type MovedBecause } from '../incidents/recount-clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { causeFor, readClockSources, type ClockSources } from './clock-sources.ts';

const key = 'clocks.counted';
/** A portion ends with its time or its number: pages and letters get their turn between two. */
const portion = 200;
const portionMs = 25;
const idleMs = 60_000;

const named = z.object({ name: z.string() });
const sources = z.object({
  zone: z.string(),
  regions: z.string(),
  days: z.string(),
  calendars: z.record(z.string(), named.extend({ hours: z.string() })),
  rules: z.record(
    z.string(),
    named.extend({ target: z.string(), counting: z.string(), calendarId: z.number() }),
  ),
});
/**
 * What clocks were counted by: nothing when they are older than this, several when a recount was overtaken by the next
 * edit; while one is under way, also by
 * what it counts and how far it has come.
 */
const progress = z.object({ by: z.array(sources), next: sources.nullable(), after: z.number() });
type Progress = z.infer<typeof progress>;

/** Moves nothing that was right: it gives old clocks the moments they did not know of. */
const firstTime: MovedBecause = { because: 'calendar', name: '' };

function causeAmong(kind: string, by: readonly ClockSources[], next: ClockSources): MovedBecause | undefined {
  return by.map((was) => causeFor(kind, was, next)).find((found) => found !== undefined);
}

type Parts = IncidentParts & {
  readonly settings: SettingStore;
  readonly calendarStore: CalendarStore;
  readonly zone: () => string;
  readonly log: Logger;
};

/**
 * Counts every open clock anew after a calendar, a rule or a zone was changed, whoever changed it. Goes in portions and
 * keeps its place, so that a hundred thousand clocks freeze nobody and a crash in between loses nothing.
 */
export function createClockRecount(parts: Parts): Service {
  const { settings, db, clock, log } = parts;
  const read = () =>
    readClockSources({ calendars: parts.calendarStore, clockRules: parts.clockRules, zone: parts.zone });

  function keep(next: Progress): void {
    db.transact((revision) => settings.set(key, next, revision));
  }

  function look(): number {
    const stored = progress.safeParse(settings.get(key));
    const now = read();
    if (!stored.success) {
      keep({ by: [], next: now, after: 0 });
      return 0;
    }
    const { by, next, after } = stored.data;
    const wanted = next ?? by[0];
    if (JSON.stringify(wanted) !== JSON.stringify(now)) {
      keep({ by: next === null ? by : [...by, next], next: now, after: 0 });
      return 0;
    }
    return next === null ? idleMs : countPortion({ by, next, after });
  }

  function countPortion({ by, next, after }: Progress & { readonly next: ClockSources }): number {
    const clocks = parts.clocks.openAfter(after, portion);
    const begunAt = clock.elapsed();
    db.transact((revision) => {
      let last: number | undefined;
      for (const row of clocks) {
        if (last !== undefined && clock.elapsed() - begunAt > portionMs) break;
        const cause = by.length === 0 ? firstTime : causeAmong(row.kind, by, next);
        if (cause) recountAfterEdit(parts, row, cause, revision);
        last = row.id;
      }
      const place = last !== undefined ? { by, next, after: last } : { by: [next], next: null, after: 0 };
      settings.set(key, place, revision);
    });
    if (clocks.length > 0) return 0;
    log.info({}, 'clocks.recounted');
    return idleMs;
  }

  const loop = createWatchLoop({ name: 'clocks', clock, log, look });
  let unfollow: () => void = () => {};
  return {
    name: 'clocks',
    async start() {
      unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('reference') || kinds.has('setting')) loop.wake();
      });
      loop.start();
    },
    stop() {
      unfollow();
      return loop.stop();
    },
    health: loop.health,
  };
}
