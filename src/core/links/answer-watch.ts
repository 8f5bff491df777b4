import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { answerNext } from './answer-all.ts';
import type { LinkParts } from './parts.ts';

/** So many letters in one go, then whoever else waits has a turn. */
const atOnce = 10;
const longestWaitMs = 60_000;

/** Writes the letters of one answer to many, and goes on after a restart with those not yet answered. */
export function createAnswerWatch(parts: LinkParts, log: Logger): Service {
  const loop = createWatchLoop({
    name: 'answers',
    clock: parts.clock,
    log,
    look() {
      for (let done = 0; done < atOnce; done += 1) {
        if (!answerNext(parts)) return longestWaitMs;
      }
      return 0;
    },
  });
  let unfollow: () => void = () => {};
  return {
    name: 'answers',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('flood')) loop.wake();
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
