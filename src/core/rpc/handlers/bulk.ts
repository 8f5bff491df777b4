import type { PultContract } from '../../../shared/contract/index.ts';
import type { BulkOutcome } from '../../../shared/contract/bulk.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { type BulkItem, decideForMany, onceEach } from '../../bulk/bulk.ts';
import { acknowledgeAlarms } from '../../incidents/alarms.ts';
import { assign, dismiss, edit, setStatus, setType } from '../../incidents/change-incident.ts';
import { postpone } from '../../incidents/postpone.ts';
import { setFavourites, setReading } from '../../notes/personal.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function bulkHandlers(parts: DeskParts): Pick<Handlers<PultContract, Context>, 'bulk'> {
  const { desk } = parts;
  const many = (
    action: string,
    items: readonly BulkItem[],
    context: Context,
    decide: (item: BulkItem, actor: number) => { readonly undo: number | null },
  ): BulkOutcome => {
    const actor = actorOf(context);
    return decideForMany(desk, action, items, actor, (item) => decide(item, actor));
  };
  return {
    bulk: {
      assign: ({ items, personId }, context) =>
        many('assign', items, context, (item, actor) => assign(desk, { ...item, personId }, actor)),
      setStatus: ({ items, statusId }, context) =>
        many('status', items, context, (item, actor) => setStatus(desk, { ...item, statusId }, actor)),
      setType: ({ items, typeId }, context) =>
        many('type', items, context, (item, actor) => setType(desk, { ...item, typeId }, actor)),
      setPriority: ({ items, priority }, context) =>
        many('priority', items, context, (item, actor) => edit(desk, { ...item, priority }, actor)),
      addCategory: ({ items, categoryId }, context) =>
        many('category', items, context, (item, actor) => {
          const categoryIds = [...new Set([...desk.incidents.categories(item.id), categoryId])];
          return edit(desk, { ...item, categoryIds }, actor);
        }),
      removeCategory: ({ items, categoryId }, context) =>
        many('category', items, context, (item, actor) => {
          const categoryIds = desk.incidents.categories(item.id).filter((id) => id !== categoryId);
          return edit(desk, { ...item, categoryIds }, actor);
        }),
      postpone: ({ items, until, reason }, context) =>
        many('postpone', items, context, (item, actor) => postpone(desk, { ...item, until, reason }, actor)),
      dismiss: ({ items }, context) =>
        many('dismiss', items, context, (item, actor) => dismiss(desk, { ...item, ruleId: null }, actor)),
      acknowledge: ({ items }, context) => acknowledgeMany(parts, items, actorOf(context)),
      markRead: ({ items }, context) => {
        const ids = onceEach(items).map(({ id }) => id);
        return ofOne(ids, setReading(desk, ids, true, actorOf(context)));
      },
      setFavourite: ({ items, level }, context) => {
        const ids = onceEach(items).map(({ id }) => id);
        return ofOne(ids, setFavourites(desk, ids, level, actorOf(context)));
      },
    },
  };
}

/** What has been heard stays heard: there is nothing to take back. */
function acknowledgeMany({ desk }: DeskParts, items: readonly BulkItem[], actor: number): BulkOutcome {
  return desk.db.transact((revision) => {
    const ids = onceEach(items).map(({ id }) => id);
    const changed = ids.filter((id) => acknowledgeAlarms(desk, id, actor, revision));
    return { changed, same: ids.filter((id) => !changed.includes(id)), refused: [], undo: null };
  });
}

function ofOne(
  ids: readonly number[],
  { changed, undo }: { readonly changed: readonly number[]; readonly undo: number | null },
): BulkOutcome {
  return { changed: [...changed], same: ids.filter((id) => !changed.includes(id)), refused: [], undo };
}
