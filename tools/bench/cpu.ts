import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of processor time by thread. */
export type CpuTimes = ReadonlyMap<string, number>;

const tickMs = 10;

/** Of every thread of a process; empty where Linux's /proc is missing. */
export function cpuTimes(pid: number): CpuTimes {
  try {
    const folder = `/proc/${pid}/task`;
    return new Map(readdirSync(folder).map((thread) => [thread, threadTime(`${folder}/${thread}/stat`)]));
  } catch {
    // Not Linux: the figure is left out.
    return new Map();
  }
}

/** What was spent between two looks: the busiest thread, which limits the speed, and all together. */
export function spentCpu(
  before: CpuTimes,
  after: CpuTimes,
): { readonly busiest: number; readonly all: number } {
  const spent = [...after].map(([thread, ms]) => ms - (before.get(thread) ?? 0));
  return { busiest: Math.max(0, ...spent), all: spent.reduce((sum, ms) => sum + ms, 0) };
}

function threadTime(file: string): number {
  const text = readFileSync(file, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
