import { dutyWindow, nextBoundary, type DutyWindow } from '../../shared/domain/roster.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, Service } from '../platform/service.ts';
import type { PeopleParts } from './people.ts';

export type DutyParts = PeopleParts & {
  /** Inside the transaction of a shift's start: what waited for somebody finds its dispatcher. */
  readonly assignWaiting: (revision: number) => number;
};

/** Returns how many waiting incidents found a dispatcher. Starting twice changes nothing. */
export function startShift(parts: DutyParts, personId: number, actor: number | null): number {
  return parts.db.transact(() => begin(parts, personId, 'hand', null, actor));
}

export function endShift(parts: DutyParts, personId: number, actor: number | null): void {
  parts.db.transact(() => end(parts, personId, 'hand', actor));
}

function begin(
  parts: DutyParts,
  personId: number,
  source: 'hand' | 'roster',
  plannedEndAt: number | null,
  actor: number | null,
): number {
  return parts.db.transact((revision) => {
    const person = parts.people.require(personId);
    if (person.active === 0 || parts.people.openShift(personId)) return 0;
    parts.people.startShift({ personId, startedAt: parts.clock.now(), source, plannedEndAt, revision });
    parts.journal.append({
      kind: 'person.shift-started',
      subject: 'person',
      subjectId: personId,
      actorId: actor,
      facts: { source },
    });
    parts.db.touch('shift');
    parts.db.touch('person');
    return parts.assignWaiting(revision);
  });
}

function end(parts: DutyParts, personId: number, source: 'hand' | 'roster', actor: number | null): void {
  parts.db.transact((revision) => {
    const shift = parts.people.openShift(personId);
    if (!shift) return;
    parts.people.endShift(shift.id, parts.clock.now(), revision);
    parts.journal.append({
      kind: 'person.shift-ended',
      subject: 'person',
      subjectId: personId,
      actorId: actor,
      facts: { source },
    });
    parts.db.touch('shift');
    parts.db.touch('person');
  });
}

/** Brings duty into line with the roster: who is planned comes on, whom the roster brought goes off at the planned end. */
export function followRoster(parts: DutyParts): void {
  const now = parts.clock.now();
  for (const shift of parts.people.openShifts()) {
    if (shift.source === 'roster' && shift.plannedEndAt !== null && shift.plannedEndAt <= now) {
      end(parts, shift.personId, 'roster', null);
    }
  }
  for (const { personId, ...plan } of parts.people.rules()) {
    const window = dutyWindow(plan, now);
    if (window && !parts.people.openShift(personId) && !leftEarly(parts, personId, window)) {
      begin(parts, personId, 'roster', window.endsAt, null);
    }
  }
}

/** Whoever ended this planned shift by hand has gone home. */
function leftEarly(parts: DutyParts, personId: number, window: DutyWindow): boolean {
  const last = parts.people.lastShift(personId);
  return (
    last?.endedAt !== undefined &&
    last.endedAt !== null &&
    last.endedAt >= window.startsAt &&
    last.startedAt < window.endsAt
  );
}

/** Sleep and clock jumps: no wait is trusted for longer. */
const longestWaitMs = 30_000;

export function createDutyWatch(parts: DutyParts, log: Logger): Service {
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  let wake: () => void = () => {};

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      followRoster(parts);
      const now = parts.clock.now();
      const boundaries = parts.people.rules().flatMap((rule) => nextBoundary(rule, now) ?? []);
      const waitMs = Math.min(longestWaitMs, ...boundaries.map((boundary) => boundary - now));
      const woken = new AbortController();
      wake = () => woken.abort();
      await parts.clock.sleep(Math.max(0, waitMs), AbortSignal.any([signal, woken.signal])).catch(() => {
        // Woken early or stopped: the loop's condition tells which.
      });
    }
  }

  return {
    name: 'duty',
    async start() {
      const stop = new AbortController();
      const unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('shift')) wake();
      });
      running = { stop, done: run(stop.signal).finally(unfollow) };
      log.debug({ rules: parts.people.rules().length }, 'duty.started');
    },
    async stop() {
      running?.stop.abort();
      await running?.done;
      running = undefined;
    },
    health: (): Health => ({ state: running ? 'ok' : 'off' }),
  };
}
