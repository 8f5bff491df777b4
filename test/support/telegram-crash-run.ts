import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { between, createSeededRandom, pick, seedFrom } from '../../src/core/training/seeded-random.ts';
import { createLetIn, openCrashPage } from './crash-page.ts';
import { buildCrashHost, type CrashHost, startCrashHost } from './crash-process.ts';
import { checkSent, checkTidy, countWaiting, inspectOutbox } from './telegram-crash-check.ts';
import {
  createWriter,
  deskWaitMs,
  type Kind,
  pause,
  signInToTelegram,
  until,
  type Writer,
  writeTelegramCrashConfig,
  type Written,
} from './telegram-crash-desk.ts';
import { type SendPhase, sendPhaseAtDeath, sendPhases } from './telegram-crash-phases.ts';
import { startTelegramDcProcess, type TelegramDcProcess } from './telegram-dc/control-client.ts';
import { irina, sampleWorld } from './telegram-dc/sample-world.ts';

export type TelegramCrashReport = {
  /** Each a broken promise, in words; none is the only good number. */
  readonly problems: readonly string[];
  readonly rounds: number;
  readonly kills: Readonly<Record<SendPhase | 'between', number>>;
  readonly written: number;
  readonly files: number;
  readonly fromIncident: number;
  /** At a kill: on the server while the outbox did not know; not there while the outbox had begun. */
  readonly openAtKill: { readonly there: number; readonly notThere: number };
  /** Tries that Telegram answered with "sent before". */
  readonly sentBefore: number;
  /** From the start of the process to the link, after a kill; milliseconds, ascending. */
  readonly starts: readonly number[];
  /** From the desk's taking a message after a kill to its being sent; milliseconds, ascending. */
  readonly rests: readonly number[];
  readonly seconds: number;
};

type Options = { readonly rounds: number; readonly seed: number };

/** `any` is a kill by the clock, and one more while what it left is being sent, starting included. */
type Aim = SendPhase | 'any';

const roundsPerAny = 7;
/** A round whose phase does not come is ended by the clock. */
const roundLimitMs = 10_000;
/** For how long a phase usually lasts. */
const lastsMicros: Readonly<Record<SendPhase, number>> = {
  write: 600,
  claim: 1500,
  upload: 8000,
  'hand-over': 600,
  answer: 2500,
  settle: 2500,
};

/**
 * Sends messages while the desk is killed again and again; after every kill it comes to rest and is compared with the
 * servers, which live on. The same seed deals the same choices; the moments, and what follows from them, are the machine's.
 */
