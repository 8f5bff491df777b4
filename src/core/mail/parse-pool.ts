import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { incomingDir } from './parse/attachment-files.ts';
import type { ParsedInbound } from './parse/parse-letter.ts';
import type { ParseAnswer } from './parse/parse-protocol.ts';
import { type ParseWorker, startParseWorker } from './parse/worker-handle.ts';

export type { ParsedInbound } from './parse/parse-letter.ts';

export type ParsePool = {
  /** Makes the attachment folder ready. Workers start with the first letter. */
  start(): Promise<void>;
  /**
   * Rejects with `invalid-input` when the letter is at fault (reason `letter-too-large`, `parse-failed`, `parse-timeout`,
   * `parse-crashed`): it belongs in quarantine. `unavailable` and `not-found` are the disk's fault: try again later.
   * Many calls may be in flight; letters of one worker are answered in order.
   */
  parse(letter: {
    readonly rawFile: string;
    readonly receivedAt: number;
    readonly signal?: AbortSignal;
  }): Promise<ParsedInbound>;
  /** Ends the workers; letters still waiting are rejected as `cancelled`. */
  stop(): Promise<void>;
};

export type ParsePoolParts = {
  /** The built worker, or parse-worker.ts itself under Node 24. */
  readonly workerPath: string;
  readonly attachmentsDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly size?: number;
  /** For one letter. */
  readonly timeoutMs?: number;
  /** Of the worker's JavaScript heap. */
  readonly memoryMb?: number;
};

type Job = {
  readonly id: number;
  readonly rawFile: string;
  readonly receivedAt: number;
  readonly resolve: (message: ParsedInbound) => void;
  readonly reject: (error: AppError) => void;
};

type Lane = {
  readonly owner: string;
  worker: ParseWorker | undefined;
  jobs: Job[];
  watching: AbortController | undefined;
  /** When the worker began with the first of `jobs`, on the clock's `elapsed`. */
  busySince: number;
  restarting: boolean;
};

/** Letters sent ahead to a worker, so that it never waits for the main thread. */
const inFlight = 16;

