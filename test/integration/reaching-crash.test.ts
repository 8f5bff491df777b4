import { expect, test } from 'vitest';
import { reachPhases } from '../support/reaching-crash-phases.ts';
import { type ReachCrashReport, runReachCrashes } from '../support/reaching-crash-run.ts';

const {
  REACHING_CRASH_NOTIFICATIONS = '60',
  REACHING_CRASH_PEOPLE = '20',
  REACHING_CRASH_KILLS = '8',
  REACHING_CRASH_SEED = String(Date.now() % 100_000),
} = process.env;
const notifications = Number(REACHING_CRASH_NOTIFICATIONS);
const kills = Number(REACHING_CRASH_KILLS);
const seed = Number(REACHING_CRASH_SEED);

test(
  'whoever is called while channels fail and the desk is killed is reached or told of, and nothing comes twice',
  { timeout: 600_000 + kills * 20_000 },
  async () => {
    const people = Number(REACHING_CRASH_PEOPLE);
    const report = await runReachCrashes({ notifications, people, kills, seed });
    print(report);

    expect(report.problems).toEqual([]);
    expect(report.notifications.composed).toBe(notifications);
    if (kills >= 30) {
      for (const phase of reachPhases) expect(report.kills[phase], `kills in ${phase}`).toBeGreaterThan(0);
      expect(report.openAtKill.there, 'with the service and unknown to the desk').toBeGreaterThan(0);
    }
  },
);

function print({ kills: killed, starts, openAtKill, failures, ...report }: ReachCrashReport): void {
  const at = (share: number) => Math.round(starts[Math.floor((starts.length - 1) * share)] ?? 0);
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ');
  const lines = [
    `Crash test of ladders: ${notifications} notifications, ${kills} kills, seed ${seed}, ${report.seconds} s`,
    ...Object.entries(killed).map(([phase, count]) => `  ${phase.padEnd(10)} ${count}`),
    `  at a kill with the service and unknown to the desk ${openAtKill.there}, let go and not there ${openAtKill.notThere}`,
    `  notifications: ${list(report.notifications)}`,
    `  deliveries: ${list(report.deliveries)}`,
    `  attempts: ${list(report.attempts)}`,
    `  at the services: ${list(report.services)}`,
    `  money: ${list(report.money)}`,
    `  alarms: ${list(report.alarms)}`,
    `  failures played: ${list(failures)}`,
    `  start after a kill: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`,
  ];
  console.log(lines.join('\n'));
}
