import type { Ladder, ReachLimit } from '../contract/ladders.ts';
import type { AddressKind } from './address-key.ts';
import type { Party, ReachChannel, Urgency } from './reaching.ts';

/** How it stood on both sides of a change, for taking it back; null is not there. Entries of older versions lack it. */
export type Change<T> = { readonly before?: T | null; readonly after?: T | null };

export type RosterFacts = {
  readonly weekdays: number;
  readonly startsMinute: number;
  readonly endsMinute: number;
  readonly zone: string;
};

/** As much of a binding as it takes to have it again. */
export type BindingFacts = {
  readonly party: Party;
  readonly routeId: number;
  readonly chatId: string;
  readonly userId: string;
  readonly title: string;
  readonly boundAt: number;
};

type TechnicianFacts = {
  readonly skillIds: readonly number[];
  readonly regionIds: readonly number[];
  readonly availability: 'available' | 'busy' | 'off';
  readonly availableUntil: number | null;
  readonly mostCalls: number;
};

type SkillFacts = { readonly name: string; readonly nameEn: string; readonly active: boolean };

type OnCallOverrideFacts = {
  readonly id: number;
  readonly contactId: number;
  readonly onDuty: boolean;
  readonly fromAt: number;
  readonly toAt: number;
  readonly insteadOfId: number | null;
  readonly swap: string | null;
  readonly reason: string;
  readonly createdBy: number | null;
  readonly createdAt: number;
};

export type CallEvent =
  | 'asked'
  | 'accepted'
  | 'on-the-way'
  | 'in-progress'
  | 'completed'
  | 'declined'
  | 'silent'
  | 'withdrawn'
  | 'nobody-left'
  | 'overdue'
  | 'cancelled';

export type CallFacts = {
  readonly callId: number;
  readonly number: number;
  readonly event: CallEvent;
  readonly contactId: number | null;
  readonly name: string;
  /** The channel it was said by, `hand`, or `time`. */
  readonly by: string;
  readonly reason: string;
};

/** How a call stood before a dispatcher put down what was said by telephone. */
export type CallMarkFacts = CallFacts & {
  readonly was: {
    readonly state: 'accepted' | 'on-the-way' | 'in-progress';
    readonly onTheWayAt: number | null;
    readonly inProgressAt: number | null;
  };
  readonly workEnded: { readonly kind: string; readonly endedAt: number } | null;
};

export type ContractorVerb = 'accepted' | 'on-the-way' | 'in-progress' | 'done' | 'declined';

/** Whom a dispatcher told something; `names` are the first of them. */
export type NotifiedFacts = {
  readonly ids: readonly number[];
  readonly names: readonly string[];
  readonly count: number;
  readonly urgency: string;
};

export type NotificationChangeFacts = {
  readonly what: 'resent' | 'cancelled' | 'acknowledged' | 'arrived' | 'never-arrived' | 'answer-placed';
  readonly notificationId: number;
  readonly name: string;
};

export type NoticeTemplateFacts = {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly active: boolean;
};

/** Events of reaching people, besides those an incident tells of itself. */
export type ReachingFacts = {
  'reach.alarm-acknowledged': { count: number; seconds: number };
  /** Somebody may bind themselves to a bot by a link; the link itself stays out of the journal. */
  'binding.link-made': { routeId: number; route: string };
  'binding.bound': { bindingId: number; routeId: number; title: string };
  'binding.removed': { binding: BindingFacts };
  'binding.restored': { binding: BindingFacts };
  /** They shut the bot out, or let it in again. */
  'binding.blocked': { bindingId: number; routeId: number };
  'binding.opened': { bindingId: number; routeId: number };
  'technician.saved': { name: string } & Change<TechnicianFacts>;
  'technician.skill-saved': { name: string } & Change<SkillFacts>;
  'technician.on-call-saved': { name: string; rules: number } & Change<readonly RosterFacts[]>;
  /** Several: the halves of a swap. */
  'technician.override-added': { name: string; overrides: readonly OnCallOverrideFacts[] };
  'technician.override-removed': { name: string; overrides: readonly OnCallOverrideFacts[] };
  'call.told': CallFacts;
  'call.marked': CallMarkFacts;
  /** What it says stays out of the journal. */
  'call.said': { notificationId: number; files: number };
  'notification.sent': NotifiedFacts;
  'notification.changed': NotificationChangeFacts;
  'notification.template-saved': { name: string } & Change<NoticeTemplateFacts>;
  'notification.stray-settled': { answerId: number; channel: string };
  /** `changes` but for what may hold a key: of `unkept` only the names are known, so that is not taken back. */
  'route.saved': {
    name: string;
    route: string;
    isNew: boolean;
    changes: Record<string, { from: unknown; to: unknown }>;
    unkept: readonly string[];
  };
  'route.enabled-set': { name: string; enabled: boolean };
  'route.order-set': { channel: ReachChannel; from: readonly number[]; to: readonly number[] };
  'route.removed': { name: string; route: string };
  'route.trial-sent': { name: string; route: string; address: string };
  /** Without an owner it is everybody's. */
  'ladder.saved': { owner: Party | null; urgency: Urgency } & Change<Ladder>;
  'reach.limit-saved': { owner: Party } & Change<ReachLimit>;
  'notify-group.saved': { name: string } & Change<{
    readonly name: string;
    readonly active: boolean;
    readonly members: readonly Party[];
  }>;
  'address.code-sent': { owner: Party; kind: AddressKind; value: string };
  'address.verified': { kind: AddressKind; value: string };
  'address.dead-set': { kind: AddressKind; value: string; dead: boolean };
};
