import { readFileSync } from 'node:fs';

/**
 * The way of a notification: a step is queued, taken up for sending, let go (its bytes are handed to the socket), in the
 * service's hands, its outcome written; a provider's word and a person's answer are taken in.
 */
export const reachPhases = ['climb', 'claim', 'wrote', 'taken', 'settle', 'receipt', 'answer'] as const;

export type ReachPhase = (typeof reachPhases)[number];

/** Of two phases that go on at once, the shorter one is the rarer catch. */
const shortestFirst: readonly ReachPhase[] = [
  'wrote',
  'receipt',
  'answer',
  'climb',
  'settle',
  'claim',
  'taken',
];

/** What the dead host was doing: the phase that was wanted when it was among them. */
export function reachPhaseAtDeath(marksFile: string, wanted: ReachPhase | undefined): ReachPhase | 'between' {
  const marks = readFileSync(marksFile);
  const active = reachPhases.filter((_phase, index) => (marks[index] ?? 0) > 0);
  if (wanted !== undefined && active.includes(wanted)) return wanted;
  return shortestFirst.find((phase) => active.includes(phase)) ?? 'between';
}
