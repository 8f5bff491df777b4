import { join } from 'node:path';
import { createBackend } from '../../src/core/app.ts';
import type { BackendOptions } from '../../src/core/app-types.ts';
import { runHost } from '../../src/host/run-host.ts';
import { runInTerminal } from '../../src/host/terminal.ts';
import type { KillOrder } from './crash-phases.ts';
import { createKiller } from './crash-watch.ts';
import type { SendPhase } from './telegram-crash-phases.ts';
import { watchSending } from './telegram-crash-watch.ts';

/**
 * The host as src/host/rehearsal.ts starts it, with one difference: what it is doing is marked in a file, and an order
 * that comes over the IPC channel kills it there.
 */
const { PULT_CRASH_MARKS: marks = '', PULT_TEST_TELEGRAM: network = '' } = process.env;

const killer = createKiller<SendPhase>();
watchSending(marks, killer.entered);
process.on('message', (order) => killer.order(order as KillOrder<SendPhase>));

await runInTerminal((args, onFatal) =>
  runHost({
    args,
    createBackend,
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: '0.0.0',
    environment: process.env,
    telegram: { telegramNetwork: JSON.parse(network) as BackendOptions['telegramNetwork'] },
    onFatal,
  }),
);
