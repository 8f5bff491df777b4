import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { checkAcceptance } from '../../tools/acceptance.ts';
import { findBuildFaults, findTestServerFaults, spellingsOfTestKey } from '../../tools/check-build.ts';
import { findChromium } from '../../tools/find-chromium.ts';
import { findLockFaults } from '../../tools/lockfile.ts';
import { nextMigrationName } from '../../tools/new-migration.ts';
import { emptyReport, readPlaywrightReport, readVitestReport } from '../../tools/test-report.ts';
import { summarise } from '../../tools/test-summary.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-tools-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string | object): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
  return file;
}

describe('the build check', () => {
  const whole = [
    'main/index.js',
    'main/host.js',
    'main/parse-worker.js',
    'main/table-worker.js',
    'main/paper-worker.js',
    'preload/index.cjs',
    'renderer/index.html',
  ];

  test('passes a whole build', () => {
    for (const file of whole) put(file, '');

    expect(findBuildFaults(folder)).toEqual([]);
  });

  test('names each entry that is missing', () => {
    for (const file of whole.slice(1)) put(file, '');

    expect(findBuildFaults(folder)).toEqual(['main/index.js was not built']);
  });

  test.each(['main/demo.js', 'main/rehearsal.js', 'main/training.js'])(
    'refuses %s, which is of the training build',
    (entry) => {
      for (const file of [...whole, entry]) put(file, '');

      expect(findBuildFaults(folder)).toEqual([expect.stringContaining(`${entry} is of the training build`)]);
    },
  );

  test('finds the training server however deep it was bundled', () => {
    for (const file of whole) put(file, '');
    put('main/chunks/play.js', "import hoodiecrow from 'hoodiecrow-imap';");

    expect(findBuildFaults(folder)).toEqual([
      expect.stringContaining('main/chunks/play.js carries training code'),
    ]);
  });

  test.each([
    '// src/core/training/shift.ts\nconst shift = 1;',
    '//#region src/host/demo.ts',
    '// node_modules/smtp-server/lib/server.js',
    'const { SMTPServer } = require("smtp-server");',
    'await import("hoodiecrow-imap");',
  ])('finds it in %j', (text) => {
    for (const file of whole) put(file, '');
    put('main/host.js', text);

    expect(findBuildFaults(folder)).toHaveLength(1);
  });

  const spellings = spellingsOfTestKey(
    readFileSync(join(import.meta.dirname, '../support/telegram-dc/test-key.pem'), 'utf8'),
  );

  test.each(spellings.map((spelling, index) => ({ index, spelling })))(
    'refuses a program that trusts the key of the test servers, spelling $index',
    ({ spelling }) => {
      for (const file of whole) put(file, '');
      put('main/chunks/telegram.js', `const key = '${spelling}';`);

      expect(findBuildFaults(folder)).toEqual([expect.stringContaining('trusts the key')]);
    },
  );

  test('refuses the key in a packed lesson as well, and whatever could point one at test servers', () => {
    put('out-demo/main/training.js', '');
    expect(findTestServerFaults(folder)).toEqual([]);

    put('out-demo/main/chunks/telegram.js', `const key = '${spellings[0]}';`);
    put('out-demo/main/rehearsal.js', "process.env['PULT_TEST_TELEGRAM']");
    put('out-demo/main/demo.js', "process.env['PULT_DEMO_TELEGRAM']");

    expect(findTestServerFaults(folder).toSorted()).toEqual([
      expect.stringContaining('chunks/telegram.js trusts the key'),
      expect.stringContaining('demo.js can be pointed elsewhere'),
      expect.stringContaining('rehearsal.js can be pointed elsewhere'),
    ]);
  });

  test('knows the test key by its number too, not only by its file', () => {
    expect(spellings.some((spelling) => /^\d{600,}$/.test(spelling))).toBe(true);
  });

  test('takes a list of dependencies for what it is', () => {
    for (const file of whole) put(file, '');
    put('main/host.js', 'var manifest = { "smtp-server": "3.21.6" };');

    expect(findBuildFaults(folder)).toEqual([]);
  });

  test('refuses a preload that is a module', () => {
    for (const file of whole) put(file, '');
    put('preload/index.cjs', "import { contextBridge } from 'electron';");

    expect(findBuildFaults(folder)).toEqual([expect.stringContaining('sandboxed preload')]);
  });
});

