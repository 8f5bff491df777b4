import { createStore, type StoreApi } from 'zustand/vanilla';
import { toAppError } from '../../../shared/errors.ts';
import { readMarked } from '../../../shared/domain/marked-text.ts';
import { toFailure } from '../../lib/failure.ts';
import { createUploads } from '../../lib/uploads.ts';
import type { AnswerParts, AnswerSlots } from './answer-parts.ts';
import { createAnswerSaver } from './answer-saver.ts';
import {
  blockedBy,
  emptySlot,
  filesToSend,
  isBlank,
  isSpare,
  mostFiles,
  placeKey,
  replyOf,
  uploadingOf,
  withBroughtBack,
  withDraft,
  withoutWriting,
  withRows,
  type AnswerDraft,
  type AnswerPlace,
  type AnswersState,
  type AnswerSlot,
  type ReplyTarget,
  type Transfer,
  type Written,
} from './answer-state.ts';

export type AnswerStore = {
  readonly state: StoreApi<AnswersState>;
  /** Brings the person's draft of this place. */
  open(place: AnswerPlace): Promise<void>;
  /** It left the screen: what is typed is saved, and kept here only while it must be. */
  close(key: string): Promise<void>;
  edit(key: string, change: Partial<Written> & { readonly asFiles?: boolean }): void;
  /** Puts the pen down beside this message; undefined answers what the incident says, null nothing. */
  answer(place: AnswerPlace, reply?: ReplyTarget | null): void;
  /** Starts the uploads; answers how many did not fit into an album. */
  attach(key: string, files: readonly File[]): number;
  cancelUpload(key: string, uploadKey: string): void;
  detach(key: string, sha256: string): void;
  send(key: string): Promise<void>;
  /** Takes the last message of this place back; without a key the last one sent. False when none can be. */
  takeBack(key?: string): Promise<boolean>;
  dismiss(key: string, outboxId: number): void;
  flush(key: string): Promise<boolean>;
  flushAll(): Promise<void>;
  /** Puts the pen down: what was written stays, a reply nobody wrote is let go. */
  leave(key: string): void;
  /** What the revision feed said; keeps several windows in step. */
  onChanges(kinds: readonly string[]): void;
  /** How far files on their way to Telegram are. */
  onTransfers(transfers: readonly Transfer[]): void;
  /** Saves what waits, stops the timers. */
  stop(): Promise<void>;
};

