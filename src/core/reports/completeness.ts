import type { CensusDay, Completeness, FolderCensus } from '../../shared/contract/reports.ts';
import { addDays, localDay, startOfDay } from '../../shared/domain/local-day.ts';
import type { CensusFolder, CensusStore, StoredUid } from '../db/census-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';

type ListedLetter = { readonly uid: number; readonly receivedAt: number };
type ListedFolder = {
  readonly folderId: number;
  readonly uidvalidity: string;
  readonly letters: readonly ListedLetter[];
};
type Session = {
  list(): Promise<readonly ListedFolder[]>;
  fetch(
    folderId: number,
    uids: readonly number[],
  ): Promise<{ readonly fetched: number; readonly gone: number }>;
};

export type CompletenessDesk = {
  /** What the last comparison of each folder found; its moment tells how old that is. */
  view(): Completeness;
  /** Asks the server for every UID it has. Throws what the server or the login budget says. */
  compare(accountId: number): Promise<void>;
  /** Fetches letters that are missing, and compares again over the same connection. */
  fetch(
    folderId: number,
    uids: readonly number[],
  ): Promise<{ readonly fetched: number; readonly gone: number }>;
};

type Parts = {
  readonly db: Db;
  readonly store: CensusStore;
  /** A short session with the account's server. */
  readonly census: <T>(accountId: number, work: (session: Session) => Promise<T>) => Promise<T>;
  /** Stored letters are read once more, as if they had just come. */
  readonly readAgain: (rawIds: readonly number[]) => void;
  readonly clock: Clock;
  readonly zone: () => string;
};

type Counts = FolderCensus['totals'];
type Found = Pick<FolderCensus, 'totals' | 'days' | 'missing' | 'missingTotal' | 'quarantined'>;

const pageSize = 5000;
/** Listed by UID; the count tells of more. */
const mostListed = 2000;
/** As folder-sync.ts: letters older than this before an account's start stay on the server. */
const historyMs = 91 * 86_400_000;

const none: Counts = { onServer: 0, matched: 0, waiting: 0, quarantined: 0, missing: 0, older: 0, gone: 0 };
const nothing: Found = { totals: none, days: [], missing: [], missingTotal: 0, quarantined: [] };

export function createCompleteness({ db, store, census, readAgain, clock, zone }: Parts): CompletenessDesk {
  async function compareListed(listed: readonly ListedFolder[]): Promise<void> {
    const takenAt = clock.now();
    for (const { folderId, uidvalidity, letters } of listed) {
      const folder = store.folders().find((row) => row.folderId === folderId);
      if (folder === undefined || folder.uidvalidity !== uidvalidity) continue;
      const tally = createTally(folder, zone());
      await walk(letters, folder, tally);
      const result = JSON.stringify(tally.found());
      db.transact(() => {
        store.save(folderId, uidvalidity, takenAt, result);
        db.touch('account');
      });
    }
  }

  /** Both sides in the order of UIDs, a page of rows at a time. */
  async function walk(letters: readonly ListedLetter[], folder: CensusFolder, tally: Tally): Promise<void> {
    let index = 0;
    let afterUid = 0;
    for (;;) {
      const rows = store.stored(folder.folderId, folder.uidvalidity, afterUid, pageSize);
      for (const row of rows) {
        for (let letter = letters[index]; letter && letter.uid < row.uid; letter = letters[index]) {
          tally.onServerOnly(letter);
          index += 1;
        }
        if (letters[index]?.uid === row.uid) {
          tally.both(row);
          index += 1;
        } else tally.storedOnly(row);
      }
      afterUid = rows.at(-1)?.uid ?? afterUid;
      await clock.sleep(0);
      if (rows.length < pageSize) break;
    }
    for (const letter of letters.slice(index)) tally.onServerOnly(letter);
  }

  return {
    view() {
      const byAccount = Map.groupBy(store.folders(), ({ accountId }) => accountId);
      return {
        accounts: [...byAccount].map(([accountId, folders]) => ({
          accountId,
          name: folders[0]?.name ?? '',
          address: folders[0]?.address ?? '',
          folders: folders.map(({ folderId, role, path, uidvalidity, takenAt, result }) => ({
            folderId,
            role,
            path,
            uidvalidity,
            takenAt,
            ...(result === null ? nothing : (JSON.parse(result) as Found)),
          })),
        })),
      };
    },
    compare: (accountId) => census(accountId, async (session) => compareListed(await session.list())),
    async fetch(folderId, uids) {
      const folder = store.folders().find((row) => row.folderId === folderId);
      return census(folder?.accountId ?? 0, async (session) => {
        // Their bytes are here already: only what they became is gone.
        const held = store.withoutLetter(folderId, folder?.uidvalidity ?? '', uids);
        if (held.length > 0) readAgain(held);
        const outcome = await session.fetch(folderId, uids);
        await compareListed(await session.list());
        return outcome;
      });
    },
  };
}

type Tally = {
  onServerOnly(letter: ListedLetter): void;
  both(row: StoredUid): void;
  storedOnly(row: StoredUid): void;
  found(): Found;
};

function createTally({ opensFrom, lastUid }: CensusFolder, zone: string): Tally {
  const days = new Map<string, CensusDay>();
  const dayOf = createDayOf(zone);
  const missing: Found['missing'] = [];
  const quarantined: Found['quarantined'] = [];
  let missingTotal = 0;
  const count = (at: number, ...keys: readonly (keyof Counts)[]) => {
    const day = dayOf(at);
    const sums = days.get(day) ?? { day, ...none };
    for (const key of keys) sums[key] += 1;
    days.set(day, sums);
  };

  return {
    onServerOnly({ uid, receivedAt }) {
      if (uid > lastUid) count(receivedAt, 'onServer', 'waiting');
      else if (receivedAt < opensFrom - historyMs) count(receivedAt, 'onServer', 'older');
      else {
        count(receivedAt, 'onServer', 'missing');
        missingTotal += 1;
        if (missing.length < mostListed) missing.push({ uid, receivedAt });
      }
    },
    both({ uid, rawId, receivedAt, state, reason, isLetter }) {
      if (state === 'quarantined' || state === 'released') {
        count(receivedAt, 'onServer', 'quarantined');
        const entry = { uid, rawId, receivedAt, reason: reason ?? '', released: state === 'released' };
        if (quarantined.length < mostListed) quarantined.push(entry);
      } else if (state === 'stored') count(receivedAt, 'onServer', 'waiting');
      else if (isLetter === 1) count(receivedAt, 'onServer', 'matched');
      else {
        // It was read once, and what it became is gone.
        count(receivedAt, 'onServer', 'missing');
        missingTotal += 1;
        if (missing.length < mostListed) missing.push({ uid, receivedAt });
      }
    },
    storedOnly: ({ receivedAt }) => count(receivedAt, 'gone'),
    found() {
      const sorted = [...days.values()].toSorted((a, b) => (a.day < b.day ? 1 : -1));
      const totals = { ...none };
      for (const { day: _, ...sums } of sorted) {
        for (const key of Object.keys(none) as (keyof Counts)[]) totals[key] += sums[key];
      }
      return { totals, days: sorted, missing, missingTotal, quarantined };
    },
  };
}

/** Letters come in the order of their days: most are of the same day as the one before. */
function createDayOf(zone: string): (at: number) => string {
  let known = { day: '', from: 0, before: 0 };
  return (at) => {
    if (at < known.from || at >= known.before) {
      const day = localDay(at, zone);
      known = { day, from: startOfDay(day, zone), before: startOfDay(addDays(day, 1), zone) };
    }
    return known.day;
  };
}
