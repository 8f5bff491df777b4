import type { SavedView } from '../../shared/contract/settings.ts';
import type { ViewStore } from '../db/view-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import { requireSame } from './still.ts';

export type ViewParts = { readonly desk: IncidentParts; readonly views: ViewStore };

type Facts = Readonly<Record<string, unknown>>;

/** A shared view is everybody's, an own one its person's; both change with a way back. */
export function saveView(
  { desk, views }: ViewParts,
  view: Parameters<ViewStore['save']>[0],
  personId: number,
  revision: number,
): { readonly id: number; readonly undo: number } {
  const before = view.id === null ? undefined : find(views, view.id, personId);
  const id = views.save(view, personId, revision);
  desk.db.touch('view');
  const after = find(views, id, personId);
  return { id, undo: tell(desk, { id, name: view.name, before, after }, personId) };
}

export function removeView(
  { desk, views }: ViewParts,
  id: number,
  personId: number,
): { readonly undo: number } {
  return desk.db.transact(() => {
    const before = find(views, id, personId);
    views.remove(id, personId);
    desk.db.touch('view');
    return { undo: tell(desk, { id, name: before?.name ?? '', before, after: undefined }, personId) };
  });
}

/** For undo. Throws `conflict` (reason `changed-since`) when it has been changed or removed meanwhile. */
export function takeBackView(
  { desk, views }: ViewParts,
  id: number,
  { before, after }: { readonly before?: Facts | null; readonly after?: Facts | null },
  personId: number,
  revision: number,
): void {
  requireSame(find(views, id, personId) ?? null, after ?? null);
  if (!before) removeView({ desk, views }, id, personId);
  else {
    const { position: _position, ...view } = before as unknown as SavedView;
    saveView({ desk, views }, { ...view, id: after ? id : null }, personId, revision);
  }
}

function find(views: ViewStore, id: number, personId: number): SavedView | undefined {
  return views.list(personId).find((view) => view.id === id);
}

function tell(
  desk: IncidentParts,
  {
    id,
    name,
    before,
    after,
  }: {
    readonly id: number;
    readonly name: string;
    readonly before: SavedView | undefined;
    readonly after: SavedView | undefined;
  },
  personId: number,
): number {
  return desk.journal.append({
    kind: after ? 'view.saved' : 'view.removed',
    subject: 'view',
    subjectId: id,
    actorId: personId,
    facts: { name, before: before ?? null, after: after ?? null },
  });
}
