import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Random } from '../../src/core/platform/random.ts';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import { between, createSeededRandom, seedFrom } from '../../src/core/training/seeded-random.ts';
import { writeCrashConfig } from './crash-config.ts';
import { checkDesk, type Findings, inspectRemains } from './crash-check.ts';
import { startHands } from './crash-hands.ts';
import { crashAccounts, type CrashMail, startCrashMail } from './crash-mail.ts';
import { createLetIn, openCrashPage } from './crash-page.ts';
import { type CrashPhase, crashPhases, type KillOrder, phaseAtDeath } from './crash-phases.ts';
import { buildCrashHost, type CrashHost, startCrashHost } from './crash-process.ts';

export type CrashOptions = {
  readonly rounds: number;
  readonly seed: number;
  readonly cursor: 'with-rows' | 'apart';
  /** Otherwise every phase has its turn, those caught least first. */
  readonly aim?: CrashPhase;
};

type Kills = Readonly<Record<CrashPhase | 'between', number>>;

export type CrashReport = Findings & {
  readonly rounds: number;
  readonly kills: Kills;
  /** Commands a kill left unanswered, split by whether they had been done. */
  readonly askedAgain: { readonly done: number; readonly undone: number };
  /** From the start of the process to the link, after a kill; milliseconds, ascending. */
  readonly starts: readonly number[];
  readonly seconds: number;
};

/** `any` is a kill by the clock, wherever the host happens to be, starting included. */
type Aim = CrashPhase | 'any';

const roundsPerAny = 7;
/** A round whose phase does not come is ended by the clock. */
const roundLimitMs = 3000;
const settleLimitMs = 60_000;

/** How often the phase may begin before the kill, and for how long it usually lasts. */
const reach: Readonly<Record<CrashPhase, { readonly nth: number; readonly micros: number }>> = {
  fetch: { nth: 3, micros: 3000 },
  store: { nth: 3, micros: 6000 },
  parse: { nth: 30, micros: 3000 },
  assign: { nth: 3, micros: 1500 },
  'smtp-data': { nth: 3, micros: 100_000 },
  commit: { nth: 40, micros: 150 },
};

/**
 * Works at a desk while it is killed again and again, then lets it come to rest and looks for anything lost, doubled or
 * left over. The same seed plays the same letters and the same aims; the moments are the machine's.
 */
