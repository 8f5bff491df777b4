import { readFileSync } from 'node:fs';

/** What a host may be in the middle of, in the order of a letter's way. Several may go on at once. */
export const crashPhases = ['fetch', 'store', 'parse', 'assign', 'smtp-data', 'commit'] as const;

export type CrashPhase = (typeof crashPhases)[number];

/** Die by SIGKILL so long after entering this phase for the nth time from now. */
export type KillOrder<Phase extends string = CrashPhase> = {
  readonly phase: Phase;
  readonly nth: number;
  readonly delayMicros: number;
};

/** Of two phases that go on at once, the shorter one is the rarer catch. */
const shortestFirst: readonly CrashPhase[] = ['commit', 'assign', 'smtp-data', 'store', 'parse', 'fetch'];

/** What the dead host was doing: the phase that was wanted when it was among them. */
export function phaseAtDeath(marksFile: string, wanted: CrashPhase | undefined): CrashPhase | 'between' {
  const marks = readFileSync(marksFile);
  const active = crashPhases.filter((_phase, index) => (marks[index] ?? 0) > 0);
  if (wanted !== undefined && active.includes(wanted)) return wanted;
  return shortestFirst.find((phase) => active.includes(phase)) ?? 'between';
}
