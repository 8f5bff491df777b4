import { join } from 'node:path';
import { createBackend } from '../../src/core/app.ts';
import { loginLimits } from '../../src/core/mail/mail-timing.ts';
import { runHost } from '../../src/host/run-host.ts';
import { runInTerminal } from '../../src/host/terminal.ts';
import type { KillOrder } from './crash-phases.ts';
import { createKiller, watchPhases } from './crash-watch.ts';

/**
 * The host as src/host/main.ts starts it, with three differences: what it is doing is marked in a file, an order that
 * comes over the IPC channel kills it, and two hundred starts an hour do not use up the login budget.
 */
const { PULT_CRASH_MARKS: marks = '', PULT_CRASH_CURSOR: cursor } = process.env;

const killer = createKiller();
watchPhases(marks, killer.entered);
process.on('message', (order) => killer.order(order as KillOrder));
Object.assign(loginLimits, { all: 100_000, useless: 100_000, spacing: [0] });

await runInTerminal((args, onFatal) =>
  runHost({
    args,
    createBackend: (options, capabilities) =>
      createBackend({ ...options, cursorMoves: cursor === 'apart' ? 'apart' : 'with-rows' }, capabilities),
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: '0.0.0',
    environment: process.env,
    onFatal,
  }),
);
