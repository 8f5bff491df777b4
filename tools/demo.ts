/** `npm run demo`: builds the training desk when it is missing or old, and runs it with whatever flags were given. */
import { join } from 'node:path';

import { buildOut, root, runUntilDone } from './run.ts';
import { isStale } from './stale.ts';

if (isStale('out-demo/renderer/index.html')) {
  console.log('Building the training desk…');
  await buildOut('demo');
}
process.exitCode = await runUntilDone(process.execPath, [
  join(root, 'out-demo/main/demo.js'),
  ...process.argv.slice(2),
]);
