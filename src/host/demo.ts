import './node-guard.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { TelegramServers } from '../core/training/start-training.ts';
import type { Host } from './run-host.ts';
import { runInTerminal } from './terminal.ts';

// Loaded after the guard has looked at Node: they bring the database driver.
const [{ createBackend }, { runHost }, { startLesson }, { startTraining }] = await Promise.all([
  import('../core/app.ts'),
  import('./run-host.ts'),
  import('./lesson.ts'),
  import('../core/training/start-training.ts'),
]);

await runInTerminal(async (args, onFatal): Promise<Host> => {
  const fresh = args.data === undefined ? mkdtempSync(join(tmpdir(), 'pult-demo-')) : undefined;
  const lesson = await startLesson({
    startTraining,
    createBackend,
    environment: process.env,
    telegramServers: readTelegramServers(),
    leaves: fresh,
  });
  try {
    const host = await runHost({
      // A lesson leaves nothing in a person's keyring.
      args: { ...args, 'secret-store': 'file', ...(fresh === undefined ? {} : { data: fresh }) },
      createBackend: lesson.createBackend,
      rendererDir: join(import.meta.dirname, '../renderer'),
      workerPath: join(import.meta.dirname, 'parse-worker.js'),
      version: packageJson.version,
      environment: process.env,
      training: lesson.control,
      provision: lesson.provision,
      telegram: lesson.telegram,
      onFatal,
    });
    if (host.state !== 'running') {
      await lesson.stop();
      return host;
    }
    lesson.follow(host.log);
    return {
      ...host,
      async stop() {
        await host.stop();
        await lesson.stop();
      },
    };
  } catch (error) {
    await lesson.stop();
    throw error;
  }
});

/** Started by `npm run demo` beside this process; without it chats are played in memory. */
function readTelegramServers(): TelegramServers | undefined {
  const text = process.env['PULT_DEMO_TELEGRAM'];
  return text === undefined ? undefined : (JSON.parse(text) as TelegramServers);
}
