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
 * account is signed in already: then the new session is one too many.
 */
export type TakeUp = (session: NewSession) => { readonly accountId: number; readonly isNew: boolean };

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
  function isUsable(row: TelegramAccountRow): boolean {
    if (row.removedAt !== null || row.state === 'signed-out') return false;
    try {
      files.read(row.uuid);
      return true;
    } catch {
      // A row without its session: the new one takes its place.
      return false;
    }
  }

  return ({ self: { peer, phone, about }, session, actor, pending }) => {
    const known = store.accountByUser(peer.id);
    if (known && isUsable(known)) return { accountId: known.id, isNew: false };
    const uuid = known?.uuid ?? uuidv7(clock.now(), random.bytes(10));
    files.write(uuid, { session, userId: peer.id, phone, about });
    files.remove(pending);
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
