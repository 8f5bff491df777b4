import type { CallRecord } from '../db/call-store.ts';
import { endWork, startWork } from '../incidents/works.ts';
import { clocksFollow } from './call-clocks.ts';
import type { CallParts, Mover } from './call-parts.ts';
import { incidentOf } from './tell-call.ts';

type TakenState = 'accepted' | 'on-the-way' | 'in-progress' | 'completed';

export type Advanced = {
  readonly call: CallRecord;
  /** The work that ended with it. */
  readonly workEnded: { readonly kind: string; readonly endedAt: number } | null;
};

/** On to a later state with what follows from it: the turn is theirs, clocks and works go with it. */
export function advance(
  parts: CallParts,
  before: CallRecord,
  { to, at, mover }: { readonly to: TakenState; readonly at: number; readonly mover: Mover },
  revision: number,
): Advanced {
  const call: CallRecord = {
    ...before,
    state: to,
    acceptedAt: before.acceptedAt ?? at,
    onTheWayAt: to === 'on-the-way' ? at : before.onTheWayAt,
    inProgressAt: to === 'in-progress' ? at : before.inProgressAt,
    endedAt: to === 'completed' ? at : null,
    revision,
  };
  const turn = parts.turns.last(call.id);
  if (turn && turn.endedAt === null) {
    parts.turns.update({ ...turn, silentAt: null, endedAt: at, outcome: 'accepted' });
  }
  clocksFollow(parts, call, at);
  const { workBegun, workEnded } = workFollows(parts, call, mover);
  const saved = { ...call, workBegun };
  parts.calls.save(saved);
  return { call: saved, workEnded };
}

/** Work that somebody else began, or that the workflow has no clock for, is left as it is. */
function workFollows(
  parts: CallParts,
  call: CallRecord,
  { actor }: Mover,
): Pick<Advanced, 'workEnded'> & { readonly workBegun: 0 | 1 } {
  const none = { workBegun: call.workBegun, workEnded: null };
  const incidentId = incidentOf(parts, call);
  if (incidentId === null || call.workKind === '') return none;
  const now = parts.clock.now();
  const kind = call.workKind;
  const clock = parts.clocks.ofIncident(incidentId, kind);
  const isRunning = clock !== undefined && clock.endedAt === null;
  if (call.state === 'completed') {
    if (call.workBegun === 0 || !isRunning) return none;
    endWork(parts, incidentId, kind, { at: now, actor });
    return { workBegun: 1, workEnded: { kind, endedAt: now } };
  }
  const { finishedAt, dismissedAt } = parts.incidents.require(incidentId);
  const isWork = parts.clockRules.find(kind)?.starts === 'hand';
  if (call.workBegun === 1 || isRunning || !isWork || finishedAt !== null || dismissedAt !== null)
    return none;
  startWork(parts, incidentId, kind, { at: now, actor });
  return { workBegun: 1, workEnded: null };
}
