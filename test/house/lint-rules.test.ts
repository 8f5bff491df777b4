import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

type Diagnostic = { readonly code: string; readonly filename: string };

const root = join(import.meta.dirname, '../..');

/** File, rule it breaks, text. Each must be reported, and only by that rule. */
const broken: readonly (readonly [string, string, string])[] = [
  ['src/core/mail/now.ts', 'house(no-ambient-time)', 'export const now = () => Date.now();'],
  ['src/core/mail/today.ts', 'house(no-ambient-time)', 'export const today = () => new Date();'],
  ['src/core/mail/dice.ts', 'house(no-ambient-time)', 'export const dice = () => Math.random();'],
  [
    'src/core/mail/later.ts',
    'house(no-ambient-time)',
    'export const later = (f: () => void) => setTimeout(f, 5);',
  ],
  [
    'src/core/mail/often.ts',
    'house(no-ambient-time)',
    'export const often = (f: () => void) => globalThis.setInterval(f, 5);',
  ],
  ['src/core/mail/home.ts', 'house(no-ambient-time)', "export const home = () => process.env['HOME'];"],
  [
    'src/core/mail/timers.ts',
    'house(no-ambient-time)',
    "import { setTimeout as wait } from 'node:timers/promises';\nexport const pause = wait;",
  ],
  ['src/shared/stamp.ts', 'house(no-ambient-time)', 'export const stamp = () => globalThis.Date.now();'],
  [
    'src/main/window.ts',
    'house(no-raw-ipc)',
    "import { ipcMain } from 'electron';\nexport const ipc = ipcMain;",
  ],
  [
    'src/main/desk-windows.ts',
    'house(no-raw-ipc)',
    "import { ipcMain } from 'electron';\nipcMain.removeAllListeners('x');",
  ],
  [
    'src/renderer/lib/rpc.ts',
    'house(no-raw-ipc)',
    "import * as electron from 'electron';\nexport const ipc = electron.ipcRenderer;",
  ],
  [
    'src/renderer/ui/title.tsx',
    'house(no-untranslated-text)',
    'export const Title = () => <h1>Очередь</h1>;',
  ],
  [
    'src/renderer/ui/quoted.tsx',
    'house(no-untranslated-text)',
    "export const Quoted = () => <b>{'Queue'}</b>;",
  ],
  [
    'src/renderer/ui/close.tsx',
    'house(no-untranslated-text)',
    'export const Close = () => <button type="button" aria-label="Close" />;',
  ],
  ['src/core/mail/print.ts', 'eslint(no-console)', "export const print = () => console.log('x');"],
  ['src/core/mail/any.ts', 'typescript(no-explicit-any)', 'export const loose = (x: any): unknown => x;'],
  [
    'src/core/mail/bang.ts',
    'typescript(no-non-null-assertion)',
    'export const bang = (x: string | undefined): string => x!;',
  ],
  [
    'src/core/mail/float.ts',
    'typescript(no-floating-promises)',
    'export const float = (p: () => Promise<void>): void => {\n  p();\n};',
  ],
  [
    'src/core/mail/switch.ts',
    'typescript(switch-exhaustiveness-check)',
    "export function word(x: 'a' | 'b'): string {\n  switch (x) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}",
  ],
  [
    'src/core/mail/cycle-a.ts',
    'import(no-cycle)',
    "import { b } from './cycle-b.ts';\nexport const a = (): number => b();",
  ],
  [
    'src/core/mail/cycle-b.ts',
    'import(no-cycle)',
    "import { a } from './cycle-a.ts';\nexport const b = (): number => a();",
  ],
  ['src/core/mail/default.ts', 'import(no-default-export)', 'export default 1;'],
  [
    'src/core/mail/shape.ts',
    'typescript(consistent-type-definitions)',
    'export interface Shape {\n  a: number;\n}',
  ],
  [
    'src/core/mail/long.ts',
    'eslint(max-lines)',
    Array.from({ length: 401 }, (_, n) => `export const line${n} = ${n};`).join('\n'),
  ],
  [
    'src/core/mail/long-function.ts',
    'house(max-own-lines)',
    `export function long(add: (n: number) => void): void {\n${Array.from({ length: 81 }, (_, n) => `  add(${n});`).join('\n')}\n}`,
  ],
];

/** The same deeds where they are allowed. */
const allowed: readonly (readonly [string, string])[] = [
  [
    'src/core/mail/factory.ts',
    `export function create(add: (n: number) => void): readonly (() => void)[] {\n  return [\n${Array.from({ length: 30 }, (_, n) => `    () => {\n      add(${n});\n    },`).join('\n')}\n  ];\n}`,
  ],
  ['src/core/platform/clock.ts', 'export const now = () => Date.now();'],
  ['src/host/env.ts', "export const home = () => process.env['HOME'];"],
  [
    'src/core/mail/parse-date.ts',
    'export const parse = (text: string, at: number) => [new Date(text), new Date(at)];',
  ],
  ['src/core/mail/now.test.ts', 'export const now = () => Date.now();'],
  ['src/main/desk-windows.ts', "import { ipcMain } from 'electron';\nexport const ipc = ipcMain;"],
  ['src/main/electron-port.ts', "import { ipcMain } from 'electron';\nipcMain.removeAllListeners('x');"],
  ['src/preload/index.ts', "import { ipcRenderer } from 'electron';\nvoid ipcRenderer.invoke('x');"],
  ['src/renderer/ui/count.tsx', 'export const Count = ({ n }: { readonly n: number }) => <b>+{n} ·</b>;'],
];

let house: string;
let reports: readonly Diagnostic[];
let healthy: readonly Diagnostic[];

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'pult-lint-'));
  reports = lint(
    join(house, 'broken'),
    broken.map(([path, , text]) => [path, text]),
  );
  healthy = lint(join(house, 'healthy'), allowed);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the linter refuses', () => {
  test.each(broken)('%s by %s', (path, rule) => {
    expect(reports.filter((report) => report.filename.endsWith(path)).map((report) => report.code)).toEqual([
      rule,
    ]);
  });
});

test('the linter lets the same deeds pass where they belong', () => {
  expect(healthy).toEqual([]);
});

/** Runs the real linter with the real configuration over a copy of the tree's shape. */
function lint(folder: string, files: readonly (readonly [string, string])[]): readonly Diagnostic[] {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  mkdirSync(join(folder, 'tools'));
  for (const shared of ['node_modules', 'tools/lint', 'tools/tsconfig.base.json'])
    symlinkSync(join(root, shared), join(folder, shared));
  for (const copied of ['.oxlintrc.json', 'tsconfig.json'])
    writeFileSync(join(folder, copied), readFileSync(join(root, copied)));
  const binary = join(root, 'node_modules/.bin/oxlint');
  const { stdout } = spawnSync(binary, ['--type-aware', '--format', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}
