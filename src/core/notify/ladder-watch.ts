import { toAppError } from '../../shared/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { climbOn } from './climb-on.ts';
import type { NotifyParts } from './parts.ts';

const longestWaitMs = 15_000;
/** One transaction takes so many steps; between two of them the desk is at hand. */
const mostAtOnce = 50;
/** A ladder that could not be climbed is tried again; the others do not wait for it. */
const brokenMs = 60_000;

/** Takes the steps whose time has come. */
export function createLadderWatch(parts: NotifyParts, log: Logger): Service {
  const { db, notifications, clock } = parts;
  const brokenUntil = new Map<number, number>();
  let unfollow: () => void = () => {};

  const loop = createWatchLoop({
    name: 'notify-ladders',
    clock,
    log,
    look() {
      const now = clock.now();
      for (const [id, until] of brokenUntil) if (until <= clock.elapsed()) brokenUntil.delete(id);
      const due = notifications
        .due(now, mostAtOnce + brokenUntil.size)
        .filter((id) => !brokenUntil.has(id))
        .slice(0, mostAtOnce);
      if (due.length > 0) db.transact((revision) => due.forEach((id) => climbOne(id, revision)));
      if (due.length === mostAtOnce) return 0;
      const nextAt = notifications.nextDueAt();
      return nextAt === undefined || brokenUntil.size > 0
        ? longestWaitMs
        : Math.min(longestWaitMs, nextAt - clock.now());
    },
  });

  function climbOne(id: number, revision: number): void {
    try {
      db.attempt(() => climbOn(parts, id, revision));
    } catch (thrown) {
      brokenUntil.set(id, clock.elapsed() + brokenMs);
      log.error({ err: toAppError(thrown), notificationId: id }, 'notification.not-climbed');
    }
  }

  return {
    name: 'notify-ladders',
    async start() {
      unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('notification') || kinds.has('route')) loop.wake();
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
