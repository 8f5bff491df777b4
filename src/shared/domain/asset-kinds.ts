export const assetKinds = ['pole', 'station', 'machine', 'site'] as const;
export type AssetKind = (typeof assetKinds)[number];

/** Where a code was read. Earlier ones weigh more. */
export const findingPlaces = ['subject', 'body', 'thread'] as const;
export type FindingPlace = (typeof findingPlaces)[number];

/** Why a piece of text is taken for that asset. */
export const findingRules = [
  /** The whole code, in any spelling that folds to it. */
  'code',
  /** The beginning of a pole's code, and no other pole begins so. */
  'code-start',
  /** An alias a person or the registry gave it. */
  'alias',
  /** A station's number, written as its operator writes it. */
  'number',
  /** A station's number that several have; the sender's operator tells which. */
  'number-operator',
  /** A station's number that several have; the pole found beside it tells which. */
  'number-pole',
] as const;
export type FindingRule = (typeof findingRules)[number];
