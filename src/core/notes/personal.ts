import type { FavouriteLevel } from '../../shared/contract/notes.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import { madeUnread, tellReading } from '../incidents/reading.ts';

type Star = JournalFacts['person.favourites-set']['changes'][number];
type Reading = JournalFacts['person.reading-set']['changes'][number];

/** The person's own stars; nobody else's history tells of them. Returns the entry that undo takes back. */
export function setFavourites(
  parts: IncidentParts,
  incidentIds: readonly number[],
  level: FavouriteLevel,
  personId: number,
): { readonly undo: number | null; readonly changed: readonly number[] } {
  const changes = incidentIds
    .map((incidentId) => {
      parts.incidents.require(incidentId);
      return { incidentId, from: parts.personal.favourite(personId, incidentId), to: level };
    })
    .filter(({ from, to }) => from !== to);
  return { undo: applyStars(parts, changes, personId), changed: changes.map(({ incidentId }) => incidentId) };
}

/** Bold or not bold for one person, by a decision of his own that can be taken back. */
export function setReading(
  parts: IncidentParts,
  incidentIds: readonly number[],
  isRead: boolean,
  personId: number,
): { readonly undo: number | null; readonly changed: readonly number[] } {
  const changes = incidentIds
    .map((incidentId) => {
      const last = parts.incidents.require(incidentId).lastInboundAt ?? 0;
      const from = parts.personal.readAt(personId, incidentId) ?? null;
      return { incidentId, from, to: isRead ? last : madeUnread };
    })
    .filter(({ from, to }) => (isRead ? (from ?? 0) < to : from !== madeUnread));
  return {
    undo: applyReading(parts, changes, personId),
    changed: changes.map(({ incidentId }) => incidentId),
  };
}

/** For undo. Throws `conflict` (reason `changed-since`). */
export function takeBackStars(
  parts: IncidentParts,
  { changes }: JournalFacts['person.favourites-set'],
  personId: number,
): void {
  for (const { incidentId, to } of changes) {
    requireStill(parts.personal.favourite(personId, incidentId) === to);
  }
  applyStars(
    parts,
    changes.map(({ incidentId, from, to }) => ({ incidentId, from: to, to: from })),
    personId,
  );
}

/** For undo. Throws `conflict` (reason `changed-since`): a letter that came and was read meanwhile stays read. */
export function takeBackReading(
  parts: IncidentParts,
  { changes }: JournalFacts['person.reading-set'],
  personId: number,
): void {
  for (const { incidentId, to } of changes) {
    requireStill((parts.personal.readAt(personId, incidentId) ?? null) === to);
  }
  applyReading(
    parts,
    changes.map(({ incidentId, from, to }) => ({ incidentId, from: to, to: from })),
    personId,
  );
}

function applyStars(parts: IncidentParts, changes: readonly Star[], personId: number): number | null {
  if (changes.length === 0) return null;
  return parts.db.transact((revision) => {
    for (const { incidentId, to } of changes) {
      parts.personal.setFavourite(personId, incidentId, to);
      tellReading(parts, parts.incidents.require(incidentId), revision);
    }
    return parts.journal.append({
      kind: 'person.favourites-set',
      subject: 'person',
      subjectId: personId,
      actorId: personId,
      facts: { changes },
    });
  });
}

function applyReading(parts: IncidentParts, changes: readonly Reading[], personId: number): number | null {
  if (changes.length === 0) return null;
  return parts.db.transact((revision) => {
    for (const { incidentId, to } of changes) {
      parts.personal.setReadAt(personId, incidentId, to ?? undefined);
      tellReading(parts, parts.incidents.require(incidentId), revision);
    }
    return parts.journal.append({
      kind: 'person.reading-set',
      subject: 'person',
      subjectId: personId,
      actorId: personId,
      facts: { changes },
    });
  });
}

function requireStill(stands: boolean): void {
  if (!stands) throw new AppError('conflict', { details: { reason: 'changed-since' } });
}
