import type { DeliveryState } from './reaching.ts';

/** Why a ladder went no further by a step, or what it still does there. */
export const stepEnds = [
  /** Of the plan, and not its turn yet or never. */
  'not-taken',
  /** Waits to be sent, or for its receipt. */
  'waiting',
  /** What was awaited came: nothing further was needed. */
  'came',
  'failed',
  'unknown',
  /** It left, and the receipt that was awaited did not come in time. */
  'no-receipt',
  /** It arrived, and nobody said so in time. */
  'no-acknowledgement',
  /** The awaited came when the ladder had already moved on. */
  'too-late',
  /** Acknowledged another way, or called off, before it was its end. */
  'stopped',
] as const;
export type StepEnd = (typeof stepEnds)[number];

const reached = {
  accepted: 'acceptedAt',
  delivered: 'deliveredAt',
  read: 'readAt',
  acknowledged: 'acknowledgedAt',
} as const;
export type AwaitedReceipt = keyof typeof reached;

export type StepFacts = {
  readonly waitFor: AwaitedReceipt;
  readonly state: DeliveryState;
  readonly sentAt: number | null;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly failedAt: number | null;
  /** When the next step was taken, or the ladder ended without success. */
  readonly movedAt: number | null;
  /** When the notification ended, whatever the reason. */
  readonly endedAt: number | null;
};

/** Says in one word why the ladder left a step; everything it says can be seen in the times of the step. */
export function stepEnd(facts: StepFacts): { readonly end: StepEnd; readonly at: number | null } {
  const { movedAt, state } = facts;
  const came = awaitedAt(facts);
  if (came !== null && (movedAt === null || came <= movedAt)) return { end: 'came', at: came };
  if (state === 'cancelled') return { end: 'stopped', at: facts.endedAt };
  if (came !== null) return { end: 'too-late', at: came };
  if (state === 'failed') return { end: 'failed', at: facts.failedAt ?? movedAt };
  if (state === 'unknown') return { end: 'unknown', at: movedAt };
  if (movedAt !== null) {
    const isAsked = facts.waitFor === 'acknowledged' && furthest(facts) !== null;
    return { end: isAsked ? 'no-acknowledgement' : 'no-receipt', at: movedAt };
  }
  return facts.endedAt === null ? { end: 'waiting', at: null } : { end: 'stopped', at: facts.endedAt };
}

/** A later receipt says the earlier ones, too: whoever has read it has got it. */
function awaitedAt(facts: StepFacts): number | null {
  const order = ['accepted', 'delivered', 'read', 'acknowledged'] as const;
  const times = order
    .slice(order.indexOf(facts.waitFor))
    .map((name) => facts[reached[name]])
    .filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function furthest({ deliveredAt, readAt, acceptedAt }: StepFacts): number | null {
  return readAt ?? deliveredAt ?? acceptedAt;
}
