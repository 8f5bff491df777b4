import Database, { type Statement } from 'better-sqlite3';
import type { feedKinds } from '../../shared/contract/session.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { migrate } from './migrate.ts';

export type FeedKind = (typeof feedKinds)[number];

/** What a committed transaction changed, told once to everybody who follows. */
export type Committed = {
  readonly revision: number;
  readonly kinds: ReadonlySet<FeedKind>;
  readonly incidentIds: ReadonlySet<number>;
  readonly chatIds: ReadonlySet<number>;
};

export type Db = {
  /** Prepared once per text. */
  prepare<P extends unknown[], R>(sql: string): Statement<P, R>;
  /**
   * The body runs in one IMMEDIATE transaction with a revision of its own; a nested call joins. The type forbids
   * promises: a transaction must not wait for the network.
   */
  transact<T>(body: (revision: number) => NotPromise<T>): T;
  /**
   * A part of the running transaction that may fail by itself: what it wrote is undone, what was written before it
   * stays, and its error goes on to the caller.
   */
  attempt<T>(body: () => NotPromise<T>): T;
  /**
   * Says what the running transaction changes; announced after its commit, forgotten when it fails. The id is of the
   * chat for `chat`, of the incident for everything else.
   */
  touch(kind: FeedKind, id?: number): void;
  /**
   * Runs inside the running transaction as its last step; forgotten when it fails. Without a transaction it runs at
   * once. For what would make every statement after it dearer.
   */
  beforeCommit(action: () => void): void;
  /** Runs after the commit of the running transaction, in order; forgotten when it fails. */
  afterCommit(action: () => void): void;
  onCommit(listener: (change: Committed) => void): () => void;
  revision(): number;
  /** Whoever saw less than this saw a future that was lost with a restore, and must reload everything. */
  revisionFloor(): number;
  /** Leaps past every revision the lost future can have given; inside a transaction. */
  breakRevisions(): void;
  readonly file: string;
  /** For backups, checks and closing; stores never touch it. */
  readonly connection: Database.Database;
  close(): void;
};

type NotPromise<T> = T extends PromiseLike<unknown> ? never : T;

type Pending = {
  readonly kinds: Set<FeedKind>;
  readonly incidentIds: Set<number>;
  readonly chatIds: Set<number>;
  readonly lastSteps: (() => void)[];
  readonly actions: (() => void)[];
  readonly revision: number;
};

/** More than a desk writes in years, less than a number in JSON can hold a million times over. */
const revisionLeap = 1_000_000_000;

type Parts = {
  /** A path, or the bytes of a database, which then lives in memory. */
  readonly file: string | Buffer;
  readonly clock: Clock;
  readonly log: Logger;
};

/** A statement that takes longer is worth a line in the log: measured queries take 0.1 to 5 ms. */
const slowTransactionMs = 50;

/** Opens the database for its only writer and brings its schema up to date. */
export function openDb({ file, clock, log }: Parts): Db {
  const connection = connect(file);
  try {
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  const listeners = new Set<(change: Committed) => void>();
  const statements = new Map<string, Statement>();
  const takeRevision = connection
    .prepare<[], number>("UPDATE counter SET value = value + 1 WHERE name = 'revision' RETURNING value")
    .pluck();
  const readRevision = connection
    .prepare<[], number>("SELECT value FROM counter WHERE name = 'revision'")
    .pluck();
  const readFloor = connection
    .prepare<[], number>("SELECT value FROM counter WHERE name = 'revision-floor'")
    .pluck();
  const leap = connection.prepare<[number], void>(
    "UPDATE counter SET value = value + ? WHERE name = 'revision'",
  );
  const setFloor = connection.prepare<[], void>(
    `INSERT INTO counter (name, value) SELECT 'revision-floor', value FROM counter WHERE name = 'revision'
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  let pending: Pending | undefined;

  function transact<T>(body: (revision: number) => NotPromise<T>): T {
    if (pending) return body(pending.revision);
    const startedAt = clock.elapsed();
    connection.exec('BEGIN IMMEDIATE');
    let result: T;
    let committed: Pending;
    try {
      const revision = takeRevision.get() ?? 0;
      pending = {
        kinds: new Set(),
        incidentIds: new Set(),
        chatIds: new Set(),
        lastSteps: [],
        actions: [],
        revision,
      };
      result = body(revision);
      for (const step of pending.lastSteps) step();
      committed = pending;
      connection.exec('COMMIT');
    } catch (failure) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw failure;
    } finally {
      pending = undefined;
    }
    const ms = clock.elapsed() - startedAt;
    if (ms > slowTransactionMs) log.warn({ ms: Math.round(ms) }, 'db.transaction-slow');
    announce(committed);
    return result;
  }

  function attempt<T>(body: () => NotPromise<T>): T {
    if (!pending) throw new Error('attempt outside a transaction');
    const { kinds, incidentIds, chatIds, lastSteps, actions, revision } = pending;
    const before = {
      kinds: new Set(kinds),
      incidentIds: new Set(incidentIds),
      chatIds: new Set(chatIds),
      lastSteps: [...lastSteps],
      actions: [...actions],
      revision,
    };
    connection.exec('SAVEPOINT attempt');
    try {
      const result = body();
      connection.exec('RELEASE attempt');
      return result;
    } catch (failure) {
      connection.exec('ROLLBACK TO attempt');
      connection.exec('RELEASE attempt');
      pending = before;
      throw failure;
    }
  }

  function announce({ kinds, incidentIds, chatIds, actions, revision }: Pending) {
    for (const action of actions) tell(action);
    if (kinds.size === 0) return;
    for (const listener of listeners) tell(() => listener({ revision, kinds, incidentIds, chatIds }));
  }

  /** What has been committed must not look failed to the caller because somebody who follows it failed. */
  function tell(action: () => void) {
    try {
      action();
    } catch (error) {
      log.error({ err: error }, 'db.follower-failed');
    }
  }

  return {
    file: typeof file === 'string' ? file : ':memory:',
    connection,
    prepare<P extends unknown[], R>(sql: string) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = connection.prepare(sql) as Statement;
        statements.set(sql, statement);
      }
      return statement as unknown as Statement<P, R>;
    },
    transact,
    attempt,
    touch(kind, id) {
      if (!pending) throw new Error('touch outside a transaction');
      pending.kinds.add(kind);
      if (id !== undefined) (kind === 'chat' ? pending.chatIds : pending.incidentIds).add(id);
    },
    beforeCommit(action) {
      if (pending) pending.lastSteps.push(action);
      else action();
    },
    afterCommit(action) {
      if (!pending) throw new Error('afterCommit outside a transaction');
      pending.actions.push(action);
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => readRevision.get() ?? 0,
    revisionFloor: () => readFloor.get() ?? 0,
    breakRevisions() {
      leap.run(revisionLeap);
      setFloor.run();
    },
    close() {
      connection.pragma('optimize');
      connection.pragma('wal_checkpoint(TRUNCATE)');
      connection.close();
    },
  };
}

function connect(file: string | Buffer): Database.Database {
  const connection = new Database(file);
  connection.pragma('journal_mode = WAL');
  // The journal shares every transaction, so each commit must reach the disk: 0.12 ms measured.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('temp_store = MEMORY');
  // Mapped pages would count as the backend's own memory.
  connection.pragma('mmap_size = 0');
  connection.pragma('cache_size = -32000');
  // 32 MB of log: a catch-up touches the same index pages again and again, and a checkpoint writes each of them once.
  connection.pragma('wal_autocheckpoint = 8000');
  return connection;
}
