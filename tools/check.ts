/** `npm run check`: everything that needs no test runner, cheapest first, with a summary. The CI runs the very same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';

import { findBuildFaults } from './check-build.ts';
import { smokeHost } from './host-smoke.ts';
import { findLockFaults } from './lockfile.ts';
import { root, run } from './run.ts';

type Check = {
  readonly name: string;
  /** Resolves with a word for the table, or throws what is wrong. */
  run(): Promise<string>;
};

const checks: readonly Check[] = [
  { name: 'node', run: checkNode },
  { name: 'lockfile', run: checkLockfile },
  { name: 'changelog', run: checkChangelog },
  tool('acceptance', 'node', ['tools/acceptance.ts']),
  tool('format', 'oxfmt', ['--check', '.']),
  tool('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
  tool('types', 'node', ['tools/types.ts']),
  tool('deps', 'depcruise', ['src', '--config', '.dependency-cruiser.mjs']),
  tool('dead', 'knip', []),
  { name: 'build', run: checkBuild },
  { name: 'host', run: checkHost },
  tool('package', 'node', ['tools/check-package.ts']),
];

const { values } = parseArgs({
  options: { only: { type: 'string' }, 'keep-going': { type: 'boolean', default: false } },
});
const chosen = choose(values.only);
const rows: {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'not run';
  readonly ms: number;
  readonly note: string;
}[] = [];
let broken = false;
for (const check of chosen) {
  if (broken && !values['keep-going']) {
    rows.push({ name: check.name, state: 'not run', ms: 0, note: '' });
    continue;
  }
  const startedAt = performance.now();
  try {
    const note = await check.run();
    rows.push({ name: check.name, state: 'passed', ms: performance.now() - startedAt, note });
  } catch (failure) {
    broken = true;
    console.error(
      `\n--- ${check.name} ---\n${failure instanceof Error ? failure.message : String(failure)}\n`,
    );
    rows.push({ name: check.name, state: 'failed', ms: performance.now() - startedAt, note: '' });
  }
}
printTable();
process.exitCode = broken ? 1 : 0;

function choose(only: string | undefined): readonly Check[] {
  if (only === undefined) return checks;
  const names = only.split(',').map((name) => name.trim());
  const stranger = names.find((name) => !checks.some((check) => check.name === name));
  if (stranger !== undefined) {
    console.error(
      `No check is called "${stranger}"; there are ${checks.map((check) => check.name).join(', ')}`,
    );
    process.exit(64);
  }
  return checks.filter((check) => names.includes(check.name));
}

function printTable(): void {
  const colours = { passed: 'green', failed: 'red', 'not run': 'dim' } as const;
  const total = rows.reduce((sum, row) => sum + row.ms, 0);
  for (const row of rows) {
    const state = styleText(colours[row.state], row.state.padEnd(8));
    console.log(`${row.name.padEnd(12)}${state}${(row.ms / 1000).toFixed(1).padStart(7)} s  ${row.note}`);
  }
  console.log(`${broken ? 'check failed' : 'check passed'} in ${(total / 1000).toFixed(1)} s`);
}

function tool(name: string, command: string, parameters: readonly string[]): Check {
  return {
    name,
    async run() {
      const { code, output } = await run(command, parameters, { show: 'keep' });
      if (code !== 0) throw new Error(output.trim());
      return lastWord(name, output);
    },
  };
}

/** These two end with a sentence worth a place in the table. */
function lastWord(name: string, output: string): string {
  return name === 'acceptance' || name === 'package' ? (output.trim().split('\n').at(-1) ?? '') : '';
}

async function checkNode(): Promise<string> {
  const wanted = readFileSync(join(root, '.node-version'), 'utf8').trim();
  if (process.versions.node !== wanted) {
    throw new Error(
      `Node is ${process.versions.node}, not ${wanted}. Run it as "npm run check", after "npm ci".`,
    );
  }
  return wanted;
}

async function checkLockfile(): Promise<string> {
  const faults = findLockFaults(root);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return '';
}

async function checkChangelog(): Promise<string> {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const unreleased = /^## \[?Unreleased\]?\s*$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text)?.[1] ?? '';
  if (!/^- /m.test(unreleased)) throw new Error('CHANGELOG.md has no entry under "Unreleased"');
  return '';
}

async function checkBuild(): Promise<string> {
  const { code, output } = await run('electron-vite', ['build', '--logLevel', 'warn'], { show: 'keep' });
  if (code !== 0) throw new Error(output.trim());
  const faults = findBuildFaults(join(root, 'out'));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return '';
}

async function checkHost(): Promise<string> {
  const { startedMs } = await smokeHost(join(root, 'out/main/host.js'));
  return `answered after ${startedMs} ms`;
}
