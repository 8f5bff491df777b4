import bigInt from 'big-integer';
import type { TelegramClient } from 'telegram';
import { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import { unlessAborted, withinTime } from './race.ts';

const intervalMs = 15_000;
const pongMs = 20_000;
/** How soon it is looked at again once it did not answer. */
const doubtMs = 5000;
/** Time for a missed pong and for the library to make another line. */
const deadMs = 50_000;
/** Without another ping the server hangs up after so long; seconds. */
const hangUpAfter = 75;

/**
 * Takes the place of the library's own pings, which give up a line that needs more than three seconds for an answer: a
 * slow line would be cut every nine seconds.
 */
export function replacePings(client: TelegramClient): void {
  // The library starts its loop where this says that it has none, with another data centre once more.
  Object.defineProperty(client, '_loopStarted', { get: () => true, set() {} });
}

/**
 * Finds out that a line is dead although nobody said so, and has the library make another one. When that does not help
 * the client itself stands still, however it sees that: `onDead`, once. Ends with the signal.
 */
export async function keepAlive(
  client: TelegramClient,
  clock: Clock,
  gone: AbortSignal,
  onDead: () => void,
): Promise<void> {
  let aliveAt = clock.elapsed();
  let isAlive = true;
  const leftMs = () => aliveAt + deadMs - clock.elapsed();
  for (let count = 1; !gone.aborted; count += 1) {
    await clock.sleep(isAlive ? intervalMs : Math.min(doubtMs, leftMs()), gone).catch(() => {
      // Gone: the loop's condition ends it.
    });
    if (gone.aborted) return;
    isAlive = await isAnswered(client, clock, gone, { count, waitMs: Math.min(pongMs, leftMs()) });
    if (isAlive) aliveAt = clock.elapsed();
    else if (leftMs() <= 0 && !gone.aborted) {
      onDead();
      return;
    }
  }
}

type Ping = { readonly count: number; readonly waitMs: number };

async function isAnswered(
  client: TelegramClient,
  clock: Clock,
  gone: AbortSignal,
  { count, waitMs }: Ping,
): Promise<boolean> {
  const { _sender: sender } = client;
  if (sender === undefined || sender.isReconnecting || client._isSwitchingDc) return false;
  const ping = new Api.PingDelayDisconnect({ pingId: bigInt(count), disconnectDelay: hangUpAfter });
  try {
    await unlessAborted(withinTime(Promise.resolve(sender.send(ping)), waitMs, clock), gone);
    return true;
  } catch {
    // No pong, whatever the reason: the line is made anew.
    if (!gone.aborted) sender.reconnect();
    return false;
  }
}
