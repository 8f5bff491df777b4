/** `npm run migration -- outbox-lease`: the next number, a skeleton and a test that fails until it is written. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../src/core/db/migrations');

/** Four digits, contiguous from one: two branches that take the same number are meant to conflict in git. */
export function nextMigrationName(existing: readonly string[], what: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(what)) throw new Error(`Not a kebab-case name: "${what}"`);
  const numbers = existing
    .map((name) => /^(\d{4})_/.exec(name)?.[1])
    .filter((digits) => digits !== undefined);
  const next = Math.max(0, ...numbers.map(Number)) + 1;
  return `${String(next).padStart(4, '0')}_${what}`;
}

function sqlSkeleton(what: string): string {
  return `-- ${what.replaceAll('-', ' ')}: say why this shape, and what reads it.\n`;
}

function testSkeleton(name: string): string {
  return `import { expect, test } from 'vitest';

test('${name} keeps every row a desk of the version before had', () => {
  expect.fail('open a database one version older, fill it, migrate, and look at the rows');
});
`;
}

if (import.meta.main) {
  const what = process.argv[2];
  if (!what) {
    console.error('Usage: npm run migration -- what-it-does');
    process.exit(64);
  }
  const name = nextMigrationName(readdirSync(folder), what);
  writeFileSync(join(folder, `${name}.sql`), sqlSkeleton(what), { flag: 'wx' });
  writeFileSync(join(folder, `${name}.test.ts`), testSkeleton(name), { flag: 'wx' });
  console.log(`src/core/db/migrations/${name}.sql and its test`);
}
