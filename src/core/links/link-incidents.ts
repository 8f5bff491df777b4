import { roleOf, toLinkRow, type LinkRole, type LinkRow } from '../../shared/domain/link-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor, IncidentParts, Undo } from '../incidents/parts.ts';

/** More than these tell nothing about any of them. */
const mostLinks = 25;

export type Linking = { readonly incidentId: number; readonly otherId: number; readonly role: LinkRole };

/**
 * Says what the other incident is to this one; both remember it. Throws `conflict` (reasons `link-self`, `link-cycle`,
 * `too-many-links` with `code`), `not-found`.
 */
export function addLink(parts: IncidentParts, linking: Linking, actor: Actor): Undo {
  return parts.db.transact(() => {
    const link = requireLinkable(parts, linking);
    if (parts.links.find(link)) return { undo: null };
    for (const id of [linking.incidentId, linking.otherId]) {
      if (parts.links.all(id).length < mostLinks) continue;
      const { code } = parts.incidents.require(id);
      throw new AppError('conflict', { details: { reason: 'too-many-links', code, most: mostLinks } });
    }
    parts.links.insert({ ...link, createdBy: actor, createdAt: parts.clock.now() });
    return { undo: tellBoth(parts, 'incident.linked', linking, actor) };
  });
}

/** Throws `not-found`. */
export function removeLink(parts: IncidentParts, linking: Linking, actor: Actor): Undo {
  return parts.db.transact(() => {
    const link = toLinkRow(linking.incidentId, linking.otherId, linking.role);
    if (!parts.links.find(link)) return { undo: null };
    parts.links.remove(link);
    return { undo: tellBoth(parts, 'incident.unlinked', linking, actor) };
  });
}

/** A hint nobody wants is not given again, from either side. */
export function setUnlike(parts: IncidentParts, incidentId: number, otherId: number): void {
  parts.db.transact(() => {
    for (const id of [incidentId, otherId]) {
      parts.incidents.require(id);
      parts.db.touch('incident', id);
    }
    parts.links.setUnlike(incidentId, otherId);
  });
}

function requireLinkable(parts: IncidentParts, { incidentId, otherId, role }: Linking): LinkRow {
  for (const id of [incidentId, otherId]) parts.incidents.require(id);
  if (incidentId === otherId) throw new AppError('conflict', { details: { reason: 'link-self' } });
  const link = toLinkRow(incidentId, otherId, role);
  const waits = link.kind === 'parent' ? [link.fromId, link.toId] : [link.toId, link.fromId];
  const [later = 0, earlier = 0] = waits;
  const isOrder = link.kind === 'parent' || link.kind === 'blocks';
  // Each waiting for the other to be closed, neither ever could be.
  if (isOrder && parts.links.waitsFor(earlier, later)) {
    throw new AppError('conflict', { details: { reason: 'link-cycle' } });
  }
  return link;
}

/** Returns the entry of the incident it was done at. */
function tellBoth(
  parts: IncidentParts,
  kind: 'incident.linked' | 'incident.unlinked',
  { incidentId, otherId, role }: Linking,
  actor: Actor,
): number {
  const tell = (id: number, other: number, as: LinkRole): number => {
    parts.db.touch('incident', id);
    return parts.journal.append({
      kind,
      subject: 'incident',
      subjectId: id,
      actorId: actor,
      facts: { otherId: other, otherCode: parts.incidents.require(other).code, role: as },
    });
  };
  const sequence = tell(incidentId, otherId, role);
  tell(otherId, incidentId, roleOf(otherId, toLinkRow(incidentId, otherId, role)));
  return sequence;
}