/** Everything being written into chats in this window, each saved as it is typed. */
export function createAnswerStore({ client, upload, later }: AnswerParts): AnswerStore {
  const state = createStore<AnswersState>(() => ({ slots: new Map(), waiting: [], uploading: new Map() }));
  const slots = slotAccess(state);
  const saver = createAnswerSaver({ client, slots, later });
  let lastSent: string | undefined;

  const uploads = createUploads({
    upload,
    change: (key, by) => slots.set(key, (slot) => ({ ...slot, uploads: by(slot.uploads) })),
    onStored(key, stored) {
      const list = slots.get(key)?.files;
      if (list && !list.some(({ sha256 }) => sha256 === stored.sha256)) {
        edit(key, { files: [...list, { ...stored, as: 'photo' }] });
      }
    },
  });

  function ensure(place: AnswerPlace): string {
    const key = placeKey(place);
    state.setState(({ slots: all }) =>
      all.has(key) ? { slots: all } : { slots: new Map(all).set(key, emptySlot(place)) },
    );
    return key;
  }

  function fail(key: string, error: unknown, change: Partial<AnswerSlot> = {}): void {
    const failure = toFailure(toAppError(error));
    slots.set(key, (slot) => ({ ...slot, ...change, failure }));
  }

  function edit(key: string, change: Parameters<AnswerStore['edit']>[1]): void {
    slots.set(key, (slot) => ({
      ...slot,
      // The message answered is fixed by the first sign: what comes while the hand writes must not move it.
      reply: slot.reply === undefined && !isBlank({ ...slot, ...change }) ? slot.answerTo : slot.reply,
      ...change,
      failure: undefined,
    }));
    saver.touch(key);
  }

  async function fetchDraft({ chatId, incidentId }: AnswerPlace) {
    if (incidentId === null)
      return { draft: (await client.chats.open({ id: chatId })).draft, answerTo: null };
    const { chats } = await client.chats.forIncident({ incidentId });
    const found = chats.find(({ chat }) => chat.id === chatId);
    return { draft: found?.draft ?? null, answerTo: found?.answerTo ?? null };
  }

  async function refresh(key: string): Promise<void> {
    const slot = slots.get(key);
    if (!slot) return;
    try {
      const { draft, answerTo } = await fetchDraft(slot.place);
      slots.set(key, (now) => withDraft({ ...now, answerTo }, draft, slot.edits));
      if (slots.get(key)?.saving === 'waiting') saver.touch(key);
      await nameReply(key, draft);
    } catch (error) {
      if (slot.status === 'ready') fail(key, error);
      else fail(key, error, { status: 'failed' });
    }
  }

  /** A draft knows only the number of the message it answers. */
  async function nameReply(key: string, draft: AnswerDraft | null): Promise<void> {
    const slot = slots.get(key);
    const replyTo = draft?.replyTo ?? null;
    if (!slot || replyTo === null || slot.reply?.id !== replyTo || slot.reply.sender !== '') return;
    const { chatId } = slot.place;
    const { messages } = await client.chats.history({ id: chatId, around: replyTo, limit: 3 });
    const found = messages.find(({ id }) => id === replyTo);
    const target = found ? { id: replyTo, sender: found.sender, text: found.text } : null;
    slots.set(key, (now) => (now.reply?.id === replyTo ? { ...now, reply: target } : now));
  }

  async function send(key: string): Promise<void> {
    const slot = slots.get(key);
    if (!slot || slot.sending || slot.status !== 'ready' || blockedBy(slot)) return;
    slots.set(key, (now) => ({ ...now, sending: true, failure: undefined }));
    const { text, entities } = readMarked(slot.text.trim());
    const { incidentId, chatId } = slot.place;
    const reply = replyOf(slot);
    try {
      const { outboxId, notBefore } = await client.chats.send({
        chatId,
        incidentId,
        text,
        entities: [...entities],
        replyTo: reply?.id ?? null,
        files: filesToSend(slot),
      });
      lastSent = key;
      const written = { text: slot.text, reply, files: slot.files };
      const leaving = {
        outboxId,
        notBefore,
        state: 'queued',
        errorCode: null,
        takingBack: false,
        written,
      } as const;
      slots.set(key, (now) => ({
        ...withoutWriting(now),
        sending: false,
        leaving: [...now.leaving.filter(({ state: left }) => left === 'queued'), leaving],
      }));
      saver.touch(key);
    } catch (error) {
      fail(key, error, { sending: false });
    }
  }

  async function takeBack(wanted?: string): Promise<boolean> {
    const key = wanted ?? lastSent;
    const leaving = key === undefined ? undefined : slots.get(key)?.leaving.at(-1);
    if (key === undefined || !leaving || leaving.takingBack) return false;
    const { outboxId } = leaving;
    const isUploading = leaving.state === 'sending' && state.getState().uploading.has(outboxId);
    if (leaving.state !== 'queued' && !isUploading) return false;
    const mark = (takingBack: boolean) => (slot: AnswerSlot) => ({
      ...slot,
      leaving: slot.leaving.map((item) => (item.outboxId === outboxId ? { ...item, takingBack } : item)),
    });
    slots.set(key, mark(true));
    try {
      await client.outbox.takeBack({ id: outboxId });
      slots.set(key, (slot) => ({
        ...withBroughtBack(slot, leaving.written),
        leaving: slot.leaving.filter((item) => item.outboxId !== outboxId),
        focusAsked: slot.focusAsked + 1,
      }));
      saver.touch(key);
      return true;
    } catch (error) {
      slots.set(key, mark(false));
      fail(key, error);
      return false;
    }
  }

  async function followOutbox(): Promise<void> {
    const isFollowing = [...state.getState().slots.values()].some(({ leaving }) => leaving.length > 0);
    const { rows } = await client.outbox.list({ all: isFollowing });
    const ours = rows.filter(({ channel }) => channel === 'telegram');
    const waiting = ours.filter(({ state: left }) => left === 'queued' || left === 'sending');
    state.setState(({ slots: all }) => ({
      waiting,
      slots: withoutSpare(new Map([...all].map(([key, slot]) => [key, withRows(slot, ours)]))),
    }));
  }

  async function flushAll(): Promise<void> {
    await Promise.all([...state.getState().slots.keys()].map((key) => saver.flush(key)));
  }

  return {
    state,
    edit,
    send,
    takeBack,
    flush: saver.flush,
    flushAll,
    async open(place) {
      const key = ensure(place);
      slots.set(key, (slot) => ({ ...slot, shown: true }));
      // Shown again by the next outbox event; the draft does not wait for it.
      followOutbox().catch(() => undefined);
      await refresh(key);
    },
    async close(key) {
      slots.set(key, (slot) => ({ ...slot, shown: false, focusAsked: 0 }));
      await saver.flush(key);
      state.setState(({ slots: all }) => ({ slots: withoutSpare(all) }));
    },
    answer(place, reply) {
      const key = ensure(place);
      if (reply !== undefined) edit(key, { reply });
      slots.set(key, (slot) => ({ ...slot, focusAsked: slot.focusAsked + 1 }));
    },
    attach(key, files) {
      const slot = slots.get(key);
      if (!slot) return files.length;
      const room = mostFiles - slot.files.length - slot.uploads.length;
      const taken = files.slice(0, Math.max(0, room));
      uploads.start(key, taken);
      return files.length - taken.length;
    },
    cancelUpload: uploads.cancel,
    detach(key, sha256) {
      const list = slots.get(key)?.files;
      if (list) edit(key, { files: list.filter((item) => item.sha256 !== sha256) });
    },
    dismiss(key, outboxId) {
      slots.set(key, (slot) => ({
        ...slot,
        leaving: slot.leaving.filter((item) => item.outboxId !== outboxId),
      }));
    },
    leave(key) {
      const slot = slots.get(key);
      if (slot && isBlank(slot) && slot.reply !== undefined) edit(key, { reply: undefined });
      void saver.flush(key);
    },
    onChanges(kinds) {
      if (kinds.includes('draft')) {
        for (const key of state.getState().slots.keys()) void refresh(key);
      } else if (kinds.includes('message')) {
        // What came may be what an answer begun now would answer.
        for (const [key, { place }] of state.getState().slots)
          if (place.incidentId !== null) void refresh(key);
      }
      if (kinds.includes('outbox')) {
        // The next outbox event asks again; until then the last known state stays on the screen.
        followOutbox().catch(() => undefined);
      }
    },
    onTransfers(transfers) {
      const uploading = uploadingOf(transfers);
      const before = state.getState().uploading;
      if (uploading.size > 0 || before.size > 0) state.setState({ uploading });
    },
    async stop() {
      uploads.stop();
      await flushAll();
      saver.stop();
    },
  };
}

function withoutSpare(slots: AnswersState['slots']): AnswersState['slots'] {
  return new Map([...slots].filter(([, slot]) => !isSpare(slot)));
}

function slotAccess(state: StoreApi<AnswersState>): AnswerSlots {
  return {
    get: (key) => state.getState().slots.get(key),
    set(key, change) {
      state.setState(({ slots }) => {
        const before = slots.get(key);
        if (!before) return { slots };
        const after = change(before);
        return after === before ? { slots } : { slots: new Map(slots).set(key, after) };
      });
    },
  };
}
