import { expect, test } from 'vitest';
import { sendPhases } from '../support/telegram-crash-phases.ts';
import { runTelegramCrashes, type TelegramCrashReport } from '../support/telegram-crash-run.ts';

const { TELEGRAM_CRASH_ROUNDS = '20', TELEGRAM_CRASH_SEED = String(Date.now() % 100_000) } = process.env;
const rounds = Number(TELEGRAM_CRASH_ROUNDS);
const seed = Number(TELEGRAM_CRASH_SEED);

test(
  'a message that is being sent when the desk is killed is on the server once, and shown as sent',
  { timeout: 180_000 + rounds * 15_000 },
  async () => {
    const report = await runTelegramCrashes({ rounds, seed });
    print(report);

    expect(report.problems).toEqual([]);
    expect(report.written).toBeGreaterThanOrEqual(rounds);
    if (rounds >= 20) {
      for (const phase of sendPhases) expect(report.kills[phase], `kills in ${phase}`).toBeGreaterThan(0);
      expect(report.openAtKill.there, 'on the server and unknown to the desk').toBeGreaterThan(0);
    }
  },
);

function print({ kills, starts, rests, openAtKill, ...report }: TelegramCrashReport): void {
  const at = (times: readonly number[], share: number) =>
    Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
  const spread = (times: readonly number[]) =>
    `p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, max ${at(times, 1)} ms`;
  const lines = [
    `Telegram crash test: ${report.rounds} rounds, seed ${seed}, ${report.seconds} s`,
    ...Object.entries(kills).map(([phase, count]) => `  ${phase.padEnd(10)} ${count}`),
    `  messages ${report.written}, of them from an incident's card ${report.fromIncident}; files ${report.files}`,
    `  at a kill on the server and unknown to the desk ${openAtKill.there}, begun and not there ${openAtKill.notThere}`,
    `  said again and answered with "sent before" ${report.sentBefore}`,
    `  start after a kill: ${spread(starts)}`,
    `  from then until all is sent: ${spread(rests)}`,
  ];
  console.log(lines.join('\n'));
}
