import type { LeaveWork } from '../../shared/contract/shift.ts';
import { AppError } from '../../shared/errors.ts';
import type { OpenWork } from '../db/shift-work-store.ts';
import { requireActive } from '../incidents/change-incident.ts';
import { giveOut, type GivenOut } from '../incidents/give-out.ts';
import type { ShiftParts } from './parts.ts';

export type LeftWork = {
  readonly personId: number;
  readonly open: readonly OpenWork[];
  /** Overdue or at risk: these cannot wait for anybody's decision. */
  readonly urgent: readonly OpenWork[];
};

/**
 * What people who are gone left in hand: off duty since the end of a shift and not by their own choice to keep it, or
 * put out of work. What was given to them after they left is somebody's decision and stays.
 */
export function leftWork(parts: ShiftParts): LeftWork[] {
  const now = parts.clock.now();
  return parts.work.away().flatMap(({ personId, active, endedAt, kept }) => {
    const isGone = active === 0;
    if (!isGone && (endedAt === null || kept === 1)) return [];
    const open = parts.work
      .openWork(personId)
      .filter(({ id }) => isGone || (parts.work.assignedAt(id) ?? 0) <= (endedAt ?? 0));
    if (open.length === 0) return [];
    return [{ personId, open, urgent: open.filter(({ riskAt }) => riskAt !== null && riskAt <= now) }];
  });
}

/** What is urgent finds other hands at once; the calm waits for the lead, or goes too when the settings say so. */
export function followLeftWork(parts: ShiftParts): number {
  const { leftWork: calm } = parts.shiftSettings.get();
  let moved = 0;
  for (const { personId, open, urgent } of leftWork(parts)) {
    const going = calm === 'spread' ? open : urgent;
    if (going.length === 0) continue;
    const incidentIds = going.map(({ id }) => id);
    moved += parts.db.transact((revision) =>
      giveOut(parts, { personId, incidentIds, to: null, why: 'left', actor: null }, revision),
    ).moved;
  }
  return moved;
}

/** By the lead's key. Throws `conflict` (reasons `person-inactive`, `still-on-duty`). */
export function giveOutLeft(
  parts: ShiftParts,
  { personId, work }: { readonly personId: number; readonly work: LeaveWork },
  actor: number,
): GivenOut {
  return parts.db.transact((revision) => {
    parts.people.require(personId);
    if (parts.people.openShift(personId)) {
      throw new AppError('conflict', { details: { reason: 'still-on-duty' } });
    }
    return giveWork(parts, { personId, work, why: 'left', actor }, revision);
  });
}

type Giving = {
  readonly personId: number;
  readonly work: LeaveWork;
  readonly why: 'ended' | 'left';
  readonly actor: number;
};

/** Everything open of a person goes as said, the nearest deadline first. */
export function giveWork(
  parts: ShiftParts,
  { personId, work, why, actor }: Giving,
  revision: number,
): GivenOut {
  if (work.how === 'keep') return { moved: 0, undo: null };
  if (work.how === 'give') requireActive(parts, work.personId);
  const incidentIds = parts.work.openWork(personId).map(({ id }) => id);
  const to = work.how === 'give' ? work.personId : null;
  return giveOut(parts, { personId, incidentIds, to, why, actor }, revision);
}
