import { joinReports, type Report } from './test-report.ts';

export type Result = {
  readonly name: string;
  readonly report: Report;
  readonly ms: number;
  readonly why: string;
};

export type Summary = { readonly lines: readonly string[]; readonly code: 0 | 1 };

type Terms = {
  /** Nothing may be skipped. */
  readonly strict: boolean;
  /** For a skipped test that gave no reason itself. */
  readonly skipReason: (file: string) => string;
};

/** The last words of `npm test`: what ran, what was skipped and why, and the sum over all runners in the last line. */
export function summarise(results: readonly Result[], { strict, skipReason }: Terms): Summary {
  const all = joinReports(results.map(({ report }) => report));
  const mayNotSkip = strict && all.skipped.length > 0;
  const ran = all.passed + all.skipped.length > 0;
  return {
    lines: [
      '',
      'What ran',
      ...results.map(ranLine),
      ...list('Failed', all.failed),
      ...list('Passed only at the second try (a bug all the same)', all.flaky),
      ...skipLines(results, skipReason),
      ...(mayNotSkip ? ['', `CI may skip nothing, and ${all.skipped.length} were skipped`] : []),
      '',
      counts(all),
    ],
    code: all.failed.length > 0 || !ran || mayNotSkip ? 1 : 0,
  };
}

function ranLine({ name, report, ms, why }: Result): string {
  const reason = why === '' ? '' : `  ${why}`;
  return `  ${name.padEnd(12)} ${counts(report).padEnd(40)} ${(ms / 1000).toFixed(1)} s${reason}`;
}

function counts({ passed, failed, skipped }: Report): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

function skipLines(results: readonly Result[], skipReason: Terms['skipReason']): string[] {
  const byFile = new Map<string, { readonly reason: string; count: number }>();
  for (const { report, why } of results) {
    for (const { file, reason } of report.skipped) {
      const entry = byFile.get(file) ?? { reason: why || reason || skipReason(file), count: 0 };
      entry.count += 1;
      byFile.set(file, entry);
    }
  }
  if (byFile.size === 0) return ['', 'Nothing was skipped'];
  return list(
    'Skipped',
    [...byFile].map(([file, { reason, count }]) => `${file} (${count}): ${reason}`),
  );
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
