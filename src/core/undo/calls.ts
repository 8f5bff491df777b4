import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { CallMarkFacts } from '../../shared/domain/reaching-facts.ts';

/** What dispatchers put down of calls and of contractors, handed in by app.ts. */
export type CallUndo = {
  mark(facts: CallMarkFacts, actor: number, revision: number): void;
  contractor(facts: JournalFacts['incident.contractor-answered'], actor: number, revision: number): void;
};

type Parts = { readonly calls: CallUndo };
type At = { readonly actor: number; readonly revision: number };

export const callTakers = {
  'call.marked': ({ calls }: Parts, facts: CallMarkFacts, { actor, revision }: At) =>
    calls.mark(facts, actor, revision),
  'incident.call-marked': ({ calls }: Parts, facts: CallMarkFacts, { actor, revision }: At) =>
    calls.mark(facts, actor, revision),
  'incident.contractor-answered': (
    { calls }: Parts,
    facts: JournalFacts['incident.contractor-answered'],
    { actor, revision }: At,
  ) => calls.contractor(facts, actor, revision),
};
