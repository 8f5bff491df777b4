import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft, OutboxRow } from '../../../shared/contract/letters.ts';
import { toAppError } from '../../../shared/errors.ts';
import { toFailure } from '../../lib/failure.ts';
import { carryOver } from './carry-over.ts';
import { createAttachments, type Attachments } from './attachments.ts';
import type { ComposerParts, SlotAccess } from './composer-parts.ts';
import {
  applyRemote,
  blockedBy,
  emptySlot,
  noLooseText,
  placeKey,
  type ComposerState,
  type DraftChange,
  type Leaving,
  type LooseText,
  type Slot,
} from './composer-state.ts';
import { createDraftSaver } from './draft-saver.ts';

export type Mode = Draft['mode'];

export type ComposerStore = Omit<Attachments, 'stop'> & {
  readonly state: StoreApi<ComposerState>;
  /** Brings the person's draft of this place, if there is one. */
  open(incidentId: number | null): Promise<void>;
  /** A letter from a key or a button; a draft that stands in the incident is opened, or its words go into the new one. */
  begin(incidentId: number | null, mode: Mode, sourceId?: number, templateKey?: string): Promise<void>;
  edit(key: string, change: DraftChange): void;
  editLoose(key: string, change: Partial<LooseText>): void;
  flush(key: string): Promise<boolean>;
  flushAll(): Promise<void>;
  /** The panel of a new letter is on the screen. */
  showNew(shown: boolean): void;
  send(key: string, force?: boolean): Promise<void>;
  /** The conflict was looked at; the draft stays. */
  lookFirst(key: string): void;
  /** Takes the letter of this place back; without a key the last one sent. False when none can be. */
  takeBack(key?: string): Promise<boolean>;
  dismissLeaving(key: string): void;
  /** Puts the pen down: what was written stays, a letter nobody touched is folded away. */
  leave(key: string): Promise<void>;
  discard(key: string): Promise<void>;
  /** What the revision feed said; keeps several windows in step. */
  onChanges(kinds: readonly string[]): void;
  /** Saves what waits, stops the timers. */
  stop(): Promise<void>;
};