export function createParsePool(parts: ParsePoolParts): ParsePool {
  const { attachmentsDir, clock, log, timeoutMs = 30_000 } = parts;
  const lanes: Lane[] = Array.from({ length: parts.size ?? 1 }, (_, index) => ({
    owner: `worker-${index}`,
    worker: undefined,
    jobs: [],
    watching: undefined,
    busySince: 0,
    restarting: false,
  }));
  const waiting: Job[] = [];
  let nextId = 1;
  let stopped = false;

  function dispatch(): void {
    for (let job = waiting[0]; job !== undefined && !stopped; job = waiting[0]) {
      const lane = lanes.toSorted((a, b) => a.jobs.length - b.jobs.length)[0];
      if (lane === undefined || lane.jobs.length >= inFlight) return;
      waiting.shift();
      lane.jobs.push(job);
      send(lane, job);
    }
  }

  function send(lane: Lane, { id, rawFile, receivedAt }: Job): void {
    // A restart sends everything that waits in the lane when the old worker is gone.
    if (lane.restarting) return;
    lane.worker ??= startWorker(lane);
    lane.worker.post({ id, rawFile, receivedAt });
    if (lane.watching !== undefined) return;
    lane.busySince = clock.elapsed();
    lane.watching = new AbortController();
    void watch(lane, lane.watching);
  }

  function startWorker(lane: Lane): ParseWorker {
    const worker = startParseWorker({
      path: parts.workerPath,
      data: { attachmentsDir, owner: lane.owner },
      memoryMb: parts.memoryMb ?? 256,
      onAnswer: (answer) => {
        if (lane.worker === worker) take(lane, answer);
      },
      onExit: (cause) => {
        if (lane.worker === worker) void restart(lane, 'parse-crashed', cause);
      },
    });
    return worker;
  }

  function take(lane: Lane, answer: ParseAnswer): void {
    const job = lane.jobs.shift();
    lane.busySince = clock.elapsed();
    if (job?.id !== answer.id) throw new Error('parse worker answered out of order');
    if ('message' in answer) job.resolve(answer.message);
    else job.reject(new AppError(answer.error.code, answer.error));
    dispatch();
    if (lane.jobs.length > 0) return;
    lane.watching?.abort();
    lane.watching = undefined;
  }

  /** Times the letter the worker is busy with, which is the first one not answered; one timer serves a run of letters. */
  async function watch(lane: Lane, watching: AbortController): Promise<void> {
    try {
      for (let leftMs = timeoutMs; leftMs > 0; leftMs = lane.busySince + timeoutMs - clock.elapsed()) {
        await clock.sleep(leftMs, watching.signal);
      }
    } catch {
      // All letters were answered, or the worker is gone.
      return;
    }
    await restart(lane, 'parse-timeout', undefined);
  }

  /** Gives up the first letter and the worker it broke; the letters behind it go to a fresh one. */
  async function restart(
    lane: Lane,
    reason: 'parse-timeout' | 'parse-crashed',
    cause: unknown,
  ): Promise<void> {
    const { worker } = lane;
    lane.worker = undefined;
    lane.restarting = true;
    lane.watching?.abort();
    lane.watching = undefined;
    // A worker that cannot even start says nothing about the letters: none of them goes to quarantine.
    const isLetterAtFault = worker?.isReady() === true;
    const givenUp = lane.jobs.splice(0, isLetterAtFault ? 1 : lane.jobs.length);
    log.warn({ reason, isLetterAtFault, waiting: lane.jobs.length }, 'mail.parse-worker-restarted');
    await worker?.terminate();
    await sweepIncoming(attachmentsDir, lane.owner).catch((thrown: unknown) => {
      // Half-written files cost room, not letters: the next start sweeps again.
      log.warn({ reason: toAppError(thrown).message }, 'mail.parse-sweep-failed');
    });
    lane.restarting = false;
    const error = isLetterAtFault
      ? new AppError('invalid-input', { message: 'Parse worker was given up', details: { reason }, cause })
      : new AppError('unavailable', {
          message: 'Parse worker does not start',
          details: { reason: 'parse-worker' },
          cause,
        });
    for (const job of givenUp) job.reject(error);
    if (stopped) return;
    for (const job of lane.jobs) send(lane, job);
    dispatch();
  }

  return {
    async start() {
      await mkdir(incomingDir(attachmentsDir), { recursive: true, mode: 0o700 });
      await sweepIncoming(attachmentsDir);
    },
    parse({ rawFile, receivedAt, signal }) {
      return new Promise((resolve, reject) => {
        if (stopped || signal?.aborted === true) {
          reject(new AppError('cancelled', { cause: signal?.reason }));
          return;
        }
        const job: Job = {
          id: nextId,
          rawFile,
          receivedAt,
          resolve: settle(resolve),
          reject: settle(reject),
        };
        nextId += 1;
        const onAbort = () => {
          const at = waiting.indexOf(job);
          if (at >= 0) waiting.splice(at, 1);
          // A letter already with the worker is read to its end; nobody waits for it any more.
          job.reject(new AppError('cancelled', { cause: signal?.reason }));
        };
        function settle<T>(done: (value: T) => void): (value: T) => void {
          return (value) => {
            signal?.removeEventListener('abort', onAbort);
            done(value);
          };
        }
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(job);
        dispatch();
      });
    },
    async stop() {
      stopped = true;
      const jobs = [...lanes.flatMap((lane) => lane.jobs.splice(0)), ...waiting.splice(0)];
      const workers = lanes.map((lane) => {
        lane.watching?.abort();
        lane.watching = undefined;
        const { worker } = lane;
        lane.worker = undefined;
        return worker === undefined ? [] : [worker.terminate()];
      });
      await Promise.all(workers.flat());
      for (const job of jobs) job.reject(new AppError('cancelled', { message: 'Parse pool stopped' }));
      await sweepIncoming(attachmentsDir);
    },
  };
}

/** Files a killed worker left half written. */
async function sweepIncoming(attachmentsDir: string, owner = ''): Promise<void> {
  const folder = incomingDir(attachmentsDir);
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (owner === '' || name.startsWith(`${owner}-`)) await rm(join(folder, name), { force: true });
  }
}
