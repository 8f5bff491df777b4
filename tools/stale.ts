import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What a build is made of; a change of any of these makes it stale. */
const sources = ['src', 'resources', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** Whether the build whose last written file is `witness` is missing or older than what it is made of. */
export function isStale(witness: string, from: readonly string[] = sources): boolean {
  const built = join(root, witness);
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return from.some((path) => newest(join(root, path)) > builtAt);
}

/** Tests are not built, so they do not age a build. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
