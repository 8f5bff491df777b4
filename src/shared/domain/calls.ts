import type { AnswerVerb } from './reaching.ts';

/** Where a call stands; `declined`: nobody is left to ask, `cancelled`: the dispatcher took it back. */
export const callStates = [
  'pending',
  'accepted',
  'on-the-way',
  'in-progress',
  'completed',
  'declined',
  'cancelled',
] as const;
export type CallState = (typeof callStates)[number];

export const turnOutcomes = ['accepted', 'declined', 'silent', 'withdrawn'] as const;
export type TurnOutcome = (typeof turnOutcomes)[number];

export const callClockKinds = ['accept', 'arrive', 'complete'] as const;
export type CallClockKind = (typeof callClockKinds)[number];

export const contractorStates = [
  'waiting',
  'accepted',
  'on-the-way',
  'in-progress',
  'done',
  'declined',
  'withdrawn',
] as const;
export type ContractorState = (typeof contractorStates)[number];

/** How far a call has come once somebody has taken it; it never goes back by an answer. */
const order = ['pending', 'accepted', 'on-the-way', 'in-progress', 'completed'] as const;
type Taken = (typeof order)[number];

const statesOf: Readonly<Record<Exclude<AnswerVerb, 'cannot'>, Taken>> = {
  accepted: 'accepted',
  'on-the-way': 'on-the-way',
  'in-progress': 'in-progress',
  done: 'completed',
};

export type CallMove =
  /** On to a later state; whoever says "done" at once has accepted too. */
  | { readonly to: Exclude<Taken, 'pending'> }
  /** Whoever it is with will not do it. */
  | { readonly to: 'next' }
  /** Said before, or said out of order: it changes nothing. */
  | { readonly to: 'same' }
  | { readonly to: 'over' };

/** What an answer of the one whom the call is with means. */
export function callMove(state: CallState, verb: AnswerVerb): CallMove {
  const at = order.indexOf(state as Taken);
  if (at < 0) return { to: 'over' };
  if (verb === 'cannot') return { to: state === 'completed' ? 'over' : 'next' };
  const to = statesOf[verb];
  if (order.indexOf(to) <= at) return { to: 'same' };
  return to === 'pending' ? { to: 'same' } : { to };
}

const contractorOrder: readonly ContractorState[] = [
  'waiting',
  'accepted',
  'on-the-way',
  'in-progress',
  'done',
];

/** What a contractor's word makes of a hand-over; undefined when it changes nothing. */
export function contractorMove(state: ContractorState, verb: AnswerVerb): ContractorState | undefined {
  if (state === 'withdrawn' || state === 'done') return undefined;
  if (verb === 'cannot') return state === 'declined' ? undefined : 'declined';
  // Whoever refused may take it after all.
  const at = state === 'declined' ? 0 : contractorOrder.indexOf(state);
  return contractorOrder.indexOf(verb) > at ? verb : undefined;
}

/** It lies with somebody or waits for somebody. */
export function isCallOpen(state: CallState): boolean {
  return state !== 'completed' && state !== 'declined' && state !== 'cancelled';
}

export function isCallTaken(state: CallState): boolean {
  return state === 'accepted' || state === 'on-the-way' || state === 'in-progress';
}

/** Which clocks run while a call stands where it stands. */
export function callClockOf(state: CallState): CallClockKind | null {
  if (state === 'pending') return 'accept';
  if (state === 'accepted' || state === 'on-the-way') return 'arrive';
  return state === 'in-progress' ? 'complete' : null;
}
