import { AppError } from '../../shared/errors.ts';
import type { FolderRow, RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { LetterSize } from './imap-connection.ts';
import type { JournalPort } from './journal-port.ts';
import type { RawFiles, StoredFile } from './raw-files.ts';

export type ReceivedLetter = LetterSize & { readonly bytes: Uint8Array };

/** What could not be fetched whole: only its headers are kept. */
export type SetAside = LetterSize & {
  readonly headers: Uint8Array;
  readonly reason: 'letter-too-large' | 'letter-refused';
  readonly detail: string;
};

export type RawIntake = {
  /** Letters in UID order; `upTo` is the last UID that was asked for, expunged ones included. Returns how many are new. */
  store(folder: FolderRow, letters: readonly ReceivedLetter[], upTo: number): Promise<number>;
  storeStream(folder: FolderRow, letter: LetterSize, chunks: AsyncIterable<Uint8Array>): Promise<number>;
  setAside(folder: FolderRow, letter: SetAside): Promise<number>;
  /** Throws `unavailable` (reason `disk-full`) while letters must not be stored. */
  requireRoom(): void;
};

export type RawIntakeParts = {
  readonly db: Db;
  readonly raw: RawStore;
  readonly files: RawFiles;
  readonly clock: Clock;
  readonly journal: JournalPort;
  /** False while the disk is too full to take letters. */
  readonly mayStore: () => boolean;
  /** Called after the commit that stored letters. */
  readonly onStored: () => void;
  /**
   * `apart` moves the cursor in a transaction of its own, before the letters are on the disk. It exists so that the
   * crash test can show that it would notice; nothing in the program sets it.
   */
  readonly cursorMoves?: 'with-rows' | 'apart' | undefined;
};

type Stored = LetterSize & StoredFile;

/** First the bytes on the disk, then rows and cursor in one transaction: a crash in between costs a fetch, not a letter. */
export function createRawIntake(parts: RawIntakeParts): RawIntake {
  const { db, raw, files, clock, journal, mayStore, onStored, cursorMoves = 'with-rows' } = parts;

  const moveApart = (folder: FolderRow, upTo: number) => {
    if (cursorMoves === 'apart') db.transact(() => raw.moveCursor(folder.id, upTo));
  };

  function commit(folder: FolderRow, letters: readonly Stored[], upTo: number, aside?: SetAside): number {
    return db.transact((revision) => {
      const storedAt = clock.now();
      let added = 0;
      for (const { uid, size, sha256, receivedAt } of letters) {
        const id = raw.insert({
          accountId: folder.accountId,
          folderId: folder.id,
          uidvalidity: folder.uidvalidity,
          uid,
          sha256,
          size,
          receivedAt: Number.isFinite(receivedAt) ? receivedAt : storedAt,
          storedAt,
          state: aside === undefined ? 'stored' : 'quarantined',
          reason: aside?.reason ?? null,
          detail: aside?.detail ?? null,
          revision,
        });
        if (id === undefined) continue;
        added += 1;
        if (aside !== undefined) tellQuarantined(id, aside.reason);
      }
      if (cursorMoves === 'with-rows') raw.moveCursor(folder.id, upTo);
      if (added > 0) db.afterCommit(onStored);
      return added;
    });
  }

  function tellQuarantined(rawId: number, reason: string) {
    journal.append({
      kind: 'letter.quarantined',
      subject: 'letter',
      subjectId: rawId,
      actorId: null,
      facts: { rawId, reason },
    });
    db.touch('quarantine');
  }

  return {
    async store(folder, letters, upTo) {
      moveApart(folder, upTo);
      const written = await onDisk(files.write(letters.map(({ bytes }) => bytes)));
      const stored = letters.flatMap((letter, index) => {
        const file = written[index];
        return file === undefined ? [] : [{ uid: letter.uid, receivedAt: letter.receivedAt, ...file }];
      });
      return onDisk(() => commit(folder, stored, upTo));
    },
    async storeStream(folder, letter, chunks) {
      moveApart(folder, letter.uid);
      const file = await onDisk(files.writeStream(chunks));
      return onDisk(() => commit(folder, [{ ...letter, ...file }], letter.uid));
    },
    async setAside(folder, letter) {
      const [file] = await onDisk(files.write([letter.headers]));
      if (file === undefined) return 0;
      // The size of the letter, not of the headers kept of it.
      return onDisk(() => commit(folder, [{ ...file, ...letter }], letter.uid, letter));
    },
    requireRoom() {
      if (!mayStore()) throw diskFull(undefined);
    },
  };
}

/** A disk that filled up between two looks of its guard is the same trouble. */
async function onDisk<T>(work: Promise<T> | (() => T)): Promise<T> {
  try {
    return typeof work === 'function' ? work() : await work;
  } catch (failure) {
    if (isDiskFull(failure)) throw diskFull(failure);
    throw failure;
  }
}

export function isDiskFull(failure: unknown): boolean {
  return (
    failure instanceof Error &&
    'code' in failure &&
    ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(String(failure.code))
  );
}

function diskFull(cause: unknown): AppError {
  return new AppError('unavailable', {
    message: 'no room for letters',
    details: { reason: 'disk-full' },
    cause,
  });
}
