import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { toLinkRow } from '../../shared/domain/link-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { Actor } from '../incidents/parts.ts';
import { returnToFlood } from './flood-desk.ts';
import { addLink, removeLink, type Linking } from './link-incidents.ts';
import { mergeIncidents, requireMerge, takeApart } from './merge.ts';
import { moveLetters, moveLettersBack } from './move-letters.ts';
import type { LinkParts } from './parts.ts';

/** Undo of what ties incidents together; false for kinds of others. Throws `conflict` (reason `changed-since`). */
export function takeBackLink(parts: LinkParts, entry: JournalRow, actor: Actor): boolean {
  return parts.db.transact((revision) => {
    const id = entry.subjectId;
    switch (entry.kind) {
      case 'incident.linked': {
        const linking = linkingOf(entry);
        requireStill(parts.links.find(rowOf(linking)) !== undefined);
        removeLink(parts, linking, actor);
        return true;
      }
      case 'incident.unlinked': {
        const linking = linkingOf(entry);
        requireStill(parts.links.find(rowOf(linking)) === undefined);
        addLink(parts, linking, actor);
        return true;
      }
      case 'incident.merged':
        for (const merged of facts<'incident.merged'>(entry).merged.toReversed()) {
          partAgain(parts, merged.id, id, actor, revision);
        }
        return true;
      case 'incident.merged-into':
        partAgain(parts, id, facts<'incident.merged-into'>(entry).into, actor, revision);
        return true;
      case 'incident.parted': {
        const { from } = facts<'incident.parted'>(entry);
        requireStill(parts.merges.standing(id) === undefined);
        // Both stand as they are now: nothing was seen earlier that could have changed.
        const others = [{ id, expected: revision }];
        mergeIncidents(parts, { intoId: from, expected: revision, others }, actor);
        return true;
      }
      case 'incident.letters-moved': {
        const moved = facts<'incident.letters-moved'>(entry);
        if (moved.why === 'hand') moveLettersBack(parts, moved, actor);
        else {
          const messageIds = moved.letters.map(({ messageId }) => messageId);
          moveLetters(parts, { messageIds, incidentId: moved.to, alone: false }, actor);
        }
        return true;
      }
      case 'incident.split': {
        const split = facts<'incident.split'>(entry);
        moveLettersBack(parts, split, actor);
        parts.links.remove(toLinkRow(id, split.to, 'related'));
        return true;
      }
      case 'incident.flood-left':
        returnToFlood(parts, id, facts<'incident.flood-left'>(entry).floodId, actor, revision);
        return true;
      default:
        return false;
    }
  });
}

function partAgain(parts: LinkParts, id: number, intoId: number, actor: Actor, revision: number): void {
  const merge = requireMerge(parts, id);
  requireStill(merge.intoId === intoId);
  takeApart(parts, merge, { why: 'undo', actor, later: [] }, revision);
}

function linkingOf(entry: JournalRow): Linking {
  const { otherId, role } = facts<'incident.linked'>(entry);
  return { incidentId: entry.subjectId, otherId, role };
}

function rowOf({ incidentId, otherId, role }: Linking) {
  return toLinkRow(incidentId, otherId, role);
}

function requireStill(stands: boolean): void {
  if (!stands) throw new AppError('conflict', { details: { reason: 'changed-since' } });
}

function facts<K extends keyof JournalFacts>(entry: JournalRow): JournalFacts[K] {
  return JSON.parse(entry.payload) as JournalFacts[K];
}
