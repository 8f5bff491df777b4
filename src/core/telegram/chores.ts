import { toAppError } from '../../shared/errors.ts';
import { createBackoff } from '../platform/backoff.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { createWake } from '../platform/wake.ts';
import type { TelegramTiming } from './telegram-timing.ts';

export type Chores<Name extends string> = {
  /** Once more, however often it is asked for meanwhile. */
  want(name: Name): void;
  isWanted(name: Name): boolean;
  /** Nothing is begun offline; with the network's return nobody waits any longer. */
  online(isOnline: boolean): void;
  run(signal: AbortSignal): Promise<void>;
};

type Parts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timing: TelegramTiming;
};

/** What an account has to look after besides its log: one thing after another, the first named first, until it succeeds. */
export function createChores<Name extends string>(
  { clock, random, log, timing }: Parts,
  tasks: Readonly<Record<Name, (signal: AbortSignal) => Promise<void>>>,
): Chores<Name> {
  const wake = createWake(clock);
  const policy = { firstMs: timing.backoffFirst, factor: 2, maxMs: timing.backoffMax };
  const chores = (Object.keys(tasks) as Name[]).map((name) => ({
    name,
    isWanted: false,
    retryAt: Number.NEGATIVE_INFINITY,
    backoff: createBackoff(policy, random),
  }));
  type Chore = (typeof chores)[number];
  let isOnline = false;

  async function attempt(chore: Chore, signal: AbortSignal): Promise<void> {
    chore.isWanted = false;
    try {
      await tasks[chore.name](signal);
      chore.backoff.reset();
    } catch (failure) {
      signal.throwIfAborted();
      const error = toAppError(failure);
      chore.isWanted = true;
      chore.retryAt = clock.elapsed() + (error.retryAfterMs ?? chore.backoff.next());
      if (error.code === 'internal') log.error({ err: error, chore: chore.name }, 'telegram.chore-failed');
      else log.warn({ reason: error.reason ?? error.code, chore: chore.name }, 'telegram.chore-failed');
    }
  }

  return {
    want(name) {
      for (const chore of chores) if (chore.name === name) chore.isWanted = true;
      wake.ring();
    },
    isWanted: (name) => chores.some((chore) => chore.name === name && chore.isWanted),
    online(now) {
      isOnline = now;
      for (const chore of chores) chore.retryAt = Number.NEGATIVE_INFINITY;
      wake.ring();
    },
    async run(signal) {
      while (!signal.aborted) {
        const now = clock.elapsed();
        const wanted = isOnline ? chores.filter((chore) => chore.isWanted) : [];
        const due = wanted.find(({ retryAt }) => retryAt <= now);
        if (due) await attempt(due, signal);
        else await wake.wait(Math.min(timing.quiet, ...wanted.map(({ retryAt }) => retryAt - now)), signal);
      }
    },
  };
}
