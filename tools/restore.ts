/** `npm run restore -- --from <backup> --to <data directory> [--recovery-key KEY|-]`: a desk out of a whole backup. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildOut, root, runUntilDone } from './run.ts';
import { isStale } from './stale.ts';

const usage = 'Usage: npm run restore -- --from BACKUP --to DIRECTORY [--recovery-key KEY|-]';

try {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      'recovery-key': { type: 'string' },
      'secret-store': { type: 'string' },
    },
  });
  const { from, to } = values;
  if (from === undefined || to === undefined) throw new Error(usage);
  if (isStale('out/main/host.js')) await buildOut('desk');
  const more = (['recovery-key', 'secret-store'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  process.exitCode = await runUntilDone(process.execPath, [
    join(root, 'out/main/host.js'),
    '--restore',
    from,
    '--data',
    to,
    ...more,
  ]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
