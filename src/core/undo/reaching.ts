import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { JournalRow } from '../db/journal-store.ts';
import { setAddressDead } from '../notify/address-check.ts';
import { groupFacts, limitOf, plainLadder, saveGroup, saveLadder, saveLimit } from '../notify/ladder-desk.ts';
import type { ReachDesk } from '../notify/reach-desk.ts';
import { orderOf, orderRoutes, setRouteEnabled, takeBackRoute } from '../notify/route-desk.ts';
import { factsBefore, factsOf } from '../notify/route-facts.ts';
import { changedSince, notUndoable, requireSame } from './still.ts';

export type ReachParts = Pick<ReachDesk, 'routes' | 'ladders'>;

type Parts = { readonly reach: ReachParts };
type At = { readonly entry: JournalRow; readonly actor: number };
type ReachKind =
  | 'route.saved'
  | 'route.enabled-set'
  | 'route.order-set'
  | 'ladder.saved'
  | 'reach.limit-saved'
  | 'notify-group.saved'
  | 'address.dead-set';
type Takers = {
  readonly [K in ReachKind]: (parts: Parts, facts: JournalFacts[K], at: At) => void;
};

/** Ways of sending, ladders, groups and addresses, as they stood before. */
export const reachTakers: Takers = {
  'route.saved': ({ reach }, { isNew, unkept, changes }, { entry, actor }) => {
    if (isNew || unkept.length > 0) throw notUndoable();
    const route = reach.routes.routes.find(entry.subjectId);
    const before = route && factsBefore(factsOf(route), changes);
    if (!before) throw changedSince();
    takeBackRoute(reach.routes, entry.subjectId, before, actor);
  },
  'route.enabled-set': ({ reach }, { enabled }, { entry, actor }) => {
    const route = reach.routes.routes.find(entry.subjectId);
    if (!route || (route.enabled === 1) !== enabled) throw changedSince();
    setRouteEnabled(reach.routes, { id: entry.subjectId, enabled: !enabled }, actor);
  },
  'route.order-set': ({ reach }, { channel, from, to }, { actor }) => {
    requireSame(orderOf(reach.routes, channel), to);
    orderRoutes(reach.routes, { channel, ids: from }, actor);
  },
  'ladder.saved': ({ reach: { ladders } }, { owner, urgency, before, after }, { actor }) => {
    requireSame(plainLadder(ladders, owner, urgency) ?? null, after);
    // Without any ladder of everybody nobody could be reached.
    if (!before && owner === null) throw notUndoable();
    saveLadder(ladders, { owner, urgency, ladder: before ?? undefined }, actor);
  },
  'reach.limit-saved': ({ reach: { ladders } }, { owner, before, after }, { actor }) => {
    requireSame(limitOf(ladders, owner), after);
    if (!before) throw notUndoable();
    saveLimit(ladders, { owner, limit: before }, actor);
  },
  'notify-group.saved': ({ reach: { ladders } }, { before, after }, { entry, actor }) => {
    requireSame(groupFacts(ladders, entry.subjectId), after);
    if (!after) throw notUndoable();
    // A new one may be next in a ladder already: it is put out of use.
    saveGroup(ladders, { ...(before ?? { ...after, active: false }), id: entry.subjectId }, actor);
  },
  'address.dead-set': ({ reach: { ladders } }, { kind, value, dead }, { actor }) => {
    if (ladders.addressStates.isDead(kind, value) !== dead) throw changedSince();
    setAddressDead(ladders, { address: { kind, value }, dead: !dead }, actor);
  },
};
