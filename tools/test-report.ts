import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

import { root } from './run.ts';

export type Skip = {
  readonly file: string;
  readonly title: string;
  /** As the test itself gave it. */
  readonly reason?: string;
};

export type Report = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly Skip[];
  /** Passed at the second try only: a bug in the test or in the desk. */
  readonly flaky: readonly string[];
};

export const emptyReport: Report = { passed: 0, failed: [], skipped: [], flaky: [] };

type VitestJson = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

/** undefined when the runner died before it could write. */
export function readVitestReport(path: string): Report | undefined {
  const json = readJson<VitestJson>(path);
  if (!json) return undefined;
  const tests = json.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({
      file: tidy(name),
      title: result.fullName.trim(),
      status: result.status,
    })),
  );
  // A file that broke while loading has no tests to blame.
  const brokenFiles = json.testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
    )
    .map(({ name }) => tidy(name));
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: [
      ...tests.filter(({ status }) => status === 'failed').map(({ file, title }) => `${file}: ${title}`),
      ...brokenFiles,
    ],
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ file, title }) => ({ file, title })),
    flaky: [],
  };
}

type PlaywrightSuite = {
  readonly title: string;
  readonly file: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      readonly annotations?: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
};

type PlaywrightJson = {
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: readonly { readonly message?: string }[];
};

/** undefined when the runner died before it could write. */
export function readPlaywrightReport(path: string): Report | undefined {
  const json = readJson<PlaywrightJson>(path);
  if (!json) return undefined;
  const tests = json.suites.flatMap((suite) => flatten(suite, []));
  const named = (status: string) => tests.filter((one) => one.status === status);
  return {
    passed: named('expected').length + named('flaky').length,
    failed: [
      ...named('unexpected').map(({ file, title }) => `${file}: ${title}`),
      ...json.errors.map(({ message }) => `playwright: ${(message ?? 'failed').split('\n')[0] ?? ''}`),
    ],
    skipped: named('skipped').map(({ file, title, reason }) => ({
      file,
      title,
      ...(reason ? { reason } : {}),
    })),
    flaky: named('flaky').map(({ file, title }) => `${file}: ${title}`),
  };
}

export function joinReports(reports: readonly Report[]): Report {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.flatMap((report) => report.failed),
    skipped: reports.flatMap((report) => report.skipped),
    flaky: reports.flatMap((report) => report.flaky),
  };
}

type FlatTest = Skip & { readonly status: string };

function flatten(suite: PlaywrightSuite, above: readonly string[]): FlatTest[] {
  const path = suite.title === suite.file ? above : [...above, suite.title];
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map(({ status, annotations = [] }) => ({
      file: tidy(isAbsolute(spec.file) ? spec.file : `test/e2e/${spec.file}`),
      title: [...path, spec.title].filter(Boolean).join(' › '),
      status,
      reason: annotations.find(({ type }) => type === 'skip')?.description ?? '',
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => flatten(inner, path))];
}

function tidy(file: string): string {
  return isAbsolute(file) ? relative(root, file).replaceAll('\\', '/') : file;
}

function readJson<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}
