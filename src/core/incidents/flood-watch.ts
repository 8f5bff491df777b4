import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import type { IncidentParts } from './parts.ts';

/** The wall clock may jump and the machine may sleep, so no wait is trusted for longer than this. */
const longestWaitMs = 15_000;
const minuteMs = 60_000;

/** Ends floods that nothing has joined for as long as it takes to make one; the next crowd is a flood of its own. */
export function createFloodWatch(parts: IncidentParts, log: Logger): Service {
  const loop = createWatchLoop({
    name: 'flood',
    clock: parts.clock,
    log,
    look() {
      endQuiet(parts, log);
      const oldest = parts.floods.oldestLastAt();
      if (oldest === undefined) return longestWaitMs;
      return Math.min(longestWaitMs, oldest + windowMs(parts) - parts.clock.now());
    },
  });
  let unfollow: () => void = () => {};
  return {
    name: 'flood',
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

function endQuiet(parts: IncidentParts, log: Logger): void {
  const now = parts.clock.now();
  const quiet = parts.floods.quietSince(now - windowMs(parts));
  if (quiet.length === 0) return;
  parts.db.transact((revision) => {
    for (const flood of quiet) {
      parts.floods.save({ ...flood, endedAt: now, revision });
      for (const id of parts.floods.members(flood.id)) parts.db.touch('flood', id);
    }
    parts.db.touch('flood');
  });
  log.info({ count: quiet.length }, 'flood.ended');
}

function windowMs(parts: IncidentParts): number {
  return parts.floodLimits().minutes * minuteMs;
}
