import type { Clock } from '../platform/clock.ts';
import { untilAborted } from './sign-in-link.ts';
import { telegramError } from './telegram-error.ts';
import type { TelegramNetwork } from './telegram-network.ts';
import type { ApiKey, TelegramConnection, TelegramPort } from './telegram-port.ts';

export type ConnectionParts = {
  readonly port: TelegramPort;
  readonly network: TelegramNetwork | undefined;
  readonly clock: Clock;
};

/** Longer than a slow handshake takes; a person is waiting. */
const limitMs = 15_000;

/** Asks one thing over a connection made for it. Throws `network-unreachable` when Telegram does not answer in time. */
export async function overConnection<T>(
  { port, network, clock }: ConnectionParts,
  { api, session }: { readonly api: ApiKey; readonly session: string | undefined },
  ask: (connection: TelegramConnection) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const over = new AbortController();
  const events = {
    onUpdates: () => undefined,
    onState: () => undefined,
    onSignedOut: () => undefined,
    onPause: () => undefined,
  };
  const connection = port.open({ session, api, network, events });
  clock.sleep(limitMs, over.signal).then(
    () => limit.abort(telegramError('network-unreachable')),
    () => undefined,
  );
  try {
    await untilAborted(connection.connect(limit.signal), limit.signal);
    return await untilAborted(ask(connection), limit.signal);
  } finally {
    over.abort();
    await connection.close();
  }
}
