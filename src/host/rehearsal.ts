import './node-guard.ts';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { BackendOptions } from '../core/app-types.ts';
import { runInTerminal } from './terminal.ts';

// Loaded after the guard has looked at Node: they bring the database driver.
const [{ createBackend }, { runHost }] = await Promise.all([
  import('../core/app.ts'),
  import('./run-host.ts'),
]);

/**
 * The ordinary host with Telegram's test servers in place of Telegram, for end-to-end tests. Built beside the demo
 * only: the desk that dispatchers get cannot be pointed elsewhere.
 */
await runInTerminal((args, onFatal) =>
  runHost({
    args,
    createBackend,
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: packageJson.version,
    environment: process.env,
    telegram: { telegramNetwork: readNetwork() },
    onFatal,
  }),
);

function readNetwork(): BackendOptions['telegramNetwork'] {
  const text = process.env['PULT_TEST_TELEGRAM'];
  if (text === undefined) throw new Error('PULT_TEST_TELEGRAM names no test servers');
  return JSON.parse(text) as BackendOptions['telegramNetwork'];
}
