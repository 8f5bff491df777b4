import type { IncidentAsset } from '../../shared/contract/assets.ts';
import type { MessageChannel } from '../../shared/domain/channels.ts';
import type { MessageAddress } from '../platform/inbound-message.ts';

/** What intake may ask of incidents; every call runs inside intake's transaction. */
export type IncidentDesk = {
  /** Code, assignment, clock, alarm and journal entry; the letter itself is joined afterwards with `letterJoined`. */
  openFromLetter(input: OpenFromLetter): { readonly id: number; readonly code: string };
  /** Counts, read state, the two late letters after closing, and the journal. Automatic letters count as nothing. */
  letterJoined(input: LetterJoined): void;
  /** The original of a reply that came first: time, title and applicant become the original's. */
  registerEarlier(input: OpenFromLetter & { readonly incidentId: number }): void;
  /** Nothing is looked for in an incident that has assets already. */
  hasAssets(incidentId: number): boolean;
  /** Binds what is sure and offers the rest; what a person refused stays refused. */
  assetsFound(incidentId: number, found: AssetsFound): void;
  /** By the number in the code; undefined when this desk never gave it. */
  findByNumber(
    number: number,
  ): { readonly id: number; readonly open: boolean; readonly dismissed: boolean } | undefined;
  /** A letter carries a number this desk does not know: after a restore it may have been given in the lost time. */
  numberSeen(number: number): void;
  isOpen(incidentId: number): boolean;
  code(incidentId: number): string;
  codePrefix(): string;
  foreignPrefixes(): readonly string[];
};

export type FoundAsset = {
  readonly assetId: number;
  readonly foundBy: IncidentAsset['foundBy'];
  /** 0 to 100. */
  readonly confidence: number;
  readonly evidence: NonNullable<IncidentAsset['evidence']> | undefined;
};

export type AssetsFound = { readonly bind: readonly FoundAsset[]; readonly offer: readonly FoundAsset[] };

export type OpenFromLetter = {
  /** Already cleaned of Re/Fwd and codes. */
  readonly title: string;
  readonly applicant: MessageAddress;
  /** The letter's own time. */
  readonly registeredAt: number;
  readonly channel: MessageChannel;
  readonly accountId: number;
  readonly applicantPhone?: string;
  /** What a rule says it is. */
  readonly typeId?: number | null;
  /** Who opened it from a chat by hand. */
  readonly actorId?: number | null;
};

export type LetterJoined = {
  readonly incidentId: number;
  readonly messageId: number;
  readonly direction: 'in' | 'out';
  /** The letter the incident was opened by: joins without being a reply. */
  readonly opening: boolean;
  readonly automatic: boolean;
  readonly receivedAt: number;
  /** From LinkEvidence: how it found the incident. */
  readonly by: string;
  readonly detail?: string | undefined;
  /** Who joined it by hand: that reopens nothing. */
  readonly actorId?: number | null;
};
