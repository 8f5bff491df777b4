import { join } from 'node:path';
import { createBackend } from '../../src/core/app.ts';
import { loginLimits } from '../../src/core/mail/mail-timing.ts';
import { runHost } from '../../src/host/run-host.ts';
import { runInTerminal } from '../../src/host/terminal.ts';
import type { KillOrder } from './crash-phases.ts';
import { createKiller } from './crash-watch.ts';
import type { ReachPhase } from './reaching-crash-phases.ts';
import { watchReaching } from './reaching-crash-watch.ts';

/** As crash-host.ts, for what reaches people. */
const { PULT_CRASH_MARKS: marks = '' } = process.env;

const killer = createKiller<ReachPhase>();
watchReaching(marks, killer.entered);
process.on('message', (order) => killer.order(order as KillOrder<ReachPhase>));
Object.assign(loginLimits, { all: 100_000, useless: 100_000, spacing: [0] });

await runInTerminal((args, onFatal) =>
  runHost({
    args,
    createBackend,
    rendererDir: join(import.meta.dirname, '../renderer'),
    workerPath: join(import.meta.dirname, 'parse-worker.js'),
    version: '0.0.0',
    environment: process.env,
    onFatal,
  }),
);
