import { toAppError, type AppError } from '../../shared/errors.ts';
import type { AccountRow } from '../db/account-store.ts';
import type { FolderRole, FolderRow, RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import type { Logger } from '../platform/logger.ts';
import { planChunks } from './chunks.ts';
import type { ImapConnection, LetterSize, OpenFolder } from './imap-connection.ts';
import type { JournalPort } from './journal-port.ts';
import type { RawIntake, ReceivedLetter } from './raw-intake.ts';

/** Keeps one folder's cursor; outlives connections, and remembers which letter broke them. */
export type FolderSync = {
  /** Opens the folder and places the cursor: where it was, or at the start when the numbers mean other letters now. */
  open(connection: ImapConnection, path: string): Promise<void>;
  /** Whether the server may have something above the cursor, judged by STATUS. */
  isBehind(
    status: { readonly uidvalidity: string; readonly uidNext: number | undefined },
    path: string,
  ): boolean;
  isRenumbered(uidvalidity: string): boolean;
  /** Fetches everything above the cursor of the open folder. Calls back after each chunk with how many were new. */
  pull(connection: ImapConnection, onChunk: (added: number) => void, signal: AbortSignal): Promise<void>;
};

type Parts = {
  readonly account: Pick<AccountRow, 'id' | 'opensFrom'>;
  readonly role: FolderRole;
  readonly db: Db;
  readonly raw: RawStore;
  readonly intake: RawIntake;
  readonly journal: JournalPort;
  readonly log: Logger;
};

const mb = 1024 * 1024;
/** Above this a letter is streamed to its file. */
const wholeBytes = 25 * mb;
/** Above this only its headers are kept; what is parsed has the same limit. */
const largestBytes = 100 * mb;
/** How many sizes are asked for at a time in a catch-up. */
const listed = 1000;
const mostLetters = 200;
/** A letter at which the connection broke so often in a row is set aside. */
const breaksBeforeAside = 3;
/**
 * How long before `opensFrom` letters are fetched: replies that come after the start find the conversation they belong
 * to. Older ones stay on the server. Only used to find the first UID; from there on nothing is left out by its date.
 */
const historyMs = 90 * 24 * 3600 * 1000;
const dayMs = 24 * 3600 * 1000;

export function createFolderSync({ account, role, db, raw, intake, journal, log }: Parts): FolderSync {
  // Shrinks when a connection breaks, down to the one letter that breaks it; grows again with every chunk that came.
  let chunkLetters = mostLetters;
  let breaks = { uid: 0, count: 0 };

  const requireFolder = (): FolderRow => {
    const folder = raw.folder(account.id, role);
    if (folder === undefined) throw new Error('a folder is opened before it is pulled');
    return folder;
  };

  async function startAt(connection: ImapConnection, opened: OpenFolder): Promise<number> {
    // SINCE compares days in the server's zone: one more, to be on the safe side.
    const recent = await connection.uidsSince(new Date(Math.max(0, account.opensFrom - historyMs - dayMs)));
    const end = opened.uidNext ?? ((await connection.uidsAbove(0)).at(-1) ?? 0) + 1;
    return Math.min(recent[0] ?? end, end) - 1;
  }

  function begin(opened: OpenFolder, lastUid: number): void {
    raw.insertFolder({
      accountId: account.id,
      role,
      path: opened.path,
      uidvalidity: opened.uidvalidity,
      lastUid,
    });
  }

  function renumber(known: FolderRow, opened: OpenFolder, lastUid: number): void {
    const uidvalidity = freshNumbering(raw, known.id, opened.uidvalidity);
    raw.resetFolder(known.id, opened.path, uidvalidity, lastUid);
    journal.append({
      kind: 'account.folder-reset',
      subject: 'account',
      subjectId: account.id,
      actorId: null,
      facts: { role, from: known.uidvalidity, to: uidvalidity },
    });
    db.touch('account');
  }

  /** In UID order, so that the cursor never passes a letter that is not stored. */
  async function* listing(connection: ImapConnection, after: number): AsyncGenerator<LetterSize[]> {
    const next = connection.current()?.uidNext ?? Number.POSITIVE_INFINITY;
    if (next - after <= listed) {
      const found = await connection.sizes(`${after + 1}:*`);
      // `n:*` names the last letter even when it stands below n.
      yield found.filter(({ uid }) => uid > after);
      return;
    }
    const uids = await connection.uidsAbove(after);
    log.info({ role, letters: uids.length }, 'mail.catch-up-started');
    for (let index = 0; index < uids.length; index += listed) {
      const slice = uids.slice(index, index + listed);
      yield await connection.sizes(`${slice[0]}:${slice.at(-1)}`);
    }
  }

  async function fetchChunk(
    connection: ImapConnection,
    chunk: readonly LetterSize[],
  ): Promise<{ readonly letters: readonly ReceivedLetter[]; readonly withheld: readonly LetterSize[] }> {
    const found = new Map(
      (await connection.letters(chunk.map(({ uid }) => uid))).map(({ uid, bytes }) => [uid, bytes]),
    );
    const letters = chunk.flatMap((letter) => {
      const bytes = found.get(letter.uid);
      return bytes === undefined ? [] : [{ ...letter, bytes }];
    });
    const missing = chunk.filter(({ uid }) => !found.has(uid));
    if (missing.length === 0) return { letters, withheld: [] };
    // Expunged since the listing, or kept back by the server: only the first may be passed over.
    const alive = new Set(await connection.existing(missing.map(({ uid }) => uid)));
    return { letters, withheld: missing.filter(({ uid }) => alive.has(uid)) };
  }

  async function setAside(
    connection: ImapConnection,
    letter: LetterSize,
    why: { readonly reason: 'letter-too-large' | 'letter-refused'; readonly detail: string },
  ): Promise<number> {
    const headers = await connection.headers(letter.uid).catch((failure: unknown) => {
      // A server that cannot even give the headers must not be asked for them for ever.
      if (toAppError(failure).reason === 'server-refused' || why.reason === 'letter-refused')
        return undefined;
      throw failure;
    });
    log.warn({ role, uid: letter.uid, size: letter.size, reason: why.reason }, 'mail.letter-set-aside');
    return intake.setAside(requireFolder(), { ...letter, headers: headers ?? new Uint8Array(), ...why });
  }

  async function takeLarge(connection: ImapConnection, letter: LetterSize): Promise<number> {
    if (letter.size > largestBytes) {
      return setAside(connection, letter, { reason: 'letter-too-large', detail: String(letter.size) });
    }
    const chunks = await connection.stream(letter.uid);
    return chunks === undefined ? 0 : intake.storeStream(requireFolder(), letter, chunks);
  }

  /** One chunk that cannot be fetched together is taken apart; a single letter that cannot be had is set aside. */
  async function takeOneByOne(connection: ImapConnection, letters: readonly LetterSize[]): Promise<number> {
    let added = 0;
    for (const letter of letters) {
      try {
        const fetched = await fetchChunk(connection, [letter]);
        added +=
          fetched.withheld.length > 0
            ? await setAside(connection, letter, { reason: 'letter-refused', detail: '' })
            : await intake.store(requireFolder(), fetched.letters, letter.uid);
      } catch (failure) {
        const error = toAppError(failure);
        if (error.reason !== 'server-refused') throw failure;
        const detail = String(error.details['text'] ?? '');
        added += await setAside(connection, letter, { reason: 'letter-refused', detail });
      }
    }
    return added;
  }

  /** Returns what stores the chunk, so that the next one can be fetched meanwhile; what needs the line again is stored at once. */
  async function takeChunk(
    connection: ImapConnection,
    chunk: readonly LetterSize[],
    earlierStored: () => Promise<void>,
  ): Promise<() => Promise<number>> {
    const [first] = chunk;
    const upTo = chunk.at(-1)?.uid ?? 0;
    if (first === undefined) return () => Promise.resolve(0);
    const alone = async (take: () => Promise<number>) => {
      // The cursor must not pass letters that are still being written.
      await earlierStored();
      const added = await take();
      return () => Promise.resolve(added);
    };
    if (breaks.uid === first.uid && breaks.count >= breaksBeforeAside && chunk.length === 1) {
      return alone(() =>
        setAside(connection, first, { reason: 'letter-refused', detail: 'connection-lost' }),
      );
    }
    if (chunk.length === 1 && first.size > wholeBytes) return alone(() => takeLarge(connection, first));
    try {
      const { letters, withheld } = await fetchChunk(connection, chunk);
      if (withheld.length === 0) return () => intake.store(requireFolder(), letters, upTo);
    } catch (failure) {
      if (toAppError(failure).reason !== 'server-refused') throw failure;
    }
    return alone(() => takeOneByOne(connection, chunk));
  }

  function chunkBroke(chunk: readonly LetterSize[], failure: AppError): void {
    if (failure.reason === 'disk-full' || failure.code === 'cancelled') return;
    const uid = chunk[0]?.uid ?? 0;
    breaks = { uid, count: breaks.uid === uid && chunkLetters === 1 ? breaks.count + 1 : 1 };
    chunkLetters = Math.max(1, Math.floor(chunkLetters / 20));
  }

  return {
    async open(connection, path) {
      const opened = await connection.open(path);
      const known = raw.folder(account.id, role);
      if (known !== undefined && isSameNumbering(known, opened)) return;
      const lastUid = await startAt(connection, opened);
      log.info({ role, known: known !== undefined, lastUid }, 'mail.folder-begun');
      db.transact(() => {
        if (known === undefined) begin(opened, lastUid);
        else renumber(known, opened, lastUid);
      });
    },
    isBehind(status, path) {
      const known = raw.folder(account.id, role);
      if (known === undefined || !isSameNumbering(known, { ...status, path })) return true;
      return status.uidNext === undefined || status.uidNext > known.lastUid + 1;
    },
    isRenumbered(uidvalidity) {
      const known = raw.folder(account.id, role);
      return known === undefined || serverPart(known.uidvalidity) !== uidvalidity;
    },
    async pull(connection, onChunk, signal) {
      const after = requireFolder().lastUid;
      // While a chunk is written and fsynced the next one is on its way.
      let storing: Promise<void> = Promise.resolve();
      try {
        for await (const sizes of listing(connection, after)) {
          let rest: readonly LetterSize[] = sizes;
          while (rest.length > 0) {
            signal.throwIfAborted();
            intake.requireRoom();
            const { chunk, rest: others } = planChunks(rest, {
              letters: chunkLetters,
              mostLetters,
              wholeBytes,
            });
            try {
              const store = await takeChunk(connection, chunk, () => storing);
              await storing;
              storing = store().then(onChunk);
              storing.catch(() => undefined);
            } catch (failure) {
              chunkBroke(chunk, toAppError(failure));
              await storing;
              throw failure;
            }
            chunkLetters = Math.min(mostLetters, chunkLetters * 2);
            rest = others;
          }
        }
        await storing;
      } finally {
        // Nothing is written behind the back of whoever ends this.
        await storing.catch(() => undefined);
      }
    },
  };
}

/**
 * UIDVALIDITY as stored: the server's, and `#n` when letters of another numbering are known under the same one, as
 * happens with servers that number small (Exchange) when a mailbox moves, and with one that goes back.
 */
function freshNumbering(raw: RawStore, folderId: number, uidvalidity: string): string {
  let name = uidvalidity;
  for (let n = 2; raw.hasLetters(folderId, name); n += 1) name = `${uidvalidity}#${n}`;
  return name;
}

function serverPart(stored: string): string {
  return stored.split('#', 1)[0] ?? '';
}

/** A next UID at or below the cursor means the server went back in time: its numbers name other letters now. */
function isSameNumbering(known: FolderRow, opened: OpenFolder): boolean {
  const wentBack = opened.uidNext !== undefined && opened.uidNext <= known.lastUid;
  return known.path === opened.path && serverPart(known.uidvalidity) === opened.uidvalidity && !wentBack;
}
