import { toAppError } from '../../../shared/errors.ts';
import { toFailure } from '../../lib/failure.ts';
import type { AnswerParts, AnswerSlots } from './answer-parts.ts';
import { filesToSend, isBlank, replyOf, type AnswerSlot } from './answer-state.ts';

/** A pause in typing this long is worth a save. */
const saveAfterMs = 300;
const retryAfterMs = 3000;

export type AnswerSaver = {
  /** Something was written here: it is saved in a moment. */
  touch(key: string): void;
  /** Resolves true when everything written is at core. */
  flush(key: string): Promise<boolean>;
  stop(): void;
};

type Parts = Pick<AnswerParts, 'client' | 'later'> & { readonly slots: AnswerSlots };

/** Saves as typed and whole: one save at a time, what was written meanwhile goes next, what failed is tried again. */
export function createAnswerSaver({ client, slots, later }: Parts): AnswerSaver {
  const timers = new Map<string, () => void>();
  const running = new Map<string, Promise<boolean>>();

  function schedule(key: string, ms: number): void {
    timers.get(key)?.();
    timers.set(
      key,
      later(ms, () => void flush(key)),
    );
  }

  function flush(key: string): Promise<boolean> {
    timers.get(key)?.();
    timers.delete(key);
    const current = running.get(key);
    if (current) return current.then(() => flush(key));
    const slot = slots.get(key);
    // What core has kept must be here first: it would be written over unread.
    if (!slot || slot.saving === 'saved' || slot.status !== 'ready') return Promise.resolve(true);
    const save = saveOnce(key, slot).finally(() => running.delete(key));
    running.set(key, save);
    return save.then((saved) => (saved ? flush(key) : false));
  }

  async function saveOnce(key: string, saved: AnswerSlot): Promise<boolean> {
    slots.set(key, (slot) => ({ ...slot, saving: 'saving' }));
    try {
      await client.chats.saveDraft({
        ...saved.place,
        text: saved.text,
        // An answer nobody has begun is the incident's own choice, not the hand's.
        replyTo: isBlank(saved) ? (saved.reply?.id ?? null) : (replyOf(saved)?.id ?? null),
        files: filesToSend(saved),
      });
      slots.set(key, (slot) => ({
        ...slot,
        saving: slot.edits === saved.edits ? 'saved' : 'waiting',
        failure: undefined,
      }));
      return true;
    } catch (error) {
      const failure = toFailure(toAppError(error));
      slots.set(key, (slot) => ({ ...slot, saving: 'failed', failure }));
      if (failure.code !== 'not-found' && failure.code !== 'invalid-input') schedule(key, retryAfterMs);
      return false;
    }
  }

  return {
    touch(key) {
      slots.set(key, (slot) => ({
        ...slot,
        edits: slot.edits + 1,
        saving: slot.saving === 'saving' ? 'saving' : 'waiting',
      }));
      schedule(key, saveAfterMs);
    },
    flush,
    stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
