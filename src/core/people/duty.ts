import { dutyWindow, nextBoundary, type DutyWindow } from '../../shared/domain/roster.ts';
import type { ShiftRecord } from '../db/person-store.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import type { PeopleParts } from './people.ts';

export type DutyParts = PeopleParts & {
  /** Inside the transaction of a shift's start: what waited for somebody finds its dispatcher. */
  readonly assignWaiting: (revision: number) => number;
};

/** Returns how many waiting incidents found a dispatcher. Starting twice changes nothing. */
export function startShift(parts: DutyParts, personId: number, actor: number | null): number {
  return parts.db.transact(() => begin(parts, personId, 'hand', null, actor));
}

/** `keeps`: what is in hand stays with whoever leaves, by their own choice. */
export function endShift(parts: PeopleParts, personId: number, actor: number | null, keeps = false): void {
  parts.db.transact(() => end(parts, personId, { source: 'hand', keeps }, actor));
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

type Ending = { readonly source: 'hand' | 'roster'; readonly keeps: boolean };

function end(parts: PeopleParts, personId: number, { source, keeps }: Ending, actor: number | null): void {
  parts.db.transact((revision) => {
    const shift = parts.people.openShift(personId);
    if (!shift) return;
    parts.people.endShift(shift.id, parts.clock.now(), keeps, revision);
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
      end(parts, shift.personId, { source: 'roster', keeps: false }, null);
    }
  }
  for (const { personId, ...plan } of parts.people.rules()) {
    const window = dutyWindow(plan, now);
    if (window && !parts.people.openShift(personId) && !leftEarly(parts, personId, window)) {
      begin(parts, personId, 'roster', window.endsAt, null);
    }
  }
}

/** Whoever ended this planned shift by hand has gone home; a shift the roster itself ended says nothing about the next. */
function leftEarly(parts: DutyParts, personId: number, window: DutyWindow): boolean {
  const last = parts.people.lastShift(personId);
  if (!last || last.endedAt === null || endedByRoster(last)) return false;
  return last.endedAt >= window.startsAt && last.startedAt < window.endsAt;
}

function endedByRoster({ source, plannedEndAt, endedAt }: ShiftRecord): boolean {
  return source === 'roster' && plannedEndAt !== null && endedAt !== null && endedAt >= plannedEndAt;
}

/** Sleep and clock jumps: no wait is trusted for longer. */
const longestWaitMs = 30_000;

export function createDutyWatch(parts: DutyParts, log: Logger): Service {
  const { clock } = parts;
  const loop = createWatchLoop({
    name: 'duty',
    clock,
    log,
    look() {
      followRoster(parts);
      const now = clock.now();
      const boundaries = parts.people.rules().flatMap((rule) => nextBoundary(rule, now) ?? []);
      return Math.min(longestWaitMs, ...boundaries.map((boundary) => boundary - now));
    },
  });
  let unfollow: () => void = () => {};

  return {
    name: 'duty',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('shift')) loop.wake();
      });
      loop.start();
      log.debug({ rules: parts.people.rules().length }, 'duty.started');
    },
    stop() {
      unfollow();
      return loop.stop();
    },
    health: loop.health,
  };
}
