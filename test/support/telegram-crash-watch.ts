import Database from 'better-sqlite3';
import { MessagePacker, PromisedNetSockets } from 'telegram/extensions/index.js';
import { createMarks, type Marks, type Method, wrap } from './crash-watch.ts';
import { type SendPhase, sendPhases } from './telegram-crash-phases.ts';

/** Of the library: one request on its way, with a number once it is packed. */
type RequestState = {
  readonly request: { readonly className: string };
  readonly promise: Promise<unknown>;
  readonly msgId: unknown;
};

const sends = /^messages\.Send(Message|Media|MultiMedia)$/;
const uploads = /^(upload\.Save(Big)?FilePart|messages\.UploadMedia)$/;

/** As `watchPhases` does for letters: around SQLite and GramJS, while the desk's own code is the product's. */
export function watchSending(marksFile: string, onEnter: (phase: SendPhase) => void): void {
  const marks = createMarks(marksFile, sendPhases, onEnter);
  const answered = { count: 0 };
  watchOutbox(marks, answered);
  watchLibrary(marks, answered);
}

/** Answers, refusals included, that the outbox has not written down yet. */
type Answered = { count: number };

function watchOutbox({ enter, leave }: Marks<SendPhase>, answered: Answered): void {
  /** What the open transaction has done; its commit ends the phase, or begins it. */
  const done = { write: false, claim: false, settle: false };
  const tables = {
    'INSERT INTO outbox ': 'write',
    'INSERT INTO attempt ': 'claim',
    'UPDATE attempt ': 'settle',
  } as const;
  const settle = () => {
    // A try that never came as far as a request ends here too.
    leave(answered.count > 0 ? 'settle' : 'claim');
    answered.count = Math.max(0, answered.count - 1);
  };
  wrap(
    Database.prototype,
    'prepare',
    (original) =>
      function (...given) {
        const statement = original.apply(this, given) as { run: Method };
        const [, what] =
          Object.entries(tables).find(([start]) => String(given[0]).trimStart().startsWith(start)) ?? [];
        if (what === undefined) return statement;
        const { run } = statement;
        statement.run = (...values) => {
          done[what] = true;
          if (what === 'write') enter('write');
          return run.apply(statement, values);
        };
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
        if (done.claim && sql === 'COMMIT') enter('claim');
        try {
          return original.apply(this, given);
        } finally {
          if (done.write) leave('write');
          if (done.settle) settle();
          Object.assign(done, { write: false, claim: false, settle: false });
        }
      },
  );
}

function watchLibrary({ enter, leave }: Marks<SendPhase>, answered: Answered): void {
  const handedOver = new Set<RequestState>();
  const seen = new WeakSet<RequestState>();
  const onAnswer = ({ promise }: RequestState, act: () => void) => void promise.then(act, act);
  wrap(
    MessagePacker.prototype,
    'append',
    (original) =>
      function (...given) {
        const state = given[0] as RequestState | undefined;
        const name = state?.request.className ?? '';
        // Asked again after a lost connection it is the same request.
        if (state === undefined || seen.has(state)) return original.apply(this, given);
        if (uploads.test(name)) {
          seen.add(state);
          leave('claim');
          enter('upload');
          onAnswer(state, () => leave('upload'));
        } else if (sends.test(name)) {
          seen.add(state);
          leave('claim');
          enter('hand-over');
          handedOver.add(state);
          onAnswer(state, () => {
            if (handedOver.delete(state)) leave('hand-over');
            else leave('answer');
            answered.count += 1;
            enter('settle');
          });
        }
        return original.apply(this, given);
      },
  );
  wrap(
    PromisedNetSockets.prototype,
    'write',
    (original) =>
      function (...given) {
        const written: unknown = original.apply(this, given);
        for (const state of handedOver) {
          if (state.msgId === undefined) continue;
          handedOver.delete(state);
          leave('hand-over');
          enter('answer');
        }
        return written;
      },
  );
}
