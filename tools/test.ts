/**
 * `npm test`: every test that can run on this machine. Ends by saying what ran, what was skipped and why; the last line
 * is the sum over all runners. With CI set, a skip is a failure. `-- --only unit,e2e` runs a part.
 */
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromiumAdvice, findOrInstallChromium } from './find-chromium.ts';
import { buildOut, root, run } from './run.ts';
import { emptyReport, readPlaywrightReport, readVitestReport, type Skip } from './test-report.ts';
import { type Result, summarise } from './test-summary.ts';

type Runner = {
  readonly name: string;
  /** Vitest projects, or undefined for Playwright. */
  readonly projects?: readonly string[];
  readonly files: string;
  readonly needsBrowser?: true;
  readonly needsBuild?: true;
};

/** Cheap ones first: on two cores the builds go on beside the first, and every later runner takes both cores itself. */
const runners: readonly Runner[] = [
  {
    name: 'unit',
    projects: ['unit', 'contract', 'house'],
    files: '{src,test/contract,test/house}/**/*.test.ts',
  },
  { name: 'component', projects: ['component'], files: 'src/**/*.test.tsx', needsBrowser: true },
  {
    name: 'integration',
    projects: ['integration', 'successor'],
    files: 'test/{integration,support}/**/*.test.ts',
    needsBuild: true,
  },
  { name: 'e2e', files: 'test/e2e/**/*.e2e.ts', needsBrowser: true, needsBuild: true },
];

const reports = join(root, '.reports');
const strict = Boolean(process.env['CI']);
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = runners.filter(
  ({ name }) => values.only === undefined || values.only.split(',').includes(name),
);
if (chosen.length === 0) {
  console.error(`No such runner; there are ${runners.map(({ name }) => name).join(', ')}`);
  process.exit(64);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// One folder for all temporary files, gone at the end whatever a killed test left in it. Open to other users, because a
// mail server started by root serves as another one.
const temporary = mkdtempSync(join(tmpdir(), 'pult-test-'));
chmodSync(temporary, 0o755);
process.env['TMPDIR'] = temporary;
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const browser = chosen.some(({ needsBrowser }) => needsBrowser) ? findOrInstallChromium() : undefined;
const hasDovecot = existsSync('/usr/sbin/dovecot');
const built = chosen.some(({ needsBuild }) => needsBuild) ? buildBoth() : Promise.resolve(undefined);

const results: Result[] = [];
for (const runner of chosen) results.push(await runOne(runner));
const { lines, code } = summarise(results, { strict, skipReason });
for (const line of lines) console.log(line);
process.exitCode = code;

/** Resolves with what went wrong, so that a runner which needs no build still has its say. */
async function buildBoth(): Promise<string | undefined> {
  try {
    await buildOut('desk');
    await buildOut('demo');
    return undefined;
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
}

async function runOne(runner: Runner): Promise<Result> {
  const { name } = runner;
  if (runner.needsBrowser && !browser) {
    return { name, report: { ...emptyReport, skipped: declaredTests(runner) }, ms: 0, why: chromiumAdvice };
  }
  const buildFault = runner.needsBuild ? await built : undefined;
  if (buildFault !== undefined) {
    console.error(buildFault);
    return {
      name,
      report: { ...emptyReport, failed: [`${name}: nothing to test, the build failed`] },
      ms: 0,
      why: '',
    };
  }
  console.log(`\n--- ${name} ---`);
  const path = join(reports, `${name}.json`);
  const { code, ms } = await (runner.projects ? runVitest(runner.projects, path) : runPlaywright(path));
  const report = (runner.projects ? readVitestReport(path) : readPlaywrightReport(path)) ?? emptyReport;
  const silent = code !== 0 && report.failed.length === 0;
  return {
    name,
    report: silent ? { ...report, failed: [`${name}: the runner ended with code ${code}`] } : report,
    ms,
    why: '',
  };
}

function runVitest(projects: readonly string[], path: string): Promise<{ code: number; ms: number }> {
  const chosenProjects = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  return run('vitest', ['run', ...chosenProjects, ...reporters], { show: 'inherit' });
}

function runPlaywright(path: string): Promise<{ code: number; ms: number }> {
  const parameters = ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=line,json'];
  return run('playwright', parameters, { show: 'inherit', env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path } });
}

/** What a runner that cannot start would have run, read off the files; a table of cases counts as one. */
function declaredTests({ files }: Runner): Skip[] {
  return globSync(files, { cwd: root }).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/^\s*(?:test|it)(?:\.each)?\b[^'"`\n]*['"`](.+?)['"`]/gm)].map(([, title]) => ({
      file,
      title: title ?? '',
    }));
  });
}

/** A test says itself what it needs by what it imports; the commonest lack is the mail server. */
function skipReason(file: string): string {
  const path = join(root, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!hasDovecot && /dovecot/i.test(text)) return 'no Dovecot: apt-get install dovecot-imapd dovecot-lmtpd';
  const told = /skip reason: (.+)/.exec(text)?.[1];
  return told ?? 'switched off in the test itself';
}
