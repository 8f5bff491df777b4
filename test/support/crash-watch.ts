import { openSync, promises as files, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { ImapFlow } from 'imapflow';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { type CrashPhase, crashPhases, type KillOrder } from './crash-phases.ts';

export type Marks<Phase extends string = CrashPhase> = {
  enter(phase: Phase): void;
  leave(phase: Phase): void;
};

// oxlint-disable-next-line typescript/no-explicit-any
export type Method = (this: any, ...given: any[]) => any;

/**
 * Tells from outside what the host is doing: the libraries it cannot do without (IMAP, files, threads, SQLite, SMTP) are
 * wrapped, the desk's own code is not touched. A mark is one byte in a file, written at once (2 µs): the kernel keeps it
 * when the process dies. `onEnter` hears each phase that begins.
 */
export function watchPhases(marksFile: string, onEnter: (phase: CrashPhase) => void): void {
  const marks = createMarks(marksFile, crashPhases, onEnter);
  watchFetch(marks);
  watchFiles(marks);
  watchParser(marks);
  watchDatabase(marks);
  watchSmtp(marks);
}

/** The thread that kills: it wakes before the moment, spins up to it, and nothing the host does can delay it. */
export function createKiller<Phase extends string = CrashPhase>(): {
  order(order: KillOrder<Phase>): void;
  entered(phase: Phase): void;
} {
  const cell = new Int32Array(new SharedArrayBuffer(8));
  const [asleep, awake, go] = [0, 1, 2];
  const thread = new Worker(
    `const cell = new Int32Array(require('node:worker_threads').workerData);
     Atomics.wait(cell, 0, ${asleep});
     while (Atomics.load(cell, 0) === ${awake});
     const until = process.hrtime.bigint() + 1000n * BigInt(cell[1]);
     while (process.hrtime.bigint() < until);
     process.kill(process.pid, 'SIGKILL');`,
    { eval: true, workerData: cell.buffer },
  );
  thread.unref();
  let wanted: Phase | undefined;
  let left = 0;
  const advance = (state: number) => {
    Atomics.store(cell, 0, state);
    Atomics.notify(cell, 0);
  };
  return {
    order({ phase, nth, delayMicros }) {
      wanted = phase;
      left = nth;
      Atomics.store(cell, 1, delayMicros);
      if (left === 1) advance(awake);
    },
    entered(phase) {
      if (phase !== wanted || left === 0) return;
      left -= 1;
      if (left === 1) advance(awake);
      else if (left === 0) advance(go);
    },
  };
}

/** One byte per phase, in their order, says how often it goes on. */
export function createMarks<Phase extends string>(
  file: string,
  phases: readonly Phase[],
  onEnter: (phase: Phase) => void,
): Marks<Phase> {
  const descriptor = openSync(file, 'w');
  const depths = Buffer.alloc(phases.length);
  writeSync(descriptor, depths);
  const set = (phase: Phase, change: (depth: number) => number) => {
    const index = phases.indexOf(phase);
    const before = depths[index] ?? 0;
    const depth = change(before);
    if (depth === before) return;
    depths[index] = depth;
    writeSync(descriptor, depths, index, 1, index);
    if (depth > before) onEnter(phase);
  };
  return {
    enter: (phase) => set(phase, (depth) => depth + 1),
    leave: (phase) => set(phase, (depth) => Math.max(0, depth - 1)),
  };
}

export function wrap(target: object, name: string, make: (original: Method) => Method): void {
  const methods = target as Record<string, Method>;
  const original = methods[name];
  if (original === undefined) throw new Error(`There is no ${name} to watch any more`);
  methods[name] = make(original);
}

/** FETCH with bodies, from the command to the last byte. */
function watchFetch({ enter, leave }: Marks): void {
  wrap(
    ImapFlow.prototype,
    'fetchAll',
    (original) =>
      async function (...given) {
        const isBodies = (given[1] as { readonly source?: boolean }).source === true;
        if (!isBodies) return original.apply(this, given);
        enter('fetch');
        try {
          return await original.apply(this, given);
        } finally {
          leave('fetch');
        }
      },
  );
}

let isStoring = false;

/** From the first draft of a letter's file to the commit of its row. */
function watchFiles({ enter }: Marks): void {
  wrap(
    files,
    'open',
    (original) =>
      function (...given) {
        if (!isStoring && String(given[0]).includes(`${sep}tmp${sep}letter-`)) {
          isStoring = true;
          enter('store');
        }
        return original.apply(this, given);
      },
  );
  syncBuiltinESMExports();
}

/** Each letter from the moment it is given to the parser to the parser's answer. */
function watchParser({ enter, leave }: Marks): void {
  wrap(
    Worker.prototype,
    'postMessage',
    (original) =>
      function (...given) {
        enter('parse');
        return original.apply(this, given);
      },
  );
  wrap(
    Worker.prototype,
    'emit',
    (original) =>
      function (...given) {
        const [event, answer] = given as [string, unknown];
        if (event === 'message' && typeof answer === 'object') leave('parse');
        return original.apply(this, given);
      },
  );
}

/** `assign`: from an incident's row to the end of its transaction's work; `commit`: inside COMMIT itself. */
function watchDatabase({ enter, leave }: Marks): void {
  let isOpening = false;
  let hasRaw = false;
  wrap(
    Database.prototype,
    'prepare',
    (original) =>
      function (...given) {
        const statement = original.apply(this, given) as { run: Method };
        const table = /^INSERT INTO (incident|raw_message) /.exec(String(given[0]))?.[1];
        if (table === undefined) return statement;
        const { run } = statement;
        statement.run = (...values) => {
          if (table === 'raw_message') hasRaw = true;
          else if (!isOpening) {
            isOpening = true;
            enter('assign');
          }
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
        if (isOpening) leave('assign');
        isOpening = false;
        if (sql === 'ROLLBACK') return original.apply(this, given);
        enter('commit');
        try {
          return original.apply(this, given);
        } finally {
          leave('commit');
          if (hasRaw && isStoring) {
            isStoring = false;
            leave('store');
          }
          hasRaw = false;
        }
      },
  );
}

/** From the server's 354, when the letter is first read, to its answer. */
function watchSmtp({ enter, leave }: Marks): void {
  wrap(
    SmtpConnection.prototype,
    'send',
    (original) =>
      function (...given) {
        const [envelope, letter, done] = given as [object, { _read: Method }, Method];
        const read = letter._read;
        let isWriting = false;
        letter._read = function (...sizes) {
          if (!isWriting) {
            isWriting = true;
            enter('smtp-data');
          }
          return read.apply(this, sizes);
        };
        const finished: Method = (...answer) => {
          if (isWriting) leave('smtp-data');
          return done(...answer);
        };
        return original.call(this, envelope, letter, finished);
      },
  );
}
