import type { JournalFacts, JournalKind } from '../../shared/domain/journal-kinds.ts';

/** What a channel may tell the journal; the journal itself is handed in by app.ts. */
export type JournalPort = {
  append<K extends JournalKind>(entry: {
    readonly kind: K;
    readonly subject: 'account' | 'letter' | 'setting';
    readonly subjectId: number;
    readonly actorId: number | null;
    readonly facts: JournalFacts[K];
  }): number;
};
