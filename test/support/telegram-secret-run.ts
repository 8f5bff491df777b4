import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataDir } from '../../src/core/platform/data-dir.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { createSecretBox } from '../../src/host/secret-box.ts';
import { readSecretKeys } from '../../src/host/secret-keys.ts';
import { readSession } from '../../src/core/telegram/gramjs/session-text.ts';
import type { SignInState } from '../../src/shared/contract/telegram.ts';
import { toAppError } from '../../src/shared/errors.ts';
import { createLetIn, openCrashPage, type CrashPage } from './crash-page.ts';
import { buildCrashHost, type CrashHost, startCrashHost } from './crash-process.ts';
import { findSecrets, findSecretsIn, type Leak, type Secret } from './find-secrets.ts';
import { until, writeTelegramCrashConfig } from './telegram-crash-desk.ts';
import { startTelegramDcProcess, type TelegramControl } from './telegram-dc/control-client.ts';

/** The real host over Telegram's test servers, and everything it leaves on the disk or says in a terminal. */
export type SecretRun = {
  readonly rpc: CrashPage['rpc'];
  readonly control: TelegramControl;
  /** Where everything is: data, temporary files, configuration. */
  readonly folder: string;
  /** Resolves when the page is told such a step. */
  untilStep<Step extends SignInState['step']>(
    step: Step,
  ): Promise<Extract<SignInState, { readonly step: Step }>>;
  /** What every page was told of signing in so far. */
  readonly told: readonly SignInState[];
  /** The sessions that lie sealed now, opened as the desk does. */
  sessions(): Promise<readonly { readonly text: string; readonly key: Buffer }[]>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): void;
  /** Everywhere, the terminal included. */
  leaks(secrets: readonly Secret[]): readonly Leak[];
  close(): Promise<void>;
};

export async function startSecretRun(): Promise<SecretRun> {
  const dir = mkdtempSync(join(tmpdir(), 'pult-telegram-secrets-'));
  const folder = join(dir, 'desk');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const dataDir = join(folder, 'data');
  const entry = await buildCrashHost(
    join(dir, 'build'),
    new URL('./telegram-crash-host.ts', import.meta.url),
  );
  const dc = await startTelegramDcProcess();
  const config = writeTelegramCrashConfig(folder);
  const env = { PULT_TEST_TELEGRAM: JSON.stringify(dc.network), TMPDIR: temporary };
  const told: SignInState[] = [];
  const watching = new AbortController();
  let started = Promise.withResolvers<CrashHost>();
  let host: CrashHost;
  let terminal = '';

  const start = (): void => {
    host = startCrashHost({ entry, dataDir, config, marks: join(dir, 'marks'), env });
    started.resolve(host);
  };
  const gone = async (signal: 'SIGKILL' | 'SIGTERM') => {
    host.kill(signal);
    await host.ended;
    terminal += host.output();
    started = Promise.withResolvers();
  };
  const link = async () => (await (await started.promise).ready).link;
  const page = openCrashPage({ link, letIn: createLetIn(), person: 0, random: createSeededRandom(1) });
  page.rpc.telegram.signIn({}, (state) => void told.push(state), { signal: watching.signal });
  start();
  return {
    rpc: page.rpc,
    control: dc.control,
    folder,
    told,
    async untilStep(step) {
      let found: SignInState | undefined;
      await until(`signing in is at ${step}`, () => (found = told.at(-1))?.step === step);
      return found as Extract<SignInState, { step: typeof step }>;
    },
    async sessions() {
      const { telegram } = createDataDir(dataDir);
      const box = createSecretBox(await readSecretKeys(dataDir, undefined));
      return readdirSync(telegram).map((name) => {
        const { session } = JSON.parse(box.open(readFileSync(join(telegram, name), 'utf8'))) as {
          readonly session: string;
        };
        return { text: session, key: Buffer.from(readSession(session).key) };
      });
    },
    kill: () => gone('SIGKILL'),
    stop: () => gone('SIGTERM'),
    start,
    leaks: (secrets) => [
      ...findSecrets(folder, secrets),
      ...findSecretsIn('terminal', terminal + host.output(), secrets),
    ],
    async close() {
      watching.abort();
      page.close();
      await gone('SIGKILL');
      await dc.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The reason of a failure that is expected. */
export function reasonOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (failure: unknown) => toAppError(failure).reason ?? toAppError(failure).code,
  );
}
