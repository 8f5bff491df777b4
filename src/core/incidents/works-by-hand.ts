import { acknowledgeAlarms } from './alarms.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { pauseClock, resumeClock } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';
import { correctWork, endWork, startWork } from './works.ts';

type At = { readonly id: number; readonly expected: number; readonly kind: string };
type AtMoment = At & { readonly at: number | null };

/** The dispatcher's own doors to an incident's clocks: each refuses a stale page, and acting silences what sounds. */
export function beginByHand(parts: IncidentParts, input: AtMoment, actor: Actor): Undo {
  return decide(parts, input, actor, () =>
    startWork(parts, input.id, input.kind, { at: input.at ?? parts.clock.now(), actor }),
  );
}

export function endByHand(parts: IncidentParts, input: AtMoment, actor: Actor): Undo {
  return decide(parts, input, actor, () =>
    endWork(parts, input.id, input.kind, { at: input.at ?? parts.clock.now(), actor }),
  );
}

export function correctByHand(
  parts: IncidentParts,
  {
    startedAt,
    endedAt,
    ...input
  }: At & { readonly startedAt: number | null; readonly endedAt: number | null },
  actor: Actor,
): Undo {
  const to = startedAt === null ? null : { startedAt, endedAt };
  return decide(parts, input, actor, () => correctWork(parts, input.id, { kind: input.kind, to }, actor));
}

export function pauseByHand(
  parts: IncidentParts,
  input: At & { readonly reason: string },
  actor: Actor,
): Undo {
  return decide(parts, input, actor, () => pauseClock(parts, input.id, input, actor));
}

export function resumeByHand(parts: IncidentParts, input: At, actor: Actor): Undo {
  return decide(parts, input, actor, () => resumeClock(parts, input.id, input.kind, actor));
}

function decide(parts: IncidentParts, { id, expected }: At, actor: Actor, act: () => number | null): Undo {
  return parts.db.transact((revision) => {
    parts.incidents.requireAt(id, expected);
    acknowledgeAlarms(parts, id, actor, revision);
    const undo = act();
    if (undo !== null) saveDecision(parts, parts.incidents.require(id), revision);
    return { undo };
  });
}
