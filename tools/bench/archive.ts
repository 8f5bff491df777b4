import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root, run } from '../run.ts';

/** Changes whenever the seed makes other data. */
const seedVersion = 2;

export type Size = {
  readonly incidents: number;
  readonly letters: number;
  /** With a registry, and with everything incidents have besides letters. */
  readonly registry?:
    | { readonly poles: number; readonly stations: number; readonly days: number }
    | undefined;
};

/** A data directory with the archive, made once per schema and kept in BENCH_DATA (the temporary folder unless set). */
export async function seededArchive({ incidents, letters, registry }: Size): Promise<string> {
  const cache = process.env['BENCH_DATA'] ?? join(tmpdir(), 'pult-bench-data');
  const extra = registry ? [registry.poles, registry.stations, registry.days].map(String) : [];
  const sizes = [String(incidents), String(letters), ...extra];
  const finished = join(cache, [schemaKey(), ...sizes].join('-'));
  if (existsSync(finished)) return finished;
  const startedAt = performance.now();
  const program = join(root, 'node_modules/.cache/pult-seed');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'tools/seed-database.ts'),
      outDir: program,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'seed.js' } },
    },
  });
  const draft = `${finished}.${process.pid}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const { code } = await run('node', [join(program, 'seed.js'), draft, ...sizes], {
    show: 'inherit',
  });
  if (code !== 0) throw new Error('The archive could not be made');
  renameSync(draft, finished);
  console.log(`  made in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return finished;
}

/** The bench works on a copy: what it changes must not be there the next time. */
export function copyArchive(archive: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(archive, to, { recursive: true });
}

function schemaKey(): string {
  const folder = join(root, 'src/core/db/migrations');
  const hash = createHash('sha256').update(String(seedVersion));
  for (const name of readdirSync(folder).toSorted())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
