import type { HeardBack, Party } from '../../shared/domain/reaching.ts';
import type { AddressStateStore } from '../db/address-state-store.ts';
import type { ContactStore } from '../db/contact-store.ts';
import type { DeliveryAttemptStore } from '../db/delivery-attempt-store.ts';
import type { DeliveryStore } from '../db/delivery-store.ts';
import type { LadderStore } from '../db/ladder-store.ts';
import type { NotificationRecord, NotificationStore } from '../db/notification-store.ts';
import type { Db } from '../db/open.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { ReachAlarmStore } from '../db/reach-alarm-store.ts';
import type { ReachPartyStore } from '../db/reach-party-store.ts';
import type { AnswerRecord, ReplyStore } from '../db/reply-store.ts';
import type { RouteRecord, RouteStore } from '../db/route-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

/** What follows in other rooms; runs inside the transaction of what it follows from. */
export type NotifyEffects = {
  /** Somebody said something about a notification or its call; null has nothing to say to it. */
  answered(notification: NotificationRecord, answer: AnswerRecord, revision: number): HeardBack | null;
  /** Whoever shares their place with a call is elsewhere by now. */
  moved?(callId: number, place: Place): void;
  /** It came to `reached`, `acknowledged` or `not-reached`; a later acknowledgement is told again. */
  ended(notification: NotificationRecord, revision: number): void;
};

export type NotifyParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly contacts: Pick<ContactStore, 'find'>;
  readonly people: Pick<PersonStore, 'find' | 'addresses'>;
  readonly routes: RouteStore;
  readonly ladders: LadderStore;
  readonly parties: ReachPartyStore;
  readonly addressStates: Pick<AddressStateStore, 'isDead' | 'markDead'>;
  readonly notifications: NotificationStore;
  readonly deliveries: DeliveryStore;
  readonly attempts: DeliveryAttemptStore;
  readonly replies: ReplyStore;
  readonly reachAlarms: ReachAlarmStore;
  /** Where a messenger knows somebody. */
  readonly messengerChat: (route: RouteRecord, party: Party) => MessengerChat | undefined;
  /** The desk's. */
  readonly zone: () => string;
  /** Asked each time: the rooms that follow are made after this one. */
  readonly effects: () => NotifyEffects;
};

export type Place = { readonly latitude: number; readonly longitude: number; readonly at: number };

export type MessengerChat = { readonly chatId: string; readonly blocked: boolean };
