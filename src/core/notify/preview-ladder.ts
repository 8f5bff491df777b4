import type { LadderStep, PreviewStep } from '../../shared/contract/ladders.ts';
import type { Party, Urgency } from '../../shared/domain/reaching.ts';
import { routeKinds } from '../../shared/domain/route-kinds.ts';
import type { Receipt } from '../../shared/domain/channels.ts';
import type { RouteRecord } from '../db/route-store.ts';
import { nameOf, placeOf } from './addresses-of.ts';
import { quietUntil } from './hold.ts';
import { limitOf, nextNameOf, plainLadder } from './ladder-desk.ts';
import type { ReachDesk } from './reach-desk.ts';

type PreviewParts = ReachDesk['ladders'];

/** What would happen if they were notified now; nothing is written. */
export function previewLadder(parts: PreviewParts, party: Party, urgency: Urgency) {
  const ladder = plainLadder(parts, party, urgency) ?? plainLadder(parts, null, urgency);
  const held =
    urgency === 'critical' ? undefined : quietUntil(limitOf(parts, party), parts.zone(), parts.clock.now());
  return {
    party,
    name: nameOf(parts, party),
    steps: (ladder?.steps ?? []).map((step) => previewStep(parts, party, step)),
    repeatMinutes: ladder?.repeatMinutes ?? null,
    mostRounds: ladder?.mostRounds ?? 1,
    nextName: nextNameOf(parts, ladder?.next ?? null),
    heldUntil: held ?? null,
  };
}

function previewStep(parts: PreviewParts, party: Party, step: LadderStep): PreviewStep {
  const routes = parts.routes.ofChannel(step.channel);
  const places = routes.map((route) => ({ route, place: placeOf(parts, party, route, step.address) }));
  const open = places.flatMap(({ route, place }) =>
    'problem' in place ? [] : [{ route, address: place.address }],
  );
  const [first, ...further] = open;
  if (!first) {
    const problem = places.findLast(({ place }) => 'problem' in place)?.place;
    return {
      ...step,
      to: step.address === '' ? null : step.address,
      toName: '',
      route: null,
      furtherRoutes: 0,
      problem: problem && 'problem' in problem ? problem.problem : 'no-route',
      neverTold: false,
    };
  }
  const told = new Set(open.flatMap(({ route }): readonly Receipt[] => routeKinds[route.kind].receipts));
  return {
    ...step,
    to: first.address,
    toName: titleOf(parts, first.route, party),
    route: first.route.name,
    furtherRoutes: further.length,
    problem: null,
    neverTold: !told.has(step.waitFor),
  };
}

/** The number of a chat says nothing to a person. */
function titleOf(parts: PreviewParts, { id, channel }: RouteRecord, party: Party): string {
  if (channel !== 'telegram' && channel !== 'max') return '';
  return parts.chatTitle(id, party) || nameOf(parts, party);
}
