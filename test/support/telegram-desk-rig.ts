import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignInState } from '../../src/shared/contract/telegram.ts';
import { openDb, type Db } from '../../src/core/db/open.ts';
import { createSettingStore } from '../../src/core/db/setting-store.ts';
import { createTelegramStore, type TelegramStore } from '../../src/core/db/telegram-store.ts';
import { createJournal, type Journal } from '../../src/core/journal/journal.ts';
import type { SecretBox } from '../../src/core/platform/capabilities.ts';
import { systemClock, type Clock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createTelegramDesk, type TelegramDeskParts } from '../../src/core/telegram/create-telegram-desk.ts';
import type { TelegramNetwork } from '../../src/core/telegram/telegram-network.ts';
import type { TelegramConnection, TelegramPort } from '../../src/core/telegram/telegram-port.ts';
import { createMemoryTelegram, type MemoryTelegram } from '../../src/core/telegram/twin/memory-telegram.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { createSecretBox } from '../../src/host/secret-box.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

export const testApi = { id: 12_345, hash: '0123456789abcdef0123456789abcdef' };

/** Signing in over real files and a real database, against Telegram in memory. */
export type TelegramDeskRig = {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly world: MemoryTelegram['world'];
  readonly db: Db;
  readonly store: TelegramStore;
  readonly person: number;
  start(options?: StartOptions): StartedDesk;
  /** Names of the sealed files. */
  sessionFiles(): string[];
  /** Everything the database has on the disk. */
  databaseBytes(): Buffer;
  close(): Promise<void>;
};

type StartOptions = {
  readonly machineId?: string;
  /** Keys of another kind than the session was sealed with, as when the keyring did not open. */
  readonly secretBox?: SecretBox;
  /** Called before each entry of the journal. */
  readonly beforeEntry?: () => void;
};

export type StartedDesk = TelegramDeskParts & {
  /** What the pages see. */
  state(): SignInState;
  readonly signedIn: number[];
  readonly released: number[];
  /** How many connections Telegram had when an account was handed over. */
  readonly openAtHandOver: number[];
  /** As kill -9: whatever it waits for never comes, and its connections drop. */
  kill(): Promise<void>;
  /** Lets everything that is ready happen. */
  settle(): Promise<void>;
};

/** With `real`, over that client and with the machine's own clock instead of the twin and the fake one. */
export function createTelegramDeskRig(real?: {
  readonly port: TelegramPort;
  readonly network: TelegramNetwork;
}): TelegramDeskRig {
  const folder = mkdtempSync(join(tmpdir(), 'pult-telegram-'));
  const dirs = { telegram: join(folder, 'telegram'), tmp: join(folder, 'tmp') };
  for (const dir of Object.values(dirs)) mkdirSync(dir);
  const clock = createFakeClock();
  const random = createSeededRandom(7);
  const db = openDb({ file: join(folder, 'pult.db'), clock, log: silentLogger });
  const store = createTelegramStore(db);
  const settings = createSettingStore(db);
  const { port, world } = createMemoryTelegram({ clock, random: createSeededRandom(3) });
  const ownBox = createSecretBox([{ origin: 'f', key: Buffer.alloc(32, 1) }]);
  const person = Number(
    db.connection
      .prepare(
        "INSERT INTO person (uuid, name, role, created_at, revision) VALUES ('p', 'Орлова', 'lead', 0, 1)",
      )
      .run().lastInsertRowid,
  );
  const journal = createJournal({ db, clock, random, workstation: 'test' });
  const desks: { stop(): Promise<void> }[] = [];

  function start({ machineId = 'machine', secretBox = ownBox, beforeEntry }: StartOptions = {}): StartedDesk {
    const mortal = createMortal(real ? { clock: systemClock, port: real.port } : { clock, port });
    const watched: Journal = {
      ...journal,
      append(entry) {
        beforeEntry?.();
        return journal.append(entry);
      },
    };
    const seen = { signedIn: [] as number[], released: [] as number[], openAtHandOver: [] as number[] };
    const desk = createTelegramDesk({
      db,
      store,
      settings,
      journal: watched,
      secretBox,
      deskBox: secretBox,
      dirs,
      random,
      machineId,
      clock: mortal.clock,
      port: mortal.port,
      network: real?.network,
      log: silentLogger,
      device: 'rig',
      engine: 'twin',
      liveStates: () => new Map(),
      onSignedIn(accountId) {
        seen.signedIn.push(accountId);
        seen.openAtHandOver.push(world.open);
      },
      release: async (accountId) => void seen.released.push(accountId),
    });
    let state: SignInState = { step: 'idle', waitUntil: null };
    const watching = new AbortController();
    void (async () => {
      for await (const next of desk.signIn.states(watching.signal)) state = next;
    })();
    const stop = async () => {
      watching.abort();
      if (!mortal.isDead()) await Promise.all([desk.stop(), clock.advance(5000)]);
    };
    desks.push({ stop });
    return {
      ...desk,
      ...seen,
      state: () => state,
      settle: () => settle(clock),
      stop,
      async kill() {
        watching.abort();
        await mortal.kill();
      },
    };
  }

  return {
    folder,
    clock,
    world,
    db,
    store,
    person,
    start,
    sessionFiles: () => readdirSync(dirs.telegram),
    databaseBytes: () =>
      Buffer.concat(
        readdirSync(folder)
          .filter((name) => name.startsWith('pult.db'))
          .map((name) => readFileSync(join(folder, name))),
      ),
    async close() {
      for (const desk of desks) await desk.stop();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As many turns as the longest chain of calls that waits for nothing. */
async function settle(clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await clock.advance(0);
}

/** A clock and a port that answer nobody any more once they are killed. */
function createMortal({ clock, port }: { readonly clock: Clock; readonly port: TelegramPort }) {
  const opened = new Set<TelegramConnection>();
  let dead = false;
  const alive = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      work.then(
        (value) => {
          if (!dead) resolve(value);
        },
        (failure: unknown) => {
          if (!dead) reject(failure as Error);
        },
      );
    });
  const guarded = (connection: TelegramConnection): TelegramConnection =>
    new Proxy(connection, {
      get(target, name: keyof TelegramConnection) {
        const call = target[name] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (dead) return new Promise(() => {});
          const answer = call(...args);
          return answer instanceof Promise ? alive(answer) : answer;
        };
      },
    });
  return {
    isDead: () => dead,
    clock: {
      ...clock,
      now: clock.now,
      elapsed: clock.elapsed,
      sleep: (ms, signal) => alive(clock.sleep(ms, signal)),
    } as Clock,
    port: {
      open(options) {
        const { events } = options;
        const connection = port.open({
          ...options,
          events: {
            onUpdates: (batch) => void (dead || events.onUpdates(batch)),
            onState: (state) => void (dead || events.onState(state)),
            onSignedOut: (reason) => void (dead || events.onSignedOut(reason)),
            onPause: (pause) => void (dead || events.onPause(pause)),
          },
        });
        opened.add(connection);
        return guarded(connection);
      },
    } as TelegramPort,
    async kill() {
      dead = true;
      for (const connection of opened) await connection.close();
    },
  };
}