export async function runTelegramCrashes({ rounds, seed }: Options): Promise<TelegramCrashReport> {
  const startedAt = performance.now();
  const dir = mkdtempSync(join(tmpdir(), 'pult-telegram-crash-'));
  const random = createSeededRandom(seed);
  const entry = await buildCrashHost(dir, new URL('./telegram-crash-host.ts', import.meta.url));
  const dc = await startTelegramDcProcess();
  const stage = createStage({ dir, entry, dc, random });
  try {
    await dc.control.seed(sampleWorld);
    await stage.open();
    for (let round = 1; round <= rounds; round += 1) await stage.round(nextAim(round, stage.kills));
    await stage.rest();
    const { problems, kills, written, openAtKill, starts, rests } = stage;
    return {
      problems: [...problems, ...(await dc.control.problems()), ...(await dc.control.unhandled())],
      rounds,
      kills,
      written: written.length,
      files: written.reduce((sum, { files }) => sum + files.length, 0),
      fromIncident: written.filter(({ kind }) => kind === 'reply').length,
      openAtKill,
      sentBefore: (await dc.control.calls()).filter(({ error }) => error === 'RANDOM_ID_DUPLICATE').length,
      starts: starts.toSorted((a, b) => a - b),
      rests: rests.toSorted((a, b) => a - b),
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await stage.close();
    await dc.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function nextAim(round: number, kills: TelegramCrashReport['kills']): Aim {
  if (round % roundsPerAny === 0) return 'any';
  return sendPhases.toSorted((a, b) => kills[a] - kills[b])[0] ?? 'any';
}

type StageParts = {
  readonly dir: string;
  readonly entry: string;
  readonly dc: TelegramDcProcess;
  readonly random: Random;
};

function createStage({ dir, entry, dc: { network, control }, random }: StageParts) {
  const dataDir = join(dir, 'data');
  const { db } = createDataDir(dataDir);
  const marks = join(dir, 'marks');
  const config = writeTelegramCrashConfig(dir);
  const env = { PULT_TEST_TELEGRAM: JSON.stringify(network) };
  const problems: string[] = [];
  const starts: number[] = [];
  const rests: number[] = [];
  const written: Written[] = [];
  const kills = Object.fromEntries([...sendPhases, 'between'].map((phase) => [phase, 0])) as Record<
    SendPhase | 'between',
    number
  >;
  const openAtKill = { there: 0, notThere: 0 };
  let started = Promise.withResolvers<CrashHost>();
  let host: CrashHost;
  let writer: Writer;

  /** Of the host at work, or of the one that will be. */
  const link = async (): Promise<string> => {
    for (;;) {
      const current = await started.promise;
      const ready = await current.ready.catch(() => undefined);
      if (ready !== undefined && current.isAlive()) return ready.link;
      await current.ended;
    }
  };
  const letIn = createLetIn();
  const page = openCrashPage({ link, letIn, person: 0, random: createSeededRandom(seedFrom(random)) });
  const { rpc } = page;

  function start(): void {
    host = startCrashHost({ entry, dataDir, config, marks, env });
    started.resolve(host);
    void host.ready.then(
      ({ startedMs }) => {
        starts.push(startedMs);
        page.comeBack();
      },
      () => undefined,
    );
  }

  async function ended(round: readonly Written[], wanted: SendPhase | undefined): Promise<void> {
    const { signal, code } = await host.ended;
    started = Promise.withResolvers();
    if (signal !== 'SIGKILL') problems.push(`the host ended by itself (${code}): ${host.output()}`);
    kills[sendPhaseAtDeath(marks, wanted)] += 1;
    const { isSound, states } = inspectOutbox(db, join(dir, 'remains.sqlite'));
    if (!isSound) problems.push('integrity_check after a kill');
    const log = await control.log({ account: irina.account });
    for (const { text } of round.filter((one) => one.kind !== 'again')) {
      const isThere = log.some((entry) => entry.text === text);
      const state = states.get(text);
      if (isThere && state !== 'accepted') openAtKill.there += 1;
      if (!isThere && state === 'sending') openAtKill.notThere += 1;
      if (!isThere && state === 'accepted') problems.push(`accepted, but not at the server: ${text}`);
    }
  }

  async function killAtSending(aim: SendPhase): Promise<void> {
    const kinds = kindsFor(aim, random);
    const trouble = await makeTrouble(aim, kinds);
    host.order({
      phase: aim,
      nth: aim === 'upload' ? between(random, 1, 3) : between(random, 1, kinds.length),
      delayMicros: between(random, 0, lastsMicros[aim] + trouble.longerMicros),
    });
    const round = await Promise.all(kinds.map((kind) => writer.write(kind)));
    written.push(...round);
    await Promise.race([host.ended, pause(roundLimitMs)]);
    host.kill('SIGKILL');
    await ended(round, aim);
    await trouble.over();
    start();
    await settled(round);
  }

  /** The servers lose the answer, keep it back, or are slow, so that a short moment becomes a long one. */
  async function makeTrouble(aim: SendPhase, kinds: readonly Kind[]) {
    const over = async () => {
      await control.clearFaults();
      await control.hold({ on: false });
    };
    const isPlain = !kinds.some((kind) => kind === 'file' || kind === 'album');
    const methods = isPlain ? ['messages.SendMessage'] : ['messages.SendMedia', 'messages.SendMultiMedia'];
    const how = pick(random, ['none', 'lost', 'kept', 'slow']);
    if (aim === 'upload' && how === 'slow') {
      await control.fault({ method: 'upload.SaveFilePart', delayMs: 40, times: 8 });
      return { over, longerMicros: 60_000 };
    }
    if (aim !== 'answer' && aim !== 'settle') return { over, longerMicros: 0 };
    if (how === 'lost') await Promise.all(methods.map((method) => control.fault({ method, after: true })));
    if (how === 'slow') await Promise.all(methods.map((method) => control.fault({ method, delayMs: 80 })));
    // An answer that is kept back for ever would never be here to be written down.
    if (how === 'kept' && aim === 'answer' && isPlain) await control.hold({ on: true });
    const isLonger = aim === 'answer' && how !== 'none';
    return { over, longerMicros: isLonger ? 120_000 : 0 };
  }

  async function killByClock(): Promise<void> {
    const round = await Promise.all(kindsFor('upload', random).map((kind) => writer.write(kind)));
    written.push(...round);
    await pause(between(random, 0, 60));
    host.kill('SIGKILL');
    await ended(round, undefined);
    start();
    await pause(between(random, 200, 1600));
    host.kill('SIGKILL');
    await ended(round, undefined);
    start();
    await settled(round);
  }

  async function settled(round: readonly Written[]): Promise<void> {
    await Promise.all(round.map(({ taken }) => taken));
    const began = performance.now();
    while (countWaiting(db) > 0 && performance.now() - began < deskWaitMs) await pause(30);
    if (countWaiting(db) > 0) problems.push(`not sent in time: ${round.map(({ text }) => text).join('; ')}`);
    rests.push(performance.now() - began);
    problems.push(...(await checkSent(round, { db, rpc, control, all: written })));
  }

  return {
    problems,
    starts,
    rests,
    kills,
    written,
    openAtKill,
    async open() {
      start();
      await signInToTelegram(rpc);
      writer = await createWriter({ rpc, letIn, link, control, random });
    },
    round: (aim: Aim) => (aim === 'any' ? killByClock() : killAtSending(aim)),
    /** Everything once more at the end: nothing that came later made a second one of it. */
    async rest() {
      await until('nothing waits', () => countWaiting(db) === 0);
      const log = await control.log({ account: irina.account });
      const sent = log.filter(({ randomId }) => randomId !== undefined);
      const expected = written.reduce((sum, { files }) => sum + Math.max(1, files.length), 0);
      if (sent.length !== expected) problems.push(`${sent.length} on the server, ${expected} written`);
      const journal = await rpc.settings.verifyJournal({});
      if (!journal.ok) problems.push(`the journal breaks at ${journal.firstBad}`);
      host.kill('SIGTERM');
      const { code } = await host.ended;
      if (code !== 0) problems.push(`the host stopped with code ${code}: ${host.output()}`);
      problems.push(...checkTidy(db));
    },
    async close() {
      page.close();
      host.kill('SIGKILL');
      await host.ended;
    },
  };
}

function kindsFor(aim: SendPhase, random: Random): readonly Kind[] {
  const said = () => pick<Kind>(random, ['text', 'again', 'reply']);
  const words = Array.from({ length: between(random, 0, 2) }, said);
  if (aim === 'upload') return [...words, pick<Kind>(random, ['file', 'album'])];
  const isFiles = random.number() < 0.3;
  return isFiles
    ? [pick<Kind>(random, ['file', 'album'])]
    : [...words, pick<Kind>(random, ['text', 'reply'])];
}
