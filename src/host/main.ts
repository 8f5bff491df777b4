import './node-guard.ts';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import packageJson from '../../package.json' with { type: 'json' };
import { runInTerminal } from './terminal.ts';

// Loaded after the guard has looked at Node: they bring the database driver.
const [{ createBackend }, { restoreDesk }, { runHost }, { restoreInTerminal }] = await Promise.all([
  import('../core/app.ts'),
  import('../core/restore-desk.ts'),
  import('./run-host.ts'),
  import('./restore.ts'),
]);

await runInTerminal(async (args, onFatal) => {
  if (args.restore !== undefined) {
    await restoreInTerminal({
      args,
      environment: process.env,
      restoreDesk,
      readInput: () => text(process.stdin),
      write: (words) => void process.stdout.write(words),
    });
    return { state: 'done' };
  }
  return runHost({
    args,
    createBackend,
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: packageJson.version,
    environment: process.env,
    onFatal,
  });
});
