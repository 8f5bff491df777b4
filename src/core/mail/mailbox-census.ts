import { AppError } from '../../shared/errors.ts';
import type { AccountRow, AccountStore } from '../db/account-store.ts';
import type { FolderRole, FolderRow, RawStore } from '../db/raw-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ImapConnection, LetterSize, OpenFolder } from './imap-connection.ts';
import { createLoginBudget } from './login-budget.ts';
import type { LoginLimits } from './mail-timing.ts';
import type { RawIntake } from './raw-intake.ts';

export type ListedLetter = { readonly uid: number; readonly receivedAt: number };
export type ListedFolder = {
  readonly folderId: number;
  /** As stored: the server's, with `#n` where letters of another numbering are known under the same one. */
  readonly uidvalidity: string;
  /** Ascending. */
  readonly letters: readonly ListedLetter[];
};

export type CensusSession = {
  /** Every UID of the folders the desk reads. */
  list(): Promise<readonly ListedFolder[]>;
  /** Takes letters in by the usual way of intake. Letters above the cursor are left to the mailbox itself. */
  fetch(
    folderId: number,
    uids: readonly number[],
  ): Promise<{ readonly fetched: number; readonly gone: number }>;
};

/**
 * A short connection of its own, read-only and within the login budget. Throws `not-found` (reason `account`),
 * `conflict` (reason `account-off`), `rate-limited` (reason `login-budget-spent`), and what the connection says.
 */
export type MailboxCensus = <T>(
  accountId: number,
  work: (session: CensusSession) => Promise<T>,
) => Promise<T>;

type Parts = {
  readonly accounts: AccountStore;
  readonly raw: RawStore;
  readonly intake: RawIntake;
  readonly connect: (account: AccountRow, onNeverAsked: () => void) => Promise<ImapConnection>;
  readonly limits: LoginLimits;
  readonly clock: Clock;
  readonly log: Logger;
};

/** UIDs asked for at a time: a mailbox of 700,000 must not come as one answer. */
const listedAtOnce = 5000;
const fetchedAtOnce = 50;
const wholeBytes = 25 * 1024 * 1024;

export function createMailboxCensus(parts: Parts): MailboxCensus {
  const { accounts, clock, limits, log } = parts;

  const require = (id: number): AccountRow => {
    const account = accounts.find(id);
    if (!account) throw new AppError('not-found', { details: { reason: 'account' } });
    if (account.enabled === 0 || account.haltedReason !== null) {
      throw new AppError('conflict', { details: { reason: 'account-off' } });
    }
    return account;
  };

  return async (accountId, work) => {
    const account = require(accountId);
    const budget = createLoginBudget({ accountId, accounts, clock, limits });
    // As Sent does, it leaves the last logins of the hour to Inbox.
    const retryAfterMs = budget.allowedAt('sent') - clock.now();
    if (retryAfterMs > 0) {
      throw new AppError('rate-limited', { details: { reason: 'login-budget-spent' }, retryAfterMs });
    }
    const login = budget.begin();
    const connection = await parts.connect(account, login.neverHappened);
    try {
      const done = await work(createSession(parts, account, connection));
      login.useful();
      return done;
    } finally {
      await connection
        .logout()
        .catch((failure: unknown) => log.debug({ err: failure }, 'imap.error-ignored'));
    }
  };
}

function createSession(
  { raw, intake }: Parts,
  account: AccountRow,
  connection: ImapConnection,
): CensusSession {
  const folders = (['inbox', 'sent'] as const satisfies readonly FolderRole[]).flatMap((role) => {
    const folder = raw.folder(account.id, role);
    return folder === undefined || folder.uidvalidity === '' ? [] : [folder];
  });

  async function open(folder: FolderRow): Promise<OpenFolder> {
    const opened = await connection.open(folder.path);
    // Numbers that mean other letters prove nothing; the mailbox itself notices and begins the folder anew.
    if (folder.uidvalidity.split('#', 1)[0] !== opened.uidvalidity) {
      throw new AppError('unavailable', { details: { reason: 'folder-renumbered' } });
    }
    return opened;
  }

  async function listFolder(folder: FolderRow): Promise<ListedFolder> {
    await open(folder);
    const uids = await connection.uidsAbove(0);
    const letters: ListedLetter[] = [];
    for (let index = 0; index < uids.length; index += listedAtOnce) {
      const slice = uids.slice(index, index + listedAtOnce);
      const sizes = await connection.sizes(`${slice[0]}:${slice.at(-1)}`);
      for (const { uid, receivedAt } of sizes) {
        letters.push({ uid, receivedAt: Number.isFinite(receivedAt) ? receivedAt : 0 });
      }
    }
    return { folderId: folder.id, uidvalidity: folder.uidvalidity, letters };
  }

  async function takeLarge(folder: FolderRow, letter: LetterSize): Promise<boolean> {
    const chunks = await connection.stream(letter.uid);
    if (chunks === undefined) return false;
    await intake.storeStream(folder, letter, chunks);
    return true;
  }

  return {
    async list() {
      const listed: ListedFolder[] = [];
      for (const folder of folders) listed.push(await listFolder(folder));
      return listed;
    },
    async fetch(folderId, uids) {
      const folder = folders.find(({ id }) => id === folderId);
      if (!folder) throw new AppError('not-found', { details: { reason: 'account' } });
      await open(folder);
      // Above the cursor the mailbox is still on its way; storing there would move it past what is between.
      const wanted = uids.filter((uid) => uid <= folder.lastUid).toSorted((a, b) => a - b);
      let fetched = 0;
      for (let index = 0; index < wanted.length; index += fetchedAtOnce) {
        intake.requireRoom();
        const slice = wanted.slice(index, index + fetchedAtOnce);
        const sizes = await connection.sizes(slice.join(','));
        const small = sizes.filter(({ size }) => size <= wholeBytes);
        const bytes = new Map(
          small.length === 0
            ? []
            : (await connection.letters(small.map(({ uid }) => uid))).map((letter) => [
                letter.uid,
                letter.bytes,
              ]),
        );
        const letters = small.flatMap((letter) => {
          const found = bytes.get(letter.uid);
          return found === undefined ? [] : [{ ...letter, bytes: found }];
        });
        fetched += letters.length;
        if (letters.length > 0) await intake.store(folder, letters, letters.at(-1)?.uid ?? 0);
        for (const letter of sizes.filter(({ size }) => size > wholeBytes)) {
          if (await takeLarge(folder, letter)) fetched += 1;
        }
      }
      return { fetched, gone: wanted.length - fetched };
    },
  };
}
