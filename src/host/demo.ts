import './node-guard.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Logger } from '../core/app-types.ts';
import type { TelegramServers } from '../core/training/start-training.ts';
import type { Host } from './run-host.ts';
import { runInTerminal } from './terminal.ts';

// Loaded after the guard has looked at Node: they bring the database driver.
const [{ createBackend }, { runHost }, { startTraining }] = await Promise.all([
  import('../core/app.ts'),
  import('./run-host.ts'),
  import('../core/training/start-training.ts'),
]);

await runInTerminal(async (args, onFatal): Promise<Host> => {
  const fresh = args.data === undefined ? mkdtempSync(join(tmpdir(), 'pult-demo-')) : undefined;
  const later = createLaterLog();
  const training = await startTraining({
    log: later.log,
    zone: zoneOfLesson(),
    seed: readSeed(),
    telegramServers: readTelegramServers(),
  });
  const stopTraining = async () => {
    await training.stop();
    if (fresh !== undefined) rmSync(fresh, { recursive: true, force: true });
  };
  try {
    const host = await runHost({
      // A lesson leaves nothing in a person's keyring.
      args: { ...args, 'secret-store': 'file', ...(fresh === undefined ? {} : { data: fresh }) },
      createBackend: async (options, capabilities) =>
        training.seat(await createBackend(options, capabilities)),
      rendererDir: join(import.meta.dirname, '../renderer'),
      workerPath: join(import.meta.dirname, 'parse-worker.js'),
      version: packageJson.version,
      environment: process.env,
      training: training.control,
      provision: training.provision,
      telegram: training.telegram,
      onFatal,
    });
    if (host.state !== 'running') {
      await stopTraining();
      return host;
    }
    later.follow(host.log);
    return {
      ...host,
      async stop() {
        await host.stop();
        await stopTraining();
      },
    };
  } catch (error) {
    await stopTraining();
    throw error;
  }
});

/** A machine without a zone of its own is likely a container; the letters of the lesson speak Moscow time. */
function zoneOfLesson(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ['UTC', 'Etc/UTC', 'Etc/Unknown', 'GMT'].includes(zone) ? 'Europe/Moscow' : zone;
}

/** For screenshots and tests: the same number makes the same shift. */
function readSeed(): number | undefined {
  const seed = Number(process.env['PULT_DEMO_SEED']);
  return Number.isSafeInteger(seed) && seed > 0 ? seed : undefined;
}

/** Started by `npm run demo` beside this process; a packaged lesson has none. */
function readTelegramServers(): TelegramServers | undefined {
  const text = process.env['PULT_DEMO_TELEGRAM'];
  return text === undefined ? undefined : (JSON.parse(text) as TelegramServers);
}

/** The mailbox is filled before the desk and its log exist; what is said until then is not kept. */
function createLaterLog(): { readonly log: Logger; follow(log: Logger): void } {
  let target: Logger | undefined;
  const log: Logger = {
    debug: (fields, event) => target?.debug(fields, event),
    info: (fields, event) => target?.info(fields, event),
    warn: (fields, event) => target?.warn(fields, event),
    error: (fields, event) => target?.error(fields, event),
    child: () => log,
  };
  return {
    log,
    follow(next) {
      target = next;
    },
  };
}
