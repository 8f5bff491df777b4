import type { AssetKind, FindingPlace, FindingRule } from '../../../shared/domain/asset-kinds.ts';

/** What is searched: one letter or chat message with the earlier ones of its conversation, newest first. */
export type FindingText = {
  readonly subject: string;
  readonly body: string;
  readonly thread: readonly string[];
  /** Domain of the sender's address in lower case, or '' for a chat. */
  readonly senderDomain: string;
};

/** As much of an asset as finding needs. */
export type KnownAsset = {
  readonly id: number;
  readonly kind: AssetKind;
  readonly code: string;
  readonly poleId: number | null;
  readonly operatorGroupIds: readonly number[];
};

/** The registry as finding asks it. Keys are folded (shared/domain/asset-code.ts). */
export type AssetIndex = {
  /** Assets with exactly that key as code, alias or number. Gone ones are not among them. */
  byKey(key: string): readonly (KnownAsset & { readonly origin: 'code' | 'alias' | 'number' })[];
  /** Poles whose code begins so, at most `limit`. */
  polesByStart(start: string, limit: number): readonly KnownAsset[];
  /** Groups whose domains have the sender's, or a parent of it. */
  groupsByDomain(domain: string): readonly number[];
};

/** One asset the text may mean, and what speaks for it. */
export type Candidate = {
  readonly asset: KnownAsset;
  readonly rule: FindingRule;
  readonly place: FindingPlace;
  /** The words as they stand in the text, for people. */
  readonly words: string;
  /** 0 to 100. */
  readonly confidence: number;
};

/**
 * What to bind and what to offer. Binding needs one candidate that is alone in its kind and sure enough; everything else
 * is offered, best first.
 */
export type Finding = {
  readonly bind: readonly Candidate[];
  readonly offer: readonly Candidate[];
};
