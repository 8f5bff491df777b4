/**
 * `npm run demo`: builds the training desk when it is missing or old, starts Telegram's test servers beside it, and
 * runs it with whatever flags were given.
 */
import { join } from 'node:path';

import { startTelegramDcProcess } from '../test/support/telegram-dc/control-client.ts';
import { buildOut, root, runUntilDone } from './run.ts';
import { isStale } from './stale.ts';

if (isStale('out-demo/renderer/index.html')) {
  console.log('Building the training desk…');
  await buildOut('demo');
}
const { network, controlUrl, stop } = await startTelegramDcProcess();
process.exitCode = await runUntilDone(
  process.execPath,
  [join(root, 'out-demo/main/demo.js'), ...process.argv.slice(2)],
  { PULT_DEMO_TELEGRAM: JSON.stringify({ network, control: controlUrl }) },
);
await stop();
