import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type JournalCheck = Service & { isBroken(): boolean };

const firstLookMs = 30 * 60_000;
const dayMs = 86_400_000;

/** Walks the whole chain once a day, a page at a time behind the working desk. */
export function createJournalCheck(parts: {
  readonly journal: Pick<Journal, 'verify'>;
  readonly clock: Clock;
  readonly log: Logger;
}): JournalCheck {
  const { journal, clock, log } = parts;
  let isBroken = false;
  let isFirst = true;
  const loop = createWatchLoop({
    name: 'journal-check',
    clock,
    log,
    async look() {
      if (isFirst) {
        isFirst = false;
        return firstLookMs;
      }
      const verdict = await journal.verify();
      isBroken = !verdict.ok;
      log[isBroken ? 'error' : 'info'](verdict, 'journal.checked');
      return dayMs;
    },
  });
  return {
    name: 'journal-check',
    isBroken: () => isBroken,
    start: async () => loop.start(),
    stop: loop.stop,
    health: () => (isBroken ? { state: 'needs-attention', reason: 'journal-broken' } : loop.health()),
  };
}
