import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { between, createSeededRandom, seedFrom } from '../../src/core/training/seeded-random.ts';
import { createLetIn, openCrashPage } from './crash-page.ts';
import { buildCrashHost, type CrashHost, startCrashHost } from './crash-process.ts';
import {
  type Composed,
  createCaller,
  setUpReaching,
  smsCost,
  writeReachCrashConfig,
} from './reaching-crash-desk.ts';
import {
  checkReached,
  countOpen,
  countReplies,
  inspectReaching,
  type ReachFindings,
} from './reaching-crash-check.ts';
import { type ReachPhase, reachPhaseAtDeath, reachPhases } from './reaching-crash-phases.ts';
import { type CrashWorld, startCrashWorld } from './reaching-crash-world.ts';
import { pause } from './telegram-crash-desk.ts';

export type ReachCrashReport = ReachFindings & {
  readonly kills: Readonly<Record<ReachPhase | 'between', number>>;
  /** At a kill: messages let go whose service had them; and had them not. */
  readonly openAtKill: { readonly there: number; readonly notThere: number };
  /** From the start of the process to the link, after a kill; milliseconds, ascending. */
  readonly starts: readonly number[];
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: number;
};

type ReachCrashOptions = {
  readonly notifications: number;
  readonly people: number;
  readonly kills: number;
  readonly seed: number;
};

/** `any` is a kill by the clock, wherever the host happens to be, starting included. */
type Aim = ReachPhase | 'any';

const killsPerAny = 7;
/** A round whose phase does not come is ended by the clock. */
const roundLimitMs = 10_000;
const restLimitMs = 420_000;
const toAtOnce = 5;
/** How often the phase may begin before the kill, and for how long it usually lasts. */
const reach: Readonly<Record<ReachPhase, { readonly nth: number; readonly micros: number }>> = {
  climb: { nth: 12, micros: 800 },
  claim: { nth: 12, micros: 2500 },
  wrote: { nth: 12, micros: 200 },
  taken: { nth: 12, micros: 6000 },
  settle: { nth: 12, micros: 1000 },
  receipt: { nth: 2, micros: 800 },
  answer: { nth: 3, micros: 1500 },
};

/**
 * Calls people over Telegram, letters and SMS while channels fail at random and the desk is killed again and again, then
 * lets it come to rest and compares it with what the services and the people know. The same seed deals the same choices;
 * the moments, and what follows from them, are the machine's.
 */
