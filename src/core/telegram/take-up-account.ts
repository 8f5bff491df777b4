import { uuidv7 } from '../../shared/ids.ts';
import type { Db } from '../db/open.ts';
import type { TelegramAccountRow, TelegramStore } from '../db/telegram-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { maskPhone } from './phone-mask.ts';
import type { SessionFiles } from './session-files.ts';
import type { Self } from './telegram-port.ts';

export type NewSession = {
  readonly self: Self;
  readonly session: string;
  readonly actor: number;
  /** The file it lies in until it is an account's. */
  readonly pending: string;
};

/**
 * Makes the account of a session that has just been signed in, or takes up the one there was. `isNew` is false when the
 * account is signed in already: then the new session is one too many. Aborted, it leaves no row.
 */
export type TakeUp = (
  session: NewSession,
  signal: AbortSignal,
) => Promise<{ readonly accountId: number; readonly isNew: boolean }>;

type Parts = {
  readonly db: Db;
  readonly store: TelegramStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: SessionFiles;
};

/** First the session is on the disk, then a row says so: what a crash leaves between is ended by the next start. */
export function createTakeUp({ db, store, journal, clock, random, files }: Parts): TakeUp {
  async function isUsable(row: TelegramAccountRow): Promise<boolean> {
    if (row.removedAt !== null || row.state === 'signed-out') return false;
    return files.read(row.uuid).then(
      () => true,
      () => false,
    );
  }

  return async ({ self: { peer, phone, about }, session, actor, pending }, signal) => {
    const known = store.accountByUser(peer.id);
    if (known && (await isUsable(known))) return { accountId: known.id, isNew: false };
    signal.throwIfAborted();
    const uuid = known?.uuid ?? uuidv7(clock.now(), random.bytes(10));
    await files.write(uuid, { session, userId: peer.id, phone, about });
    await files.remove(pending);
    // Nothing can stop it from here on: either the row is written or the next start finds a file without one.
    const profile = { name: peer.title, username: peer.username, phoneMask: maskPhone(phone) };
    const accountId = db.transact((revision) => {
      const row = { ...profile, signedInAt: clock.now(), revision };
      const id = known?.id ?? store.insertAccount({ ...row, uuid, userId: peer.id });
      if (known) store.signInAccount({ ...row, id });
      journal.append({
        kind: 'telegram.signed-in',
        subject: 'telegram',
        subjectId: id,
        actorId: actor,
        facts: { userId: peer.id, again: known !== undefined },
      });
      db.touch('telegram');
      return id;
    });
    return { accountId, isNew: true };
  };
}
