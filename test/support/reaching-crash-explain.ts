import type { AttemptRow, DeliveryRow, ReachRows, ReceiptRow } from './reaching-crash-rows.ts';

const order: readonly string[] = ['failed', 'accepted', 'delivered', 'read', 'acknowledged'];

/**
 * A delivery's state once more, from its attempts, what the provider said and what people answered; undefined when it is
 * the stored one.
 */
export function explainState(rows: ReachRows, delivery: DeliveryRow): string | undefined {
  const attempts = rows.attempts.filter(({ deliveryId }) => deliveryId === delivery.id);
  const receipts = rows.receipts.filter(({ deliveryId }) => deliveryId === delivery.id);
  const said = afterReceipts(afterAttempts(delivery, attempts), receipts);
  if (said === delivery.state) return undefined;
  // Who pressed its button has got it, whatever the service says or fails to say.
  const isAnswered = rows.answers.some(
    ({ notificationId, channel, verb }) =>
      notificationId === delivery.notificationId && channel === delivery.channel && verb !== null,
  );
  const hasLeft = attempts.some(({ outcome }) => outcome === 'accepted' || outcome === 'unknown');
  if (delivery.state === 'acknowledged' && isAnswered && hasLeft) return undefined;
  const told = [
    ...attempts.map(({ outcome, code }) => `${outcome} ${code ?? ''}`),
    ...receipts.map((one) => one.status),
  ];
  return `by its rows it is ${said}: ${told.join(', ')}`;
}

function afterAttempts({ state, errorCode }: DeliveryRow, attempts: readonly AttemptRow[]): string {
  const left = attempts.find(({ outcome }) => outcome === 'accepted' || outcome === 'unknown');
  if (left?.outcome === 'accepted') return 'accepted';
  if (left) return 'unknown';
  // Nothing has left: it was given up for a reason, or nobody wanted it any more.
  if (state === 'cancelled') return 'cancelled';
  return errorCode === null ? 'queued' : 'failed';
}

/** Forward only; a failure counts until it is known to have arrived. */
function afterReceipts(state: string, receipts: readonly ReceiptRow[]): string {
  let reached = state;
  for (const { status } of receipts) {
    if (status === 'failed') {
      if (order.indexOf(reached) <= order.indexOf('accepted')) reached = 'failed';
    } else if (
      reached === 'failed' ? status !== 'accepted' : order.indexOf(status) > order.indexOf(reached)
    ) {
      reached = status;
    }
  }
  return reached;
}