export async function runReachCrashes(options: ReachCrashOptions): Promise<ReachCrashReport> {
  const startedAt = performance.now();
  const dir = mkdtempSync(join(tmpdir(), 'pult-reaching-crash-'));
  const random = createSeededRandom(options.seed);
  const entry = await buildCrashHost(dir, new URL('./reaching-crash-host.ts', import.meta.url));
  const world = await startCrashWorld(seedFrom(random));
  const stage = createStage({ ...options, dir, entry, world, random });
  try {
    await stage.open();
    for (let round = 1; round <= options.kills; round += 1) await stage.round(nextAim(round, stage.kills));
    const findings = await stage.rest();
    return {
      ...findings,
      problems: [...stage.problems, ...findings.problems],
      kills: stage.kills,
      openAtKill: stage.openAtKill,
      starts: stage.starts.toSorted((a, b) => a - b),
      failures: (await world.book()).failures,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await stage.close();
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function nextAim(round: number, kills: ReachCrashReport['kills']): Aim {
  if (round % killsPerAny === 0) return 'any';
  return reachPhases.toSorted((a, b) => kills[a] - kills[b])[0] ?? 'any';
}

type StageParts = ReachCrashOptions & {
  readonly dir: string;
  readonly entry: string;
  readonly world: CrashWorld;
  readonly random: Random;
};

function createStage({ dir, entry, world, random, ...options }: StageParts) {
  const dataDir = join(dir, 'data');
  const { db } = createDataDir(dataDir);
  const marks = join(dir, 'marks');
  const config = writeReachCrashConfig(dir, world);
  /** About a third of what would go by SMS cannot be paid for. */
  const dailyLimit = Math.round(options.notifications * 0.3) * smsCost;
  const problems: string[] = [];
  const starts: number[] = [];
  const composed: Composed[] = [];
  const kills = Object.fromEntries([...reachPhases, 'between'].map((phase) => [phase, 0])) as Record<
    ReachPhase | 'between',
    number
  >;
  const openAtKill = { there: 0, notThere: 0 };
  let started = Promise.withResolvers<CrashHost>();
  let host: CrashHost | undefined;
  let call: ReturnType<typeof createCaller>;
  let left = options.notifications;

  /** Of the host at work, or of the one that will be. */
  const link = async (): Promise<string> => {
    for (;;) {
      const current = await started.promise;
      const ready = await current.ready.catch(() => undefined);
      if (ready !== undefined && current.isAlive()) return ready.link;
      await current.ended;
    }
  };
  const page = openCrashPage({
    link,
    letIn: createLetIn(),
    person: 0,
    random: createSeededRandom(seedFrom(random)),
  });
  const { rpc } = page;

  function start(): CrashHost {
    const current = startCrashHost({ entry, dataDir, config, marks });
    host = current;
    started.resolve(current);
    void current.ready.then(
      ({ startedMs }) => {
        starts.push(startedMs);
        page.comeBack();
      },
      () => undefined,
    );
    return current;
  }

  async function ended(current: CrashHost, wanted: ReachPhase | undefined): Promise<void> {
    const { signal, code } = await current.ended;
    started = Promise.withResolvers();
    if (signal !== 'SIGKILL') problems.push(`the host ended by itself (${code}): ${current.output()}`);
    kills[reachPhaseAtDeath(marks, wanted)] += 1;
    const remains = inspectReaching(db, join(dir, 'remains.sqlite'), await world.book());
    if (!remains.isSound) problems.push('integrity_check after a kill');
    openAtKill.there += remains.there;
    openAtKill.notThere += remains.notThere;
  }

  /** Its share of the notifications, a few people at a time. */
  function callSome(roundsLeft: number): Promise<unknown> {
    let share = Math.ceil(left / roundsLeft);
    const round: Composed[] = [];
    while (share > 0) {
      const one = call(Math.min(toAtOnce, share));
      share -= one.to.length;
      left -= one.to.length;
      round.push(one);
    }
    composed.push(...round);
    return Promise.all(round.map(({ taken }) => taken));
  }

  /** Why it does not come to rest. */
  async function openThings() {
    const { unheard, outstanding, replies } = await world.book();
    return { unheard, outstanding, unread: replies.length - countReplies(db) };
  }

  let roundsLeft = options.kills;
  return {
    problems,
    starts,
    kills,
    openAtKill,
    async open() {
      start();
      const setUp = { rpc, world, people: options.people, dailyLimit, repeats: options.kills >= 20 };
      call = createCaller(rpc, await setUpReaching(setUp), random);
      await world.fail(true);
    },
    async round(aim: Aim) {
      const current = host ?? start();
      if (aim !== 'any') {
        const { nth, micros } = reach[aim];
        current.order({
          phase: aim,
          nth: between(random, 1, nth),
          delayMicros: between(random, 0, micros),
        });
      }
      void callSome(roundsLeft);
      roundsLeft -= 1;
      await Promise.race([current.ended, pause(aim === 'any' ? between(random, 100, 4000) : roundLimitMs)]);
      current.kill('SIGKILL');
      await ended(current, aim === 'any' ? undefined : aim);
      await start().ready.catch(() => undefined);
    },
    async rest(): Promise<ReachFindings> {
      await Promise.all(composed.map(({ taken }) => taken));
      const deadline = performance.now() + restLimitMs;
      const isResting = async () => {
        const { unheard, outstanding, replies } = await world.book();
        const isHeard = unheard === 0 && outstanding === 0 && countReplies(db) === replies.length;
        return isHeard && countOpen(db) === 0;
      };
      // Twice in a row: somebody may be about to answer what has just come.
      for (let quiet = 0; quiet < 2; quiet = (await isResting()) ? quiet + 1 : 0) {
        if (performance.now() > deadline) {
          problems.push(`not at rest in time: ${countOpen(db)} open, ${JSON.stringify(await openThings())}`);
          break;
        }
        await pause(2000);
      }
      await world.fail(false);
      const journal = await rpc.settings.verifyJournal({});
      if (!journal.ok) problems.push(`the journal breaks at ${journal.firstBad}`);
      // A page that comes back would wait for a host that is not to come.
      page.close();
      host?.kill('SIGTERM');
      const { code } = (await host?.ended) ?? { code: 0 };
      if (code !== 0) problems.push(`the host stopped with code ${code}: ${host?.output()}`);
      return checkReached(db, await world.book(), composed, dailyLimit);
    },
    async close() {
      page.close();
      host?.kill('SIGKILL');
      await host?.ended;
    },
  };
}
