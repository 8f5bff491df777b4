import bigInt from 'big-integer';
import type { TelegramClient } from 'telegram';
import { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import { unlessAborted, withinTime } from './race.ts';

const intervalMs = 15_000;
const pongMs = 20_000;
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

/** Finds out that a line is dead although nobody said so; ends with the signal. */
export async function keepAlive(client: TelegramClient, clock: Clock, gone: AbortSignal): Promise<void> {
  for (let count = 1; !gone.aborted; count += 1) {
    await clock.sleep(intervalMs, gone).catch(() => {
      // Gone: the loop's condition ends it.
    });
    const { _sender: sender } = client;
    if (gone.aborted || sender === undefined || sender.isReconnecting || client._isSwitchingDc) continue;
    const ping = new Api.PingDelayDisconnect({ pingId: bigInt(count), disconnectDelay: hangUpAfter });
    try {
      await unlessAborted(withinTime(Promise.resolve(sender.send(ping)), pongMs, clock), gone);
    } catch {
      // No pong, whatever the reason: the line is made anew.
      if (!gone.aborted) sender.reconnect();
    }
  }
}
