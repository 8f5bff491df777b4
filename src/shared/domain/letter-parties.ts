/** Whom a template letter is for. `contractors` are all that were engaged, each in the thread the work was handed over in. */
export const audiences = ['applicant', 'emergency', 'repair', 'contractors'] as const;
export type Audience = (typeof audiences)[number];

/** With whom a conversation is held; contractors have theirs beside the applicant's. */
export type Party = Audience;

/** What an incident must have before a template letter may leave. */
export const requirements = ['asset', 'category', 'type', 'type-sla', 'repair-priority'] as const;
export type Requirement = (typeof requirements)[number];

/** Where an address of a template letter comes from. */
export const addressOrigins = [
  'first-letter',
  'applicant',
  'asset',
  'contractor',
  'default',
  'region',
  'thread',
] as const;
export type AddressOrigin = (typeof addressOrigins)[number];
