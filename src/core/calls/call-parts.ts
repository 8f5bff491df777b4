import type { StoredFile } from '../../shared/contract/common.ts';
import type {
  AnswerVerb,
  NotificationState,
  Party,
  ReachChannel,
  Urgency,
} from '../../shared/domain/reaching.ts';
import type { CallStore } from '../db/call-store.ts';
import type { CallTurnStore } from '../db/call-turn-store.ts';
import type { CallViewStore } from '../db/call-view-store.ts';
import type { ContactStore } from '../db/contact-store.ts';
import type { ContractorRequestStore } from '../db/contractor-request-store.ts';
import type { Actor, IncidentParts } from '../incidents/parts.ts';
import type { CallSettingsDesk } from './call-settings.ts';
import type { SuggestParts } from './suggest.ts';

/** What calls need of notify; every one of them runs inside the caller's transaction. */
export type Reach = {
  /** Sets somebody's ladder going; returns the notification. */
  notify(input: ReachInput, revision: number): number;
  /** Nothing more of it leaves; one that has ended stays as it ended. */
  cancel(notificationId: number, revision: number): void;
  /** They know, as somebody said by another way than the ladder's. */
  acknowledge(notificationId: number, mover: Mover, revision: number): void;
  /** How it stands; for one that is held back, when it will be let go. */
  state(
    notificationId: number,
  ): { readonly state: NotificationState; readonly dueAt: number | null } | undefined;
  raise(alarm: ReachAlarmInput, revision: number): void;
  /** What sounds for a call is heard. */
  hush(callId: number, actor: Actor, revision: number): void;
};

export type ReachInput = {
  readonly to: Party;
  readonly kind: 'call' | 'chat' | 'handover';
  readonly incidentId: number | null;
  readonly callId: number | null;
  readonly urgency: Urgency;
  readonly title: string;
  readonly text: string;
  readonly verbs: readonly AnswerVerb[];
  readonly files: readonly StoredFile[];
  readonly createdBy: Actor;
  /** By this channel alone. */
  readonly only: ReachChannel | null;
};

export type ReachAlarmInput = {
  readonly kind: 'declined' | 'nobody-left' | 'call-overdue' | 'call-answer' | 'not-reached';
  readonly callId: number | null;
  readonly incidentId: number | null;
  readonly notificationId: number | null;
};

/** What every use-case on calls needs; made once in compose-calls.ts. */
export type CallParts = IncidentParts &
  SuggestParts & {
    readonly calls: CallStore;
    readonly turns: CallTurnStore;
    readonly callViews: CallViewStore;
    readonly contractors: ContractorRequestStore;
    readonly contacts: ContactStore;
    readonly callSettings: CallSettingsDesk;
    readonly reach: Reach;
    /** What the writer of a letter says in it, apart from what is quoted; codes anywhere in it. */
    readonly readAnswer: (text: string) => ReadAnswer;
    readonly makeCode: () => string;
  };

export type ReadAnswer = {
  readonly verb: AnswerVerb | null;
  /** In the writer's own words. */
  readonly own: readonly string[];
  /** Anywhere. */
  readonly codes: readonly string[];
};

/** Who or what moves a call: a person at the desk, the technician by a channel, or time. */
export type Mover = { readonly actor: Actor; readonly by: ReachChannel | 'hand' | 'time' };