test('the build check refuses a preload that needs more than the sandbox gives', () => {
  put('preload/index.cjs', 'let electron = require("electron"); let zod = require("zod");');

  expect(findBuildFaults(folder)).toContain(
    'preload/index.cjs requires zod, which the sandbox does not give',
  );
});

describe('the acceptance check', () => {
  const tests = {
    'a.test.ts': "test('keeps the letter', () => {});\ntest.each(x)('opens %s', () => {});",
    'docs/bench.md': '| c | search, p95 | 20 ms | ≤ 30 ms | MET | n |\n| b | intake | 1 | ≥ 2 | MISSED | n |',
    'tools/check.ts': "tool('deps', 'depcruise'), { name: 'host', run }",
    '.ci/run': '# npm test\nnpm ci\n',
    'a.ts': "test('keeps the letter')",
  };
  const read = (path: string) => (tests as Record<string, string>)[path];
  const page = (row: string, open = '') =>
    `| Sentence | Screen | Test |\n| --- | --- | --- |\n${row}\n\n## Not yet covered\n${open}`;

  test('accepts a row whose test exists, and counts what is open', () => {
    const result = checkAcceptance(
      page('| Kept | queue | `a.test.ts`: "keeps the letter" |', '\n- later\n'),
      read,
    );

    expect(result).toEqual({ rows: 1, open: 1, faults: [] });
  });

  test('accepts the title of a table of cases', () => {
    expect(checkAcceptance(page('| Opens | - | `a.test.ts`: "opens %s" |'), read).faults).toEqual([]);
  });

  test.each([
    '`docs/bench.md`: "search, p95"',
    '`tools/check.ts`: "deps"',
    '`tools/check.ts`: "host"',
    '`.ci/run`: "npm ci"',
  ])('accepts %s', (proof) =>
    expect(checkAcceptance(page(`| Kept | - | ${proof} |`), read).faults).toEqual([]),
  );

  test.each([
    ['a figure that was missed', '| Kept | - | `docs/bench.md`: "intake" |'],
    ['a figure nobody measured', '| Kept | - | `docs/bench.md`: "search" |'],
    ['a check there is not', '| Kept | - | `tools/check.ts`: "depcruise" |'],
    ['a command that is only talked about', '| Kept | - | `.ci/run`: "npm test" |'],
    ['a file that holds no tests', '| Kept | - | `a.ts`: "keeps the letter" |'],
    ['a file that is not there', '| Kept | queue | `b.test.ts`: "keeps the letter" |'],
    ['a title nobody tests', '| Kept | queue | `a.test.ts`: "keeps" |'],
    ['no test at all', '| Kept | queue | soon |'],
  ])('refuses a row with %s', (_what, row) => {
    expect(checkAcceptance(page(row), read).faults).toHaveLength(1);
  });
});

describe('the lock file check', () => {
  const manifest = { dependencies: { a: '1.0.0' } };

  test('passes a lock that matches', () => {
    put('package.json', manifest);
    put('package-lock.json', { packages: { '': manifest, 'node_modules/a': { version: '1.0.0' } } });

    expect(findLockFaults(folder)).toEqual([]);
  });

  test('finds a platform package that only other systems need', () => {
    put('package.json', manifest);
    put('package-lock.json', {
      packages: { '': manifest, 'node_modules/a': { optionalDependencies: { 'a-win32-x64': '1.0.0' } } },
    });

    expect(findLockFaults(folder)).toEqual([expect.stringContaining('a-win32-x64')]);
  });

  test('finds a dependency the lock has not seen, a range, and a registry', () => {
    put('package.json', { dependencies: { a: '1.0.0', b: '^2.0.0' } });
    put('package-lock.json', {
      packages: { '': manifest, 'node_modules/a': { resolved: 'https://packages.example/a.tgz' } },
    });

    expect(findLockFaults(folder)).toEqual([
      expect.stringContaining('b is not pinned'),
      expect.stringContaining('b not at all'),
      expect.stringContaining('binds node_modules/a'),
    ]);
  });
});

