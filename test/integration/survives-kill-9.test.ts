// skip reason: Dovecot is not installed (Debian package dovecot-imapd)
import { describe, expect, test } from 'vitest';
import { runFirstStarts } from '../support/crash-first-start.ts';
import { crashPhases } from '../support/crash-phases.ts';
import { type CrashReport, runCrashes } from '../support/crash-run.ts';
import { hasDovecot } from '../support/dovecot.ts';

const { CRASH_ROUNDS = '40', CRASH_SEED = String(Date.now() % 100_000), CRASH_CURSOR } = process.env;
const rounds = Number(CRASH_ROUNDS);
const seed = Number(CRASH_SEED);
/** Breaks the desk on purpose: the first test must then fail. */
const cursor = CRASH_CURSOR === 'apart' ? 'apart' : 'with-rows';

describe.skipIf(!hasDovecot)('a desk that is killed in the middle of its work', () => {
  test(
    'loses no letter, no accepted command and no answer, and does nothing twice',
    { timeout: 120_000 + rounds * 8000 },
    async () => {
      const report = await runCrashes({ rounds, seed, cursor });
      print(report);

      expect(report.problems).toEqual([]);
      expect(report.letters).toBeGreaterThan(rounds);
      expect(report.commands).toBeGreaterThan(rounds);
      if (rounds >= 40) {
        for (const phase of crashPhases) expect(report.kills[phase], `kills in ${phase}`).toBeGreaterThan(0);
        expect(report.resolved.afterKill + report.resolved.afterSilence).toBeGreaterThan(0);
      }
      expect(report.starts.at(-1), 'the slowest start after a kill, ms').toBeLessThan(10_000);
    },
  );

  test('starts when its very first start was killed', { timeout: 120_000 }, async () => {
    expect(await runFirstStarts(4, seed)).toEqual([5, 5, 5, 5]);
  });

  test(
    'would lose letters if the cursor moved in a transaction of its own, and this test notices',
    { timeout: 180_000 },
    async () => {
      const report = await runCrashes({ rounds: 4, seed, cursor: 'apart', aim: 'store' });
      console.log(`cursor apart: ${report.lost} of ${report.letters} letters lost in 4 kills`);

      expect(report.lost).toBeGreaterThan(0);
      expect(report.problems.filter((words) => words.startsWith('lost:'))).toHaveLength(report.lost);
    },
  );
});

function print({ kills, starts, ...report }: CrashReport): void {
  const at = (share: number) => Math.round(starts[Math.floor((starts.length - 1) * share)] ?? 0);
  const lines = [
    `crash test: ${report.rounds} kills, seed ${seed}, ${report.seconds} s`,
    ...Object.entries(kills).map(([phase, count]) => `  ${phase.padEnd(10)} ${count}`),
    `  letters on the server ${report.letters}, lost ${report.lost}`,
    `  commands accepted ${report.commands}, letters sent ${report.sent}, own copies in Sent ${report.copiesPlaced}`,
    `  unanswered at a kill and asked again: ${report.askedAgain.done} done already, ${report.askedAgain.undone} not`,
    `  unknown: ${report.resolved.afterKill + report.resolved.afterSilence} resolved by Sent ` +
      `(${report.resolved.afterKill} after a kill, ${report.resolved.afterSilence} after silence), ${report.unknownAtServer + report.unknownNeverThere} shown ` +
      `(${report.unknownAtServer} had arrived, ${report.unknownNeverThere} had not)`,
    `  start after a kill: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`,
  ];
  console.log(lines.join('\n'));
}
