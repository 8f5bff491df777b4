import { toAppError } from '../../../shared/errors.ts';
import { toFailure } from '../../lib/failure.ts';
import { hasPending, type DraftChange } from './composer-state.ts';
import type { ComposerClient, SlotAccess } from './composer-parts.ts';

/** A pause in typing this long is worth a save. */
const saveAfterMs = 300;
const retryAfterMs = 3000;

export type DraftSaver = {
  edit(key: string, change: DraftChange): void;
  /** Resolves true when everything typed is at core. */
  flush(key: string): Promise<boolean>;
  stop(): void;
};

type Parts = {
  readonly client: ComposerClient;
  readonly slots: SlotAccess;
  readonly later: (ms: number, run: () => void) => () => void;
};

/** Saves as typed: one save at a time, what was typed meanwhile goes next, what failed is tried again. */
export function createDraftSaver({ client, slots, later }: Parts): DraftSaver {
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
    if (!slot?.draft || !hasPending(slot)) return Promise.resolve(slot?.saving !== 'failed');
    const save = saveOnce(key, slot.draft.id, slot.pending).finally(() => running.delete(key));
    running.set(key, save);
    return save.then((saved) => (saved ? flush(key) : false));
  }

  async function saveOnce(key: string, id: number, change: DraftChange): Promise<boolean> {
    slots.set(key, (slot) => ({ ...slot, pending: {}, saving: 'saving' }));
    try {
      const { updatedAt } = await client.drafts.save(withoutNull(id, change));
      slots.set(key, (slot) => ({
        ...slot,
        savedAt: updatedAt,
        saving: hasPending(slot) ? 'waiting' : 'saved',
        failure: undefined,
      }));
      return true;
    } catch (error) {
      const failure = toFailure(toAppError(error));
      slots.set(key, (slot) => ({
        ...slot,
        pending: { ...change, ...slot.pending },
        saving: 'failed',
        failure,
      }));
      if (failure.code !== 'not-found' && failure.code !== 'invalid-input') schedule(key, retryAfterMs);
      return false;
    }
  }

  return {
    edit(key, change) {
      slots.set(key, (slot) =>
        slot.draft
          ? {
              ...slot,
              untouched: undefined,
              draft: { ...slot.draft, ...change },
              pending: { ...slot.pending, ...change },
              saving: slot.saving === 'saving' ? 'saving' : 'waiting',
            }
          : slot,
      );
      schedule(key, saveAfterMs);
    },
    flush,
    stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

function withoutNull(id: number, { accountId, ...change }: DraftChange) {
  return accountId === undefined || accountId === null ? { id, ...change } : { id, ...change, accountId };
}
