import './node-guard.ts';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { runInTerminal } from './terminal.ts';

// Loaded after the guard has looked at Node: they bring the database driver.
const [{ createBackend }, { runHost }] = await Promise.all([
  import('../core/app.ts'),
  import('./run-host.ts'),
]);

await runInTerminal((args, onFatal) =>
  runHost({
    args,
    createBackend,
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: packageJson.version,
    environment: process.env,
    onFatal,
  }),
);
