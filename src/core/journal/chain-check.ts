import { createHash } from 'node:crypto';
import type { JournalRow } from '../db/journal-store.ts';

/** `gap`: entries between it and the one before are gone; `unlinked`: it does not follow the one before; `altered`: its content is not what was hashed. */
export type ChainFault = {
  readonly sequence: number;
  readonly fault: 'gap' | 'unlinked' | 'altered';
};

export type ChainHead = { readonly sequence: number; readonly hash: string };

export type ChainCheck = {
  /** Entries in the order of their numbers; after a fault the chain goes on from the entry as it stands. */
  take(row: JournalRow): ChainFault | undefined;
  /** Of the last entry taken. */
  head(): ChainHead;
  count(): number;
};

/** What the first entry has before it. */
export const genesis = '0'.repeat(64);

/** Knows nothing of a database: the desk and the verifier that stands alone walk the same chain by it. */
export function createChainCheck(): ChainCheck {
  let head: ChainHead = { sequence: 0, hash: genesis };
  let count = 0;

  return {
    take(row) {
      const before = head;
      head = { sequence: row.sequence, hash: row.hash };
      count += 1;
      if (row.sequence !== before.sequence + 1) return { sequence: row.sequence, fault: 'gap' };
      if (row.previousHash !== before.hash) return { sequence: row.sequence, fault: 'unlinked' };
      if (row.hash !== entryHash(row)) return { sequence: row.sequence, fault: 'altered' };
      return undefined;
    },
    head: () => head,
    count: () => count,
  };
}

/** Every column but the hash itself, so that no part of an entry can be changed alone. */
export function entryHash(row: Omit<JournalRow, 'hash'>): string {
  const fields = [
    row.sequence,
    row.uuid,
    row.at,
    row.workstation,
    row.actorId,
    row.subjectKind,
    row.subjectId,
    row.kind,
    row.payload,
    row.previousHash,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
