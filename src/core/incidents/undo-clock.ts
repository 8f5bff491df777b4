import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { pauseAgain, resumeClock } from './run-clock.ts';
import { correctWork, takeBackBegin, takeBackEnd } from './works.ts';

/** Undo of what was done to a clock by hand. Throws `conflict` (reason `changed-since`). */
export function takeBackClock(
  parts: IncidentParts,
  incidentId: number,
  entry: JournalRow,
  actor: Actor,
): void {
  const facts: unknown = JSON.parse(entry.payload);
  switch (entry.kind) {
    case 'incident.clock-paused':
      resumeClock(parts, incidentId, (facts as JournalFacts['incident.clock-paused']).kind, actor);
      return;
    case 'incident.clock-resumed':
      pauseAgain(parts, incidentId, (facts as JournalFacts['incident.clock-resumed']).kind, actor);
      return;
    case 'incident.work-begun':
      takeBackBegin(parts, incidentId, facts as JournalFacts['incident.work-begun']);
      return;
    case 'incident.work-ended':
      takeBackEnd(parts, incidentId, facts as JournalFacts['incident.work-ended']);
      return;
    default: {
      const { kind, from, to } = facts as JournalFacts['incident.work-corrected'];
      const clock = parts.clocks.ofIncident(incidentId, kind);
      if (clock?.startedAt !== to?.startedAt || (clock?.endedAt ?? null) !== (to?.endedAt ?? null)) {
        throw new AppError('conflict', { details: { reason: 'changed-since' } });
      }
      correctWork(parts, incidentId, { kind, to: from }, actor);
    }
  }
}
