import { readFileSync } from 'node:fs';

/**
 * The way of a message: into the outbox, taken from it, its files up, its request in the library's hands, its request
 * on the wire, its answer here and not yet in the outbox.
 */
export const sendPhases = ['write', 'claim', 'upload', 'hand-over', 'answer', 'settle'] as const;

export type SendPhase = (typeof sendPhases)[number];

/** Of two phases that go on at once, the shorter one is the rarer catch. */
const shortestFirst: readonly SendPhase[] = ['write', 'hand-over', 'settle', 'claim', 'answer', 'upload'];

/** What the dead host was doing: the phase that was wanted when it was among them. */
export function sendPhaseAtDeath(marksFile: string, wanted: SendPhase | undefined): SendPhase | 'between' {
  const marks = readFileSync(marksFile);
  const active = sendPhases.filter((_phase, index) => (marks[index] ?? 0) > 0);
  if (wanted !== undefined && active.includes(wanted)) return wanted;
  return shortestFirst.find((phase) => active.includes(phase)) ?? 'between';
}
