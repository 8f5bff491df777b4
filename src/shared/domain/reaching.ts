/** What a step of a ladder goes by; how it is actually sent is the business of its routes. */
export const reachChannels = ['telegram', 'email', 'sms', 'push', 'whatsapp', 'max'] as const;
export type ReachChannel = (typeof reachChannels)[number];

export const urgencies = ['normal', 'urgent', 'critical'] as const;
export type Urgency = (typeof urgencies)[number];

/** What people answer by a button, a code word or a letter. */
export const answerVerbs = ['accepted', 'on-the-way', 'in-progress', 'done', 'cannot'] as const;
export type AnswerVerb = (typeof answerVerbs)[number];

export const notificationStates = [
  'waiting',
  'climbing',
  'reached',
  'acknowledged',
  'not-reached',
  'cancelled',
  'bundled',
] as const;
export type NotificationState = (typeof notificationStates)[number];

export const deliveryStates = [
  'queued',
  'sending',
  'accepted',
  'delivered',
  'read',
  'acknowledged',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What whoever answers hears at once. */
export type HeardBack = {
  readonly reply: string | null;
  /** false: it came too late, and nothing followed from it. */
  readonly isHeeded: boolean;
};

/** Somebody who can be reached: outside of the desk, or at it. */
export type Party =
  | { readonly kind: 'contact'; readonly id: number }
  | { readonly kind: 'person'; readonly id: number };

/** Why a step of a ladder would send nothing. */
export const stepProblems = ['no-address', 'dead-address', 'blocked', 'not-bound', 'no-route'] as const;
export type StepProblem = (typeof stepProblems)[number];

export const mostPreviewed = 50;
