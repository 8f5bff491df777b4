import Database from 'better-sqlite3';
import { createMarks, type Marks, type Method, wrap } from './crash-watch.ts';
import { type ReachPhase, reachPhases } from './reaching-crash-phases.ts';

/** Statements that begin or end a phase; the engine writes every one of its moments down. */
const statements = {
  climb: 'INSERT INTO delivery (',
  begin: 'INSERT INTO delivery_attempt ',
  wrote: 'UPDATE delivery_attempt SET wrote_at ',
  end: 'UPDATE delivery_attempt SET ended_at ',
  receipt: 'INSERT INTO receipt ',
  answer: 'INSERT INTO answer (',
} as const;
type Statement = keyof typeof statements;

/** As `watchPhases` does for letters: around SQLite, while the desk's own code is the product's. */
export function watchReaching(marksFile: string, onEnter: (phase: ReachPhase) => void): void {
  const marks = createMarks(marksFile, reachPhases, onEnter);
  const attempts = watchAttempts(marks);
  /** What the open transaction has done. */
  let done = new Set<'climb' | 'receipt' | 'answer'>();
  const ran = (what: Statement, given: unknown, answer: unknown) => {
    if (what === 'begin' || what === 'wrote' || what === 'end') return attempts[what](given, answer);
    if (done.has(what)) return;
    done.add(what);
    marks.enter(what);
  };
  wrap(
    Database.prototype,
    'prepare',
    (original) =>
      function (...given) {
        const statement = original.apply(this, given) as Record<'run' | 'get', Method>;
        const what = statementOf(String(given[0]));
        if (what === undefined) return statement;
        for (const name of ['run', 'get'] as const) {
          const method = statement[name];
          statement[name] = (...values) => {
            const answer: unknown = method.apply(statement, values);
            ran(what, values[0], answer);
            return answer;
          };
        }
        return statement;
      },
  );
  wrap(
    Database.prototype,
    'exec',
    (original) =>
      function (...given) {
        const [sql] = given;
        if (sql !== 'COMMIT' && sql !== 'ROLLBACK') return original.apply(this, given);
        const ending = done;
        done = new Set();
        try {
          return original.apply(this, given);
        } finally {
          attempts.ended(sql === 'COMMIT');
          for (const phase of ending) {
            // Where listening goes on is written after the answer, in the same turn.
            if (phase === 'answer') setImmediate(() => marks.leave(phase));
            else marks.leave(phase);
          }
        }
      },
  );
}

function statementOf(sql: string): Statement | undefined {
  const names = Object.keys(statements) as Statement[];
  return names.find((name) => sql.trimStart().startsWith(statements[name]));
}

/** The phases of attempts, by their rows. */
function watchAttempts({ enter, leave }: Marks<ReachPhase>) {
  const phases = new Map<number, ReachPhase>();
  let begun: number[] = [];
  let letGo: number[] = [];
  let settled: number[] = [];
  const move = (id: number, to: ReachPhase | undefined) => {
    const from = phases.get(id);
    if (from !== undefined) leave(from);
    if (to === undefined) phases.delete(id);
    else {
      phases.set(id, to);
      enter(to);
    }
  };
  const idOf = (given: unknown) => (given as { readonly id: number }).id;
  return {
    begin(_given: unknown, id: unknown) {
      begun.push(Number(id));
      move(Number(id), 'claim');
    },
    wrote: (given: unknown) => void letGo.push(idOf(given)),
    end(given: unknown) {
      if (!phases.has(idOf(given))) return;
      settled.push(idOf(given));
      move(idOf(given), 'settle');
    },
    ended(isCommitted: boolean) {
      if (isCommitted) {
        for (const id of letGo) {
          move(id, 'wrote');
          // Its bytes are with the system when this turn is over.
          setImmediate(() => {
            if (phases.get(id) === 'wrote') move(id, 'taken');
          });
        }
      } else for (const id of begun) move(id, undefined);
      for (const id of settled) move(id, isCommitted ? undefined : 'taken');
      begun = [];
      letGo = [];
      settled = [];
    },
  };
}
