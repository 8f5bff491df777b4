import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };

const root = join(import.meta.dirname, '../..');
const config = join(root, '.dependency-cruiser.mjs');
const ruleNames: readonly string[] = (await import(config)).default.forbidden.map(
  (rule: { readonly name: string }) => rule.name,
);

let violations: readonly Violation[];

beforeAll(() => {
  violations = cruise(join(root, 'test/fixtures/broken-house'));
});

describe('on a house with every wall broken', () => {
  test.each(ruleNames)('the rule %s fires', (name) => {
    expect(violations.map((violation) => violation.rule.name)).toContain(name);
  });

  test.each([
    ['core/mail reaching incidents', 'src/core/mail/reaches-incidents.ts', 'mail'],
    ['core/mail reaching past the entry of intake', 'src/core/mail/reaches-deep-intake.ts', 'mail'],
    ['core/notify reaching a channel', 'src/core/notify/reaches-mail.ts', 'notify'],
    ['a shell reaching into core', 'src/host/reaches-deep-core.ts', 'host'],
    ['one feature reaching another', 'src/renderer/features/incident/reaches-queue.ts', 'renderer-features'],
    ['production code reaching the training', 'src/core/reaches-training.ts', 'training-has-one-entry'],
  ])('names %s', (_what, from, rule) => {
    expect(
      violations.filter((violation) => violation.from === from).map((violation) => violation.rule.name),
    ).toContain(rule);
  });

  test('leaves the healthy rooms alone', () => {
    const blamed = new Set(violations.map((violation) => violation.from));

    expect(
      [...blamed].filter((file) => !/(reaches-|uses-|cycle-|imports-test|host\/demo)/.test(file)),
    ).toEqual([]);
  });
});

/** Exits non-zero when walls are broken, which here is the wish: the report is read either way. */
function cruise(folder: string): readonly Violation[] {
  const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const output = run(process.execPath, [binary, 'src', '--config', config, '--output-type', 'json'], folder);
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

function run(command: string, parameters: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, parameters, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64e6,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (failure) {
    return (failure as { stdout: string }).stdout;
  }
}