/** All letters being written in this window, each saved as it is typed. */
export function createComposerStore({ client, upload, later }: ComposerParts): ComposerStore {
  const state = createStore<ComposerState>(() => ({ slots: new Map(), newShown: false }));
  const slots = slotAccess(state);
  const saver = createDraftSaver({ client, slots, later });
  const attachments = createAttachments({ upload, slots, edit: saver.edit });
  let lastSent: string | undefined;

  function fail(key: string, error: unknown, change: Partial<Slot> = {}): void {
    const failure = toFailure(toAppError(error));
    slots.set(key, (slot) => ({ ...slot, ...change, failure }));
  }

  async function fetchDraft(key: string, draftId?: number): Promise<Draft | undefined> {
    const incidentId = incidentOf(key);
    if (incidentId !== null) {
      return (await client.drafts.forIncident({ incidentId })).draft ?? undefined;
    }
    const { drafts } = await client.drafts.list({});
    const fresh = drafts.filter((draft) => draft.incidentId === null);
    const wanted = draftId ?? slots.get(key)?.draft?.id;
    return fresh.find((draft) => draft.id === wanted) ?? fresh.at(-1);
  }

  async function refresh(key: string, draftId?: number): Promise<void> {
    try {
      const draft = await fetchDraft(key, draftId);
      slots.set(key, (slot) => ({ ...applyRemote(slot, draft), status: 'ready' }));
    } catch (error) {
      const known = slots.get(key)?.draft !== undefined;
      fail(key, error, known ? {} : { status: 'failed' });
    }
  }

  async function begin(incidentId: number | null, mode: Mode, sourceId?: number, templateKey?: string) {
    const key = placeKey({ incidentId });
    if (incidentId === null) state.setState({ newShown: true });
    slots.set(key, (slot) => ({ ...slot, failure: undefined, colleague: undefined }));
    await saver.flush(key);
    if (slots.get(key)?.status !== 'ready') await refresh(key);
    const standing = slots.get(key)?.draft;
    if (!standing || templateKey !== undefined || isOther(standing, mode, sourceId)) {
      try {
        const { draft } = await client.drafts.begin({
          incidentId,
          mode,
          sourceId: sourceId ?? null,
          templateKey: templateKey ?? null,
        });
        slots.set(key, (slot) => ({
          ...slot,
          status: 'ready',
          draft,
          savedAt: draft.updatedAt,
          saving: 'saved',
          loose: noLooseText,
          untouched: templateKey === undefined ? draft.id : undefined,
        }));
        if (standing) await replaceDraft(key, standing, draft);
      } catch (error) {
        fail(key, error);
      }
    }
    slots.set(key, (slot) => ({ ...slot, focusAsked: slot.focusAsked + 1 }));
  }

  /** The standing draft's words go into the new one before it is given up. */
  async function replaceDraft(key: string, from: Draft, to: Draft): Promise<void> {
    const change = carryOver(from, to);
    if (change) saver.edit(key, change);
    if (await saver.flush(key)) await client.drafts.discard({ id: from.id });
  }

  async function send(key: string, force = false): Promise<void> {
    const slot = slots.get(key);
    if (!slot?.draft || slot.sending || blockedBy(slot)) return;
    slots.set(key, (current) => ({ ...current, sending: true, failure: undefined, colleague: undefined }));
    try {
      if (!(await saver.flush(key))) {
        slots.set(key, (current) => ({ ...current, sending: false }));
        return;
      }
      const { outboxId, notBefore } = await client.outbox.send({ draftId: slot.draft.id, force });
      lastSent = key;
      const leaving: Leaving = { outboxId, notBefore, state: 'queued', errorCode: null, takingBack: false };
      slots.set(key, (current) => ({ ...current, sending: false, draft: undefined, pending: {}, leaving }));
    } catch (error) {
      const refusal = toAppError(error);
      const { personId, at } = refusal.details;
      if (refusal.reason === 'colleague-answered' && typeof personId === 'number' && typeof at === 'number') {
        slots.set(key, (current) => ({ ...current, sending: false, colleague: { personId, at } }));
      } else {
        fail(key, refusal, { sending: false });
      }
    }
  }

  async function takeBack(wanted?: string): Promise<boolean> {
    const key = wanted ?? lastSent;
    const leaving = key === undefined ? undefined : slots.get(key)?.leaving;
    if (key === undefined || !leaving || leaving.state !== 'queued' || leaving.takingBack) return false;
    slots.set(key, (slot) => ({ ...slot, leaving: { ...leaving, takingBack: true } }));
    try {
      const { draftId } = await client.outbox.takeBack({ id: leaving.outboxId });
      slots.set(key, (slot) => ({ ...slot, leaving: undefined, draft: undefined }));
      if (key === 'new') state.setState({ newShown: true });
      await refresh(key, draftId ?? undefined);
      slots.set(key, (slot) => ({ ...slot, focusAsked: slot.focusAsked + 1 }));
      return true;
    } catch (error) {
      fail(key, error, { leaving: { ...leaving, takingBack: false } });
      return false;
    }
  }

  async function followOutbox(): Promise<void> {
    const followed = [...state.getState().slots].filter(([, slot]) => slot.leaving);
    if (followed.length === 0) return;
    const { rows } = await client.outbox.list({ all: true });
    for (const [key] of followed) slots.set(key, (slot) => withOutbox(slot, rows));
  }

  async function discard(key: string): Promise<void> {
    const draft = slots.get(key)?.draft;
    if (!draft) return;
    slots.set(key, (slot) => ({ ...slot, pending: {} }));
    try {
      await client.drafts.discard({ id: draft.id });
      slots.set(key, (slot) => ({ ...emptySlot, status: 'ready', leaving: slot.leaving }));
    } catch (error) {
      fail(key, error);
    }
  }

  async function flushAll(): Promise<void> {
    await Promise.all([...state.getState().slots.keys()].map((key) => saver.flush(key)));
  }

  return {
    ...attachments,
    state,
    begin,
    send,
    takeBack,
    edit: saver.edit,
    flush: saver.flush,
    async open(incidentId) {
      const key = placeKey({ incidentId });
      if (!slots.get(key)) slots.set(key, (slot) => slot);
      await refresh(key);
    },
    editLoose(key, change) {
      slots.set(key, (slot) => ({ ...slot, loose: { ...slot.loose, ...change } }));
    },
    lookFirst(key) {
      slots.set(key, (slot) => ({ ...slot, colleague: undefined }));
    },
    dismissLeaving(key) {
      slots.set(key, (slot) => ({ ...slot, leaving: undefined }));
    },
    async leave(key) {
      const slot = slots.get(key);
      if (slot?.draft && slot.untouched === slot.draft.id) await discard(key);
      else await saver.flush(key);
    },
    discard,
    onChanges(kinds) {
      if (kinds.includes('draft')) {
        for (const key of state.getState().slots.keys()) void refresh(key);
      }
      if (kinds.includes('outbox')) {
        // The next outbox event asks again; until then the last known state stays on the screen.
        followOutbox().catch(() => undefined);
      }
    },
    flushAll,
    showNew(shown) {
      state.setState({ newShown: shown });
      if (!shown) void saver.flush('new');
    },
    async stop() {
      attachments.stop();
      await flushAll();
      saver.stop();
    },
  };
}

function slotAccess(state: StoreApi<ComposerState>): SlotAccess {
  return {
    get: (key) => state.getState().slots.get(key),
    set(key, change) {
      state.setState(({ slots }) => {
        const before = slots.get(key) ?? emptySlot;
        const after = change(before);
        return after === before && slots.has(key) ? { slots } : { slots: new Map(slots).set(key, after) };
      });
    },
  };
}

function incidentOf(key: string): number | null {
  return key === 'new' ? null : Number(key.slice('incident:'.length));
}

/** A draft of another kind or to another letter stands here: core decides what of it is kept. */
function isOther(draft: Draft, mode: Mode, sourceId: number | undefined): boolean {
  return draft.mode !== mode || (sourceId !== undefined && draft.sourceId !== sourceId);
}

function withOutbox(slot: Slot, rows: readonly OutboxRow[]): Slot {
  const row = rows.find(({ id }) => id === slot.leaving?.outboxId);
  if (!row || !slot.leaving) return slot;
  if (row.state === 'cancelled') return { ...slot, leaving: undefined };
  const state =
    row.state === 'delivered' || row.state === 'read' || row.state === 'acknowledged'
      ? 'accepted'
      : row.state;
  return { ...slot, leaving: { ...slot.leaving, state, errorCode: row.errorCode } };
}