describe('the test report', () => {
  test('counts a file that broke while loading as a failure', () => {
    const path = put('unit.json', {
      testResults: [
        {
          name: '/x/a.test.ts',
          status: 'passed',
          assertionResults: [
            { fullName: 'a', status: 'passed' },
            { fullName: 'b', status: 'skipped' },
          ],
        },
        { name: 'b.test.ts', status: 'failed', assertionResults: [] },
      ],
    });

    expect(readVitestReport(path)).toMatchObject({
      passed: 1,
      failed: ['b.test.ts'],
      skipped: [{ title: 'b' }],
    });
  });

  test('shows a second try as flaky and still as passed', () => {
    const specs = (['expected', 'flaky', 'unexpected', 'skipped'] as const).map((status) => ({
      title: status,
      file: 'desk.e2e.ts',
      tests: [
        {
          status,
          annotations: status === 'skipped' ? [{ type: 'skip', description: 'no mail server' }] : [],
        },
      ],
    }));
    const path = put('e2e.json', {
      errors: [],
      suites: [
        {
          title: 'desk.e2e.ts',
          file: 'desk.e2e.ts',
          specs: [],
          suites: [{ title: 'the desk', file: 'desk.e2e.ts', specs }],
        },
      ],
    });

    expect(readPlaywrightReport(path)).toEqual({
      passed: 2,
      failed: ['test/e2e/desk.e2e.ts: the desk › unexpected'],
      skipped: [{ file: 'test/e2e/desk.e2e.ts', title: 'the desk › skipped', reason: 'no mail server' }],
      flaky: ['test/e2e/desk.e2e.ts: the desk › flaky'],
    });
  });

  test('knows nothing of a runner that wrote no report', () => {
    expect(readVitestReport(join(folder, 'none.json'))).toBeUndefined();
  });
});

describe('the end of a test run', () => {
  const skip = (file: string, title: string, reason?: string) => ({ file, title, ...(reason && { reason }) });
  const skipped = [
    skip('mail.test.ts', 'a'),
    skip('mail.test.ts', 'b'),
    skip('card.test.ts', 'c', 'no sound'),
  ];
  const unit = { name: 'unit', report: { ...emptyReport, passed: 7 }, ms: 1500, why: '' };
  const mail = { name: 'mail', report: { ...emptyReport, passed: 1, skipped }, ms: 0, why: '' };
  const end = (results: Parameters<typeof summarise>[0], strict = false) =>
    summarise(results, { strict, skipReason: (file) => `no Dovecot for ${file}` });

  test('says what ran, what was skipped and why, and the sum in the last line', () => {
    const { lines, code } = end([unit, mail]);

    expect(lines.slice(1)).toEqual([
      'What ran',
      expect.stringMatching(/^  unit +7 passed, 0 failed, 0 skipped +1\.5 s$/),
      expect.stringMatching(/^  mail +1 passed, 0 failed, 3 skipped +0\.0 s$/),
      '',
      'Skipped',
      '  mail.test.ts (2): no Dovecot for mail.test.ts',
      '  card.test.ts (1): no sound',
      '',
      '8 passed, 0 failed, 3 skipped',
    ]);
    expect(code).toBe(0);
  });

  test('is a failure when something was skipped where nothing may be, when a test failed and when none ran', () => {
    const broken = { ...unit, report: { ...emptyReport, passed: 7, failed: ['a.test.ts: a'] } };

    expect(end([unit, mail], true)).toMatchObject({ code: 1 });
    expect(end([unit, mail], true).lines).toContain('CI may skip nothing, and 3 were skipped');
    expect([end([unit], true).code, end([broken]).code, end([]).code]).toEqual([0, 1, 1]);
    expect(end([broken]).lines).toContain('  a.test.ts: a');
  });
});

describe('the search for a browser', () => {
  test('takes CHROMIUM at its word, and nothing else when that is wrong', () => {
    const chosen = put('browser', '');

    expect(findChromium({ CHROMIUM: chosen })).toBe(chosen);
    expect(findChromium({ CHROMIUM: join(folder, 'gone') })).toBeUndefined();
  });
});

describe('a new migration', () => {
  test('takes the next number', () => {
    expect(
      nextMigrationName(
        ['0001_spine.sql', '0001_spine.test.ts', '0009_search.sql', 'README.md'],
        'outbox-lease',
      ),
    ).toBe('0010_outbox-lease');
  });

  test.each(['Outbox', 'outbox_lease', '../evil', ''])('refuses the name "%s"', (name) => {
    expect(() => nextMigrationName([], name)).toThrow('kebab-case');
  });
});
