import type { Receipt } from '../../shared/domain/channels.ts';
import type { RouteDriver, Sent } from './route-driver.ts';

const secondMs = 1000;
const waits = [5, 10, 20, 40, 80, 160, 300, 600, 900] as const;
/** No provider remembers a message for longer. */
const longestPollingMs = 72 * 3_600_000;
const order: readonly Receipt[] = ['accepted', 'delivered', 'read', 'acknowledged'];

/** Each question comes later than the one before; null: nothing more will be told. */
export function nextPollAt(polls: number, sentAt: number, now: number): number | null {
  if (now - sentAt > longestPollingMs) return null;
  return now + (waits[Math.min(polls, waits.length - 1)] ?? waits[0]) * secondMs;
}

/** null where the service cannot be asked, or cannot tell more than it did. */
export function firstPollAt(driver: RouteDriver, sent: Sent, now: number): number | null {
  if (!driver.poll || sent.providerId === null || !canTellMore(driver, sent.status)) return null;
  return nextPollAt(0, now, now);
}

/** An acknowledgement is people's to give: no service is asked for it. */
export function canTellMore({ receipts }: RouteDriver, state: string): boolean {
  const at = order.findIndex((receipt) => receipt === state);
  return receipts.some((receipt) => receipt !== 'acknowledged' && order.indexOf(receipt) > at);
}
