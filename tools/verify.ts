/**
 * `npm run verify -- <data directory or database file> [--files] [--head <sequence>:<hash>]`: proves that nothing of the
 * journal was changed, by nothing but the file. Reads only, also a backup, also while the desk works. Exit code 0 when
 * everything is right, 1 when something is wrong, 2 when it cannot be looked at.
 */
import { parseArgs } from 'node:util';
import { verifyData, type Check } from './verify/verify-data.ts';

const { values, positionals } = parseArgs({
  options: { files: { type: 'boolean', default: false }, head: { type: 'string' } },
  allowPositionals: true,
});
const [path] = positionals;

try {
  if (path === undefined)
    throw new Error('verify <data directory or database file> [--files] [--head n:hash]');
  const progress = (text: string) => void (process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`));
  const checks = await verifyData({ path, files: values.files, head: values.head, progress });
  progress('');
  for (const check of checks) console.log(lineOf(check));
  process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 2;
}

function lineOf({ ok, name, text }: Check): string {
  return `${ok ? 'ok   ' : 'WRONG'} ${name}: ${text}`;
}
