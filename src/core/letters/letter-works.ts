import type { Template } from '../../shared/contract/templates.ts';
import type { WorkTimes } from '../../shared/domain/journal-kinds.ts';
import { toAppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { LetterClock } from '../db/letter-fact-store.ts';
import type { Actor, IncidentParts } from '../incidents/parts.ts';
import { counted } from '../incidents/run-clock.ts';
import { endWork, openWorks, startWork, takeBackBegin, takeBackEnd } from '../incidents/works.ts';

const minuteMs = 60_000;

/** What sending did to the clocks of works, in the words that take it back; kept with the letter in the outbox. */
export type WorkEffect = {
  readonly begun?: { readonly kind: string; readonly startedAt: number; readonly endedBefore: number | null };
  readonly ended?: readonly { readonly kind: string; readonly endedAt: number }[];
};

/**
 * The dispatcher decides by sending, so work counts from the press and not from when a slow server takes the letter.
 * Work that runs already, or that the workflow has no clock for, is left as it is.
 */
export function workWithLetter(
  parts: IncidentParts,
  incident: IncidentRecord,
  template: Pick<Template, 'beginsWork' | 'beginsFrom' | 'endsWorks'>,
  actor: Actor,
): WorkEffect {
  const now = parts.clock.now();
  const { beginsWork: kind, beginsFrom, endsWorks } = template;
  const begun = kind === '' ? undefined : begin(parts, incident, { kind, beginsFrom }, actor);
  const ended = endsWorks
    ? openWorks(parts, incident.id).map((work) => {
        endWork(parts, incident.id, work.kind, { at: now, actor });
        return { kind: work.kind, endedAt: now };
      })
    : [];
  return { ...(begun ? { begun } : {}), ...(ended.length > 0 ? { ended } : {}) };
}

/** As if the letter had never been sent, as far as nobody changed these clocks since. */
export function takeBackWork(
  parts: IncidentParts,
  incidentId: number,
  { begun, ended = [] }: WorkEffect,
  actor: Actor,
): void {
  const run = (kind: string, step: () => void) => {
    try {
      const from = timesOf(parts, incidentId, kind);
      step();
      const to = timesOf(parts, incidentId, kind);
      const dueAt = parts.clocks.ofIncident(incidentId, kind)?.dueAt ?? null;
      parts.journal.append({
        kind: 'incident.work-corrected',
        subject: 'incident',
        subjectId: incidentId,
        actorId: actor,
        facts: { kind, from, to, dueAt },
      });
    } catch (failure) {
      const { code } = toAppError(failure);
      // A person put it right meanwhile: that stays.
      if (code !== 'conflict' && code !== 'not-found') throw failure;
    }
  };
  if (begun) run(begun.kind, () => takeBackBegin(parts, incidentId, begun));
  for (const work of ended) run(work.kind, () => takeBackEnd(parts, incidentId, work));
}

function timesOf(parts: IncidentParts, incidentId: number, kind: string): WorkTimes | null {
  const clock = parts.clocks.ofIncident(incidentId, kind);
  return clock ? { startedAt: clock.startedAt, endedAt: clock.endedAt } : null;
}

/** When the work is due, or would be if it began with the letter that hands it over. */
export function workDueAt(parts: IncidentParts, incident: IncidentRecord, clock: LetterClock): number | null {
  if (clock.begun) return clock.dueAt;
  const opening = parts.reference.templates().find(({ beginsWork }) => beginsWork === clock.key);
  if (!opening || clock.minutes === null) return null;
  return counted(parts, {
    id: 0,
    incidentId: incident.id,
    kind: clock.key,
    startedAt: opening.beginsFrom === 'registered' ? incident.registeredAt : parts.clock.now(),
    targetMs: clock.minutes * minuteMs,
    riskAt: null,
    dueAt: null,
    pausedAt: null,
    remainingMs: null,
    pauseReason: null,
    endedAt: null,
    endedBy: null,
    warnAt: null,
    warned: 0,
    riskRaised: 0,
    overdueRaised: 0,
  }).dueAt;
}

function begin(
  parts: IncidentParts,
  incident: IncidentRecord,
  { kind, beginsFrom }: { readonly kind: string; readonly beginsFrom: Template['beginsFrom'] },
  actor: Actor,
): WorkEffect['begun'] {
  const before = parts.clocks.ofIncident(incident.id, kind);
  const isWork = parts.clockRules.find(kind)?.starts === 'hand';
  if (!isWork || (before && before.endedAt === null) || incident.finishedAt !== null) return undefined;
  const endedBefore = before?.endedAt ?? null;
  // Work that goes on after an end goes on now: its first begin is on the clock already.
  const startedAt =
    endedBefore === null && beginsFrom === 'registered'
      ? Math.min(incident.registeredAt, parts.clock.now())
      : parts.clock.now();
  startWork(parts, incident.id, kind, { at: startedAt, actor });
  return { kind, startedAt, endedBefore };
}
