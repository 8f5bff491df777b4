import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { callLeads } from './handover.ts';
import { followLeftWork } from './left-work.ts';
import type { ShiftParts } from './parts.ts';

/** Deadlines come near by themselves, and clocks jump: no wait is trusted for longer. */
const longestWaitMs = 15_000;

/** Work of people who are gone, and documents nobody takes. */
export function createShiftWatch(parts: ShiftParts, log: Logger): Service {
  const { clock } = parts;
  const loop = createWatchLoop({
    name: 'shift',
    clock,
    log,
    look() {
      const moved = followLeftWork(parts);
      if (moved > 0) log.info({ moved }, 'shift.work-given-out');
      callLeads(parts);
      const alarmAt = parts.handovers.nextAlarmAt();
      return alarmAt === undefined ? longestWaitMs : Math.min(longestWaitMs, alarmAt - clock.now());
    },
  });
  let unfollow: () => void = () => {};

  return {
    name: 'shift',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('shift') || kinds.has('handover')) loop.wake();
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
