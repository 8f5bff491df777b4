import type { IncidentRecord } from '../db/incident-store.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { IncidentParts } from './parts.ts';

/** Until somebody chooses a type an incident stands as if it had this long: new ones must not sink below calm ones. */
const untypedMs = 3_600_000;
/** Puts what has a type but no deadline behind everything that has one, oldest first. */
const noDeadlineShiftMs = 500_000_000_000;
/** Puts paused clocks behind running ones without losing their order. */
const pausedShiftMs = 1_000_000_000_000;
/** Puts finished incidents behind everything open, the newest first. */
const finishedBase = 8_000_000_000_000_000;

/** The clock the queue shows: the nearest deadline of those that run, else the incident's own. */
function governing(clocks: readonly ClockRecord[]): ClockRecord | undefined {
  let nearest: ClockRecord | undefined;
  for (const clock of clocks) {
    if (clock.endedAt !== null || clock.pausedAt !== null || clock.dueAt === null) continue;
    if (!nearest?.dueAt || clock.dueAt < nearest.dueAt) nearest = clock;
  }
  return nearest ?? clocks.find(({ kind }) => kind === 'sla') ?? clocks[0];
}

/** The place in the queue's own order; smaller is sooner. */
function urgencyAt(incident: IncidentRecord, clock: ClockRecord | undefined): number {
  if (incident.finishedAt !== null) return finishedBase - incident.finishedAt;
  // Its place is where it wakes up: until then nobody is to look at it, whatever its clock says.
  if (incident.postponedUntil !== null) return incident.postponedUntil;
  if (clock?.pausedAt) return clock.pausedAt + pausedShiftMs;
  const waitsMs = incident.typeId === null ? untypedMs : noDeadlineShiftMs;
  return clock?.dueAt ?? incident.registeredAt + waitsMs;
}

/** A change a person decided; stale pages are refused afterwards. */
export function saveDecision(
  parts: IncidentParts,
  incident: IncidentRecord,
  revision: number,
): IncidentRecord {
  return saveIncident(parts, { ...incident, decidedRevision: revision }, revision);
}

const worded = [
  'title',
  'asset',
  'applicantName',
  'applicantAddress',
  'applicantPhone',
  'description',
] as const satisfies readonly (keyof IncidentRecord)[];

/** Writes the row, its place in the queue and its words for the search, and tells the feed. */
export function saveIncident(
  parts: IncidentParts,
  incident: IncidentRecord,
  revision: number,
): IncidentRecord {
  const clock = governing(parts.clocks.all(incident.id));
  const saved = { ...incident, revision, clockId: clock?.id ?? null, urgencyAt: urgencyAt(incident, clock) };
  // Writing the search index anew costs more than all else here, and most changes change no word.
  const before = parts.incidents.find(incident.id);
  parts.incidents.save(saved);
  if (!before || worded.some((key) => before[key] !== saved[key])) parts.index(saved);
  parts.db.touch('incident', saved.id);
  return saved;
}
