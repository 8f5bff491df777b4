import type { JournalFacts, JournalKind } from '../../shared/domain/journal-kinds.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { Db } from '../db/open.ts';
import { createJournalStore, type JournalRow } from '../db/journal-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ChainFault, createChainCheck, entryHash, genesis } from './chain-check.ts';

export type SubjectKind =
  | 'incident'
  | 'person'
  | 'account'
  | 'letter'
  | 'rule'
  | 'chat'
  | 'contact'
  | 'asset'
  | 'asset-source'
  | 'telegram'
  | 'reference'
  | 'setting'
  | 'view'
  | 'handover'
  | 'route'
  | 'notify-group'
  | 'call'
  | 'notification'
  | 'desk';

export type Entry<K extends JournalKind> = {
  readonly kind: K;
  readonly subject: SubjectKind;
  readonly subjectId: number;
  /** null: Pult itself did it. */
  readonly actorId: number | null;
  readonly facts: JournalFacts[K];
};

export type JournalVerdict = {
  readonly entries: number;
  readonly ok: boolean;
  readonly firstBad: number | null;
  /** `cut`: the last entries are gone. */
  readonly fault: ChainFault['fault'] | 'cut' | null;
  /** When the first bad entry says it was written; null where there is none to ask. */
  readonly badAt: number | null;
  /** Of the newest entry; kept elsewhere it shows later that nothing before it was rewritten. */
  readonly head: string;
};

export type Journal = {
  /** Must be called inside the transaction of the rows it tells about. Returns the sequence number. */
  append<K extends JournalKind>(entry: Entry<K>): number;
  ofSubject(subject: SubjectKind, subjectId: number): readonly JournalRow[];
  /** Of a span of time, half open; null means up to now. */
  between(
    subject: SubjectKind,
    subjectId: number,
    span: { readonly from: number; readonly before: number | null },
  ): readonly JournalRow[];
  find(sequence: number): JournalRow | undefined;
  /** Of the newest entry; 0 before the first. */
  lastSequence(): number;
  /** Entries after `sequence`, oldest first, at most 10,000. */
  since(sequence: number): readonly JournalRow[];
  /** Walks the whole chain; yields to the event loop now and then. */
  verify(): Promise<JournalVerdict>;
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly workstation: string;
};

const verifyPage = 2000;
/** One decision about 500 incidents writes a few entries for each. */
const mostSince = 10_000;

export function createJournal({ db, clock, random, workstation }: Parts): Journal {
  const store = createJournalStore(db);

  return {
    append(entry) {
      if (!db.connection.inTransaction)
        throw new Error('A journal entry belongs into the transaction of its rows');
      const last = store.last();
      const at = clock.now();
      const row = {
        sequence: (last?.sequence ?? 0) + 1,
        uuid: uuidv7(at, random.bytes(10)),
        at,
        workstation,
        actorId: entry.actorId,
        subjectKind: entry.subject,
        subjectId: entry.subjectId,
        kind: entry.kind,
        payload: canonicalJson(entry.facts),
        previousHash: last?.hash ?? genesis,
      };
      store.insert({ ...row, hash: entryHash(row) });
      return row.sequence;
    },
    ofSubject: store.ofSubject,
    between: store.between,
    find: store.find,
    lastSequence: () => store.last()?.sequence ?? 0,
    since: (sequence) => store.page(sequence, mostSince),
    async verify() {
      const check = createChainCheck();
      // From before the first: an entry slipped in as number zero is none of ours either.
      let after = Number.MIN_SAFE_INTEGER;
      for (;;) {
        const page = store.page(after, verifyPage);
        for (const row of page) {
          const entries = check.count();
          const fault = check.take(row);
          const head = check.head().hash;
          if (fault) {
            const { sequence: firstBad, fault: kind } = fault;
            return { entries, ok: false, firstBad, fault: kind, badAt: row.at, head };
          }
          after = row.sequence;
        }
        if (page.length < verifyPage) {
          const entries = check.count();
          // A chain cut off at its end is whole in itself: only the count kept apart tells.
          const isCut = entries < store.written();
          const cut = isCut ? ({ firstBad: entries + 1, fault: 'cut' } as const) : null;
          const verdict = cut ?? { firstBad: null, fault: null };
          return { entries, ok: !isCut, ...verdict, badAt: null, head: check.head().hash };
        }
        await clock.sleep(0);
      }
    },
  };
}
