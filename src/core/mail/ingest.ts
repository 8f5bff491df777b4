import { AppError, toAppError } from '../../shared/errors.ts';
import type { RawRow, RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import { createBackoff } from '../platform/backoff.ts';
import type { Clock } from '../platform/clock.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { Health, Service } from '../platform/service.ts';
import type { JournalPort } from './journal-port.ts';
import type { ParsePool } from './parse-pool.ts';
import type { RawFiles } from './raw-files.ts';
import { isDiskFull } from './raw-intake.ts';
import { createWake } from '../platform/wake.ts';

/** The one entry of intake; called inside a transaction. */
export type AcceptPort = {
  accept(
    message: InboundMessage,
    options: { readonly mayOpen: boolean },
  ): { readonly messageId: number; readonly incidentId: number | null; readonly duplicate: boolean };
};

export type Ingest = Service & {
  /** Letters were stored, or taken out of quarantine. */
  wake(): void;
};

type Parts = {
  readonly db: Db;
  readonly raw: RawStore;
  readonly files: RawFiles;
  readonly pool: Pick<ParsePool, 'parse'>;
  readonly intake: AcceptPort;
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
};

type Fault = { readonly reason: string; readonly detail: string };
type Read = { readonly row: RawRow } & ({ readonly message: InboundMessage } | { readonly fault: Fault });
type Ahead = { readonly row: RawRow; readonly read: Promise<Read> };

const mb = 1024 * 1024;
/** Letters given to the parser ahead of the one that is stored next. */
const ahead = { letters: 192, bytes: 32 * mb };
const batchLetters = 100;
/** A transaction longer than this would be felt at the desk; the rest of the batch gets the next one. */
const transactionMs = 60;
/** Only a net: whoever stores letters wakes. */
const lookEveryMs = 60_000;
/** A letter this much older than the account's start does not open an incident in a mailbox that was moved. */
const moveMs = 90 * 24 * 3600 * 1000;

/**
 * Follows raw rows to messages, in the order they were stored and oldest first within a batch. A letter at fault goes
 * to quarantine and the next one comes; a machine at fault (disk full, worker that will not start) makes all wait.
 * Everything can be done again: row and message change in one transaction.
 */
export function createIngest(parts: Parts): Ingest {
  const { db, raw, files, pool, intake, journal, clock, log } = parts;
  const bell = createWake(clock);
  const backoff = createBackoff({ firstMs: 1000, factor: 2, maxMs: 60_000 }, parts.random);
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let trouble: { readonly reason: string; readonly retryAt: number } | undefined;

  async function read(row: RawRow, signal: AbortSignal): Promise<Read> {
    const letter = { rawFile: files.path(row.sha256), receivedAt: row.receivedAt, signal };
    try {
      const parsed = await pool.parse(letter).catch((failure: unknown) => {
        // A busy machine may be what took so long, or a neighbour what broke the worker: once more before it is blamed.
        if (!['parse-timeout', 'parse-crashed'].includes(toAppError(failure).reason ?? '')) throw failure;
        return pool.parse(letter);
      });
      const direction = row.role === 'sent' ? 'out' : 'in';
      return { row, message: { ...parsed, channel: 'mail', accountId: row.accountId, direction } };
    } catch (failure) {
      const error = toAppError(failure);
      if (error.code === 'not-found') return { row, fault: { reason: 'raw-missing', detail: '' } };
      if (error.code !== 'invalid-input') throw error;
      return { row, fault: { reason: error.reason ?? 'parse-failed', detail: error.message } };
    }
  }

  function mayOpen({ role, receivedAt, opensFrom, folderId, uidvalidity }: RawRow, sentAt: number): boolean {
    if (role === 'sent' || receivedAt < opensFrom) return false;
    // A move may give every letter the day of the move as its date of arrival; its own date still tells.
    return sentAt >= opensFrom - moveMs || !raw.wasRenumbered(folderId, uidvalidity);
  }

  function settle({ row, ...outcome }: Read, revision: number): void {
    if ('fault' in outcome) {
      quarantine(row, outcome.fault, revision);
      return;
    }
    const { message } = outcome;
    const { messageId } = intake.accept(message, { mayOpen: mayOpen(row, message.sentAt) });
    const { id, attempts } = row;
    raw.settle({ id, state: 'parsed', messageId, attempts, reason: null, detail: null, revision });
  }

  function quarantine(row: RawRow, { reason, detail }: Fault, revision: number): void {
    const { id } = row;
    const attempts = row.attempts + 1;
    raw.settle({
      id,
      state: 'quarantined',
      messageId: null,
      attempts,
      reason,
      detail: detail.slice(0, 500),
      revision,
    });
    journal.append({
      kind: 'letter.quarantined',
      subject: 'letter',
      subjectId: id,
      actorId: null,
      facts: { rawId: id, reason },
    });
    db.touch('quarantine');
    log.warn({ raw: id, reason }, 'ingest.letter-quarantined');
  }

  /** As many as fit in one short transaction; returns how many are done. */
  function commit(letters: readonly Read[]): number {
    const startedAt = clock.elapsed();
    let tried = 0;
    try {
      db.transact((revision) => {
        for (const letter of letters) {
          tried += 1;
          settle(letter, revision);
          if (clock.elapsed() - startedAt > transactionMs) break;
        }
      });
    } catch (failure) {
      if (isMachineAtFault(failure)) throw failure;
      for (const letter of letters.slice(0, tried)) commitAlone(letter);
    }
    return tried;
  }

  function commitAlone(letter: Read): void {
    try {
      db.transact((revision) => settle(letter, revision));
    } catch (failure) {
      if (isMachineAtFault(failure)) throw failure;
      const detail = failure instanceof Error ? failure.message : String(failure);
      log.error({ raw: letter.row.id, error: detail }, 'ingest.intake-failed');
      db.transact((revision) => quarantine(letter.row, { reason: 'intake-failed', detail }, revision));
    }
  }

  async function commitAll(letters: readonly Read[], signal: AbortSignal): Promise<void> {
    let rest = letters.toSorted((a, b) => a.row.receivedAt - b.row.receivedAt || a.row.id - b.row.id);
    while (rest.length > 0) {
      rest = rest.slice(commit(rest));
      // The desk gets its turn between two transactions.
      if (rest.length > 0) await clock.sleep(0, signal);
    }
  }

  /** Everything that waits now; returns when nothing does. */
  async function drain(signal: AbortSignal): Promise<void> {
    const inReading: Ahead[] = [];
    let afterId = 0;
    let bytes = 0;
    const readAhead = () => {
      const room = ahead.letters - inReading.length;
      if (room < batchLetters || bytes > ahead.bytes) return;
      for (const row of raw.waiting(afterId, room)) {
        if (bytes > ahead.bytes) break;
        const reading = read(row, signal);
        // Heard when its turn comes.
        reading.catch(() => undefined);
        inReading.push({ row, read: reading });
        afterId = row.id;
        bytes += row.size;
      }
    };
    for (readAhead(); inReading.length > 0; readAhead()) {
      const batch = inReading.splice(0, batchLetters);
      const letters = await Promise.all(batch.map((one) => one.read));
      bytes -= batch.reduce((sum, { row }) => sum + row.size, 0);
      readAhead();
      log.debug({ letters: letters.length }, 'ingest.batch-parsed');
      await commitAll(letters, signal);
      log.debug({ letters: letters.length }, 'ingest.batch-committed');
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await drain(signal);
        trouble = undefined;
        backoff.reset();
        await bell.wait(lookEveryMs, signal);
      } catch (failure) {
        if (signal.aborted) return;
        const error = toAppError(failure);
        const waitMs = backoff.next();
        const reason = isDiskFull(failure) ? 'disk-full' : (error.reason ?? error.code);
        trouble = { reason, retryAt: clock.now() + waitMs };
        log.error({ reason, error: error.message }, 'ingest.paused');
        await clock.sleep(waitMs, signal).catch(() => undefined);
      }
    }
  }

  return {
    name: 'ingest',
    start(signal) {
      running ??= run(AbortSignal.any([signal, stopping.signal]));
      return Promise.resolve();
    },
    async stop() {
      stopping.abort(new AppError('cancelled'));
      await running;
    },
    health(): Health {
      const facts = { waiting: raw.waitingCount() };
      if (trouble === undefined) return { state: running === undefined ? 'off' : 'ok', facts };
      const { reason, retryAt } = trouble;
      return { state: 'degraded', reason, facts: { ...facts, retryAt } };
    },
    wake: bell.ring,
  };
}

/** The database or the machine failed, not the letter: no letter may be blamed for it. */
function isMachineAtFault(failure: unknown): boolean {
  if (failure instanceof AppError) return failure.code === 'unavailable' || failure.code === 'cancelled';
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return code.startsWith('SQLITE_') && !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/.test(code);
}