export async function runCrashes(options: CrashOptions): Promise<CrashReport> {
  const startedAt = performance.now();
  const dir = mkdtempSync(join(tmpdir(), 'pult-crash-'));
  const random = createSeededRandom(options.seed);
  const entry = await buildCrashHost(dir);
  const mail = await startCrashMail(createSeededRandom(seedFrom(random)));
  const stage = createStage({ dir, entry, mail, random, cursor: options.cursor });
  try {
    const kills = { fetch: 0, store: 0, parse: 0, assign: 0, 'smtp-data': 0, commit: 0, between: 0 };
    for (let round = 1; round <= options.rounds; round += 1) {
      kills[await stage.round(options.aim ?? nextAim(round, kills))] += 1;
    }
    const accepted = await stage.rest();
    const findings = await checkDesk({ dataDir: stage.dataDir, mail, accepted });
    return {
      ...findings,
      problems: [...stage.problems, ...findings.problems],
      rounds: options.rounds,
      kills,
      askedAgain: stage.askedAgain,
      starts: stage.starts.toSorted((a, b) => a - b),
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await stage.close();
    await mail.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function nextAim(round: number, kills: Kills): Aim {
  if (round % roundsPerAny === 0) return 'any';
  return crashPhases.toSorted((a, b) => kills[a] - kills[b])[0] ?? 'any';
}

type StageParts = {
  readonly dir: string;
  readonly entry: string;
  readonly mail: CrashMail;
  readonly random: Random;
  readonly cursor: 'with-rows' | 'apart';
};

function createStage({ dir, entry, mail, random, cursor }: StageParts) {
  const dataDir = join(dir, 'data');
  const marks = join(dir, 'marks');
  const config = writeCrashConfig(dir, mail);
  const problems: string[] = [];
  const starts: number[] = [];
  const askedAgain = { done: 0, undone: 0 };
  let started = Promise.withResolvers<CrashHost>();
  let host: CrashHost | undefined;

  const start = (): CrashHost => {
    host = startCrashHost({ entry, dataDir, config, marks, cursor });
    started.resolve(host);
    void host.ready.then(
      ({ startedMs }) => {
        starts.push(startedMs);
        for (const page of pages) page.comeBack();
      },
      () => undefined,
    );
    return host;
  };
  /** Of the host at work, or of the one that will be. */
  const link = async (): Promise<string> => {
    for (;;) {
      const current = await started.promise;
      const ready = await current.ready.catch(() => undefined);
      if (ready !== undefined && current.isAlive()) return ready.link;
      await current.ended;
    }
  };
  const gone = () => {
    started = Promise.withResolvers();
  };
  const letIn = createLetIn();
  const pages = [0, 1].map((person) =>
    openCrashPage({ link, letIn, person, random: createSeededRandom(seedFrom(random)) }),
  );
  const hands = pages.map((page, index) =>
    startHands({
      page,
      name: `h${index}`,
      random: createSeededRandom(seedFrom(random)),
      onCode: mail.learnCode,
    }),
  );

  async function dripWhile(current: CrashHost): Promise<void> {
    while (current.isAlive()) {
      await mail.drip();
      await pause(between(random, 10, 90));
    }
  }

  async function aimAt(current: CrashHost, aim: Aim): Promise<void> {
    if (aim === 'any') {
      await pause(between(random, 100, 2000));
      current.kill('SIGKILL');
      return;
    }
    const { nth, micros } = reach[aim];
    const order: KillOrder = {
      phase: aim,
      nth: between(random, 1, nth),
      delayMicros: between(random, 0, micros),
    };
    // Some die over the heap that waited for them, some while people work.
    if (random.number() < 0.5 || aim === 'smtp-data') {
      await current.ready.catch(() => undefined);
      await pause(between(random, 0, 300));
    }
    current.order(order);
    await Promise.race([current.ended, pause(roundLimitMs)]);
    current.kill('SIGKILL');
  }

  function checkRemains(): void {
    const { db } = createDataDir(dataDir);
    const copy = join(dir, 'remains.sqlite');
    if (!existsSync(db)) return;
    copyFileSync(db, copy);
    if (existsSync(`${db}-wal`)) copyFileSync(`${db}-wal`, `${copy}-wal`);
    const inFlight = hands.flatMap((one) => one.inFlight());
    const { isSound, done } = inspectRemains(copy, inFlight);
    if (!isSound) problems.push('integrity_check after a kill');
    askedAgain.done += done;
    askedAgain.undone += inFlight.length - done;
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }

  async function stopGently(current: CrashHost): Promise<void> {
    current.kill('SIGTERM');
    const { code } = await current.ended;
    if (code !== 0) problems.push(`the host stopped with code ${code}: ${current.output()}`);
    gone();
  }

  return {
    dataDir,
    problems,
    starts,
    askedAgain,
    async round(aim: Aim): Promise<CrashPhase | 'between'> {
      mail.heap(between(random, 5, 40));
      const current = start();
      const dripping = dripWhile(current);
      await aimAt(current, aim);
      const { signal, code } = await current.ended;
      gone();
      await dripping;
      if (signal !== 'SIGKILL') problems.push(`the host ended by itself (${code}): ${current.output()}`);
      checkRemains();
      return phaseAtDeath(marks, aim === 'any' ? undefined : aim);
    },
    /** Two ordinary starts: the first empties the outbox, the second sees what the first one's letters left in Sent. */
    async rest() {
      const first = start();
      await Promise.all(hands.map((one) => one.stop()));
      await untilAtRest(dataDir, mail, problems);
      await stopGently(first);
      const second = start();
      await untilAtRest(dataDir, mail, problems);
      const { rpc } = pages[0]!;
      // A task does not wait for the page to be back; a query does.
      await rpc.outbox.list({});
      const journal = await rpc.settings.verifyJournal({});
      if (!journal.ok) problems.push(`the journal breaks at ${journal.firstBad}`);
      await stopGently(second);
      for (const refused of hands.flatMap((one) => one.refused)) problems.push(`refused: ${refused}`);
      return hands.flatMap((one) => one.accepted);
    },
    async close() {
      for (const page of pages) page.close();
      host?.kill('SIGKILL');
      await host?.ended;
    },
  };
}

/** Until every letter on the server is read and nothing waits to leave; what is lost ends the wait by its limit. */
async function untilAtRest(dataDir: string, mail: CrashMail, problems: string[]): Promise<void> {
  const deadline = performance.now() + settleLimitMs;
  const { db: file } = createDataDir(dataDir);
  let last = '';
  let since = performance.now();
  while (performance.now() < deadline) {
    const db = new Database(file, { readonly: true });
    const count = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0;
    const waiting =
      count("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')") +
      count("SELECT count(*) FROM raw_message WHERE state = 'stored'");
    const state = `${waiting} ${count('SELECT count(*) FROM raw_message')}`;
    db.close();
    const stored = Number(state.split(' ')[1]);
    if (waiting === 0 && stored >= (await onServer(mail))) return;
    if (state !== last) since = performance.now();
    last = state;
    // Nothing is under way any more: what is missing now does not come.
    if (waiting === 0 && performance.now() - since > 4000) return;
    await pause(100);
  }
  problems.push(`the desk did not come to rest: ${last}`);
}

async function onServer({ delivered, dovecot, sink }: CrashMail): Promise<number> {
  const copies = sink.accepted.filter(({ user }) => user === crashAccounts.copies).length;
  const placed = await dovecot.uids(crashAccounts.own, dovecot.sentFolder);
  return delivered.length + copies + placed.length;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
