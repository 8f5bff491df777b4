import type { FurtherAddress } from '../../shared/contract/common.ts';
import type { AddressKind } from '../../shared/domain/address-key.ts';
import { toE164 } from '../../shared/domain/phone.ts';
import type { Party, ReachChannel, StepProblem } from '../../shared/domain/reaching.ts';
import type { RouteRecord } from '../db/route-store.ts';
import type { NotifyParts } from './parts.ts';

export type AddressParts = Pick<
  NotifyParts,
  'contacts' | 'people' | 'routes' | 'addressStates' | 'messengerChat'
>;

type Known = { readonly kind: AddressKind; readonly value: string };

/** Everything somebody can be reached by, in the order it is tried. */
export function addressesOf({ contacts, people }: AddressParts, party: Party): readonly Known[] {
  const owner = party.kind === 'contact' ? contacts.find(party.id) : people.find(party.id);
  if (!owner) return [];
  const further: readonly FurtherAddress[] =
    'addresses' in owner ? owner.addresses : people.addresses(party.id);
  const first: Known[] = [
    { kind: 'email', value: owner.email },
    { kind: 'phone', value: owner.phone },
  ];
  return [...first, ...further].filter(({ value }) => value.trim() !== '');
}

export function nameOf(
  { contacts, people }: Pick<AddressParts, 'contacts' | 'people'>,
  party: Party,
): string {
  const owner = party.kind === 'contact' ? contacts.find(party.id) : people.find(party.id);
  return owner?.name ?? '';
}

export type Place =
  | { readonly address: string; readonly kind: AddressKind }
  | { readonly problem: StepProblem };

/** Where a route would take a message for somebody; `wanted` is the step's own address, or empty. */
export function placeOf(parts: AddressParts, party: Party, route: RouteRecord, wanted: string): Place {
  if (route.kind === 'bot' || route.kind === 'max' || route.kind === 'telegram') {
    const chat = parts.messengerChat(route, party);
    if (!chat) return { problem: 'not-bound' };
    if (chat.blocked) return { problem: 'blocked' };
    return { address: chat.chatId, kind: route.kind === 'max' ? 'max' : 'telegram' };
  }
  const known = wanted === '' ? addressesOf(parts, party) : ownOf(route.channel, wanted);
  const fitting = kindsOf[route.channel].flatMap((kind) =>
    known.filter((address) => address.kind === kind).flatMap((address) => fittedTo(route, address)),
  );
  if (fitting.length === 0) return { problem: 'no-address' };
  const alive = fitting.find(({ kind, stored }) => !parts.addressStates.isDead(kind, stored));
  return alive ? { address: alive.value, kind: alive.kind } : { problem: 'dead-address' };
}

/** A telephone is where WhatsApp is looked for when nothing else is written. */
const kindsOf: Readonly<Record<ReachChannel, readonly AddressKind[]>> = {
  email: ['email'],
  sms: ['phone'],
  push: ['push'],
  whatsapp: ['whatsapp', 'phone'],
  telegram: ['telegram'],
  max: ['max'],
};

function ownOf(channel: ReachChannel, value: string): readonly Known[] {
  return kindsOf[channel].slice(0, 1).map((kind) => ({ kind, value }));
}

type Fitted = Known & { readonly stored: string };

/** `ntfy:crew` is a topic of ntfy alone; what names no service is taken to be of any. */
function fittedTo(route: RouteRecord, { kind, value }: Known): Fitted[] {
  const prefix = kind === 'push' ? /^(ntfy|gotify|fcm):/.exec(value)?.[1] : undefined;
  if (prefix !== undefined && prefix !== route.kind) return [];
  return [{ kind, stored: value, value: prefix === undefined ? value : value.slice(prefix.length + 1) }];
}

export type ChosenRoute =
  | { readonly route: RouteRecord; readonly address: string; readonly kind: AddressKind }
  | { readonly route: undefined; readonly problem: StepProblem };

/** The first route of the channel that knows where they are, but for those that were tried already. */
export function chooseRoute(
  parts: AddressParts,
  step: { readonly channel: ReachChannel; readonly address: string },
  party: Party | null,
  tried: ReadonlySet<number> = new Set(),
): ChosenRoute {
  const routes = parts.routes.ofChannel(step.channel);
  let problem: StepProblem = routes.length === 0 ? 'no-route' : 'no-address';
  for (const route of routes) {
    const place: Place = party ? placeOf(parts, party, route, step.address) : { problem: 'no-address' };
    if ('problem' in place) problem = place.problem;
    else if (!tried.has(route.id)) return { route, address: asItComesBack(place), kind: place.kind };
  }
  return { route: undefined, problem };
}

/** A telephone as an answer names it, however the directory writes it: by it the answer finds what it is to. */
function asItComesBack({ kind, address }: { readonly kind: AddressKind; readonly address: string }): string {
  const digits = kind === 'phone' || kind === 'whatsapp' ? toE164(address)?.slice(1) : undefined;
  return digits ?? address;
}
