import type { AssetKind, FindingPlace, FindingRule } from '../../../shared/domain/asset-kinds.ts';

/** What is searched: one letter or chat message with the earlier ones of its conversation, newest first. */
export type FindingText = {
  readonly subject: string;
  readonly body: string;
  readonly thread: readonly string[];
  /** Domain of the sender's address in lower case, or '' for a chat. */
  readonly senderDomain: string;
  /** Of our own incident codes: `PLT-14417` is no station. */
  readonly codePrefixes?: readonly string[];
};

/** As much of an asset as finding needs. */
export type KnownAsset = {
  readonly id: number;
  readonly kind: AssetKind;
  readonly code: string;
  readonly poleId: number | null;
  readonly operatorGroupIds: readonly number[];
};

/** The registry as finding asks it. Keys are `foldCode(code)`, `foldCode(alias)` and `numberKeys(code)` of stations. */
export type AssetIndex = {
  /** Assets with exactly that key as code, alias or number. Gone ones are not among them. */
  byKey(key: string): readonly (KnownAsset & { readonly origin: 'code' | 'alias' | 'number' })[];
  /**
   * Whether the first word of some alias folds to that; when told, the registry is not asked for every word of a letter.
   * A word ends at a blank: `foldCode(alias).split(' ')[0]`.
   */
  startsAlias?(word: string): boolean;
  /** Poles whose folded code begins so (`41208-P-52-`), at most `limit`. Gone ones are not among them. */
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
