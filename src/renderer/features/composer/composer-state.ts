import type { Draft } from '../../../shared/contract/letters.ts';
import type { Failure } from '../../lib/failure.ts';
import type { Upload } from '../../lib/uploads.ts';

/** Where a letter is written: in an incident's card, or in the panel for a new one. */
export type Place = { readonly incidentId: number } | { readonly incidentId: null };

/** A letter handed to the outbox a moment ago. */
export type Leaving = {
  readonly outboxId: number;
  readonly notBefore: number;
  readonly state: 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown';
  readonly errorCode: string | null;
  readonly takingBack: boolean;
};

export type DraftChange = Partial<
  Pick<Draft, 'recipients' | 'subject' | 'body' | 'attachments' | 'accountId'>
>;

export type LooseText = { readonly to: string; readonly cc: string; readonly bcc: string };

export type Slot = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly draft: Draft | undefined;
  /** Typed and not yet at core. */
  readonly pending: DraftChange;
  readonly saving: 'saved' | 'waiting' | 'saving' | 'failed';
  readonly savedAt: number | undefined;
  readonly uploads: readonly Upload[];
  /** Typed into an address field and not an address yet; a letter does not leave over it. */
  readonly loose: LooseText;
  readonly sending: boolean;
  readonly colleague: { readonly personId: number; readonly at: number } | undefined;
  readonly failure: Failure | undefined;
  readonly leaving: Leaving | undefined;
  /** The draft begun in this window that no hand has touched yet. */
  readonly untouched: number | undefined;
  /** Grows when the writer's field should take the focus. */
  readonly focusAsked: number;
};

export type ComposerState = {
  readonly slots: ReadonlyMap<string, Slot>;
  readonly newShown: boolean;
};

export const noLooseText: LooseText = { to: '', cc: '', bcc: '' };

export const emptySlot: Slot = {
  status: 'loading',
  draft: undefined,
  pending: {},
  saving: 'saved',
  savedAt: undefined,
  uploads: [],
  loose: noLooseText,
  sending: false,
  colleague: undefined,
  failure: undefined,
  leaving: undefined,
  untouched: undefined,
  focusAsked: 0,
};

export function placeKey(place: Place): string {
  return place.incidentId === null ? 'new' : `incident:${place.incidentId}`;
}

export function hasPending(slot: Slot): boolean {
  return Object.keys(slot.pending).length > 0;
}

/** Another window's draft is taken over only while nothing here waits to be saved. */
export function applyRemote(slot: Slot, remote: Draft | undefined): Slot {
  if (hasPending(slot) || slot.saving === 'saving' || slot.sending) return slot;
  if (!remote) return slot.draft ? { ...slot, draft: undefined, failure: undefined } : slot;
  if (slot.draft?.id === remote.id && (slot.savedAt ?? 0) >= remote.updatedAt) return slot;
  return { ...slot, status: 'ready', draft: remote, savedAt: remote.updatedAt, saving: 'saved' };
}

/** Why this letter cannot leave yet, as a key under `composer.blocked`. */
export function blockedBy(slot: Slot): 'no-recipient' | 'loose-address' | 'uploading' | undefined {
  if (!slot.draft) return undefined;
  if (slot.loose.to !== '' || slot.loose.cc !== '' || slot.loose.bcc !== '') return 'loose-address';
  const { to, cc, bcc } = slot.draft.recipients;
  if (to.length + cc.length + bcc.length === 0) return 'no-recipient';
  if (slot.uploads.some((upload) => upload.failure === undefined)) return 'uploading';
  return undefined;
}
