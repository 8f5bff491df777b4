import bigInt from 'big-integer';
import { Logger, PromisedNetSockets } from 'telegram/extensions/index.js';
import { LogLevel } from 'telegram/extensions/Logger.js';
import { StringSession } from 'telegram/sessions/index.js';
import { _serverKeys } from 'telegram/crypto/RSA.js';
import { TelegramClient } from 'telegram';
import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';

const api = { id: 12_345, hash: '0123456789abcdef0123456789abcdef' };

export type BareClientOptions = {
  /** A session string. */
  readonly saved?: string;
  /** Where to begin; default 2. */
  readonly dcId?: number;
};

/** The client library with nothing around it; it can reach the test servers and nothing else. */
export function createBareClient(
  network: TelegramNetwork,
  { saved = '', dcId = 2 }: BareClientOptions = {},
): TelegramClient {
  const { fingerprint, modulus, exponent } = network.key;
  _serverKeys.clear();
  _serverKeys.set(fingerprint, { n: bigInt(modulus), e: exponent });
  class TestSocket extends PromisedNetSockets {
    override connect(_port: number, ip: string) {
      const port = network.ports[Number(/^10\.0\.0\.(\d+)$/.exec(ip)?.[1])];
      if (port === undefined) throw new Error(`not a test server: ${ip}`);
      return super.connect(port, '127.0.0.1');
    }
  }
  const session = new StringSession(saved);
  if (saved === '') session.setDC(dcId, `10.0.0.${dcId}`, 443);
  return new TelegramClient(session, api.id, api.hash, {
    networkSocket: TestSocket,
    connectionRetries: 5,
    retryDelay: 100,
    requestRetries: 2,
    floodSleepThreshold: 0,
    securityChecks: true,
    baseLogger: new Logger(LogLevel.NONE),
    deviceModel: 'Test',
    systemVersion: '1',
    appVersion: '1',
  });
}

export async function signIn(
  client: TelegramClient,
  who: { readonly phone: string; readonly password?: string },
) {
  await client.start({
    phoneNumber: () => Promise.resolve(who.phone),
    phoneCode: () => Promise.resolve('12345'),
    password: () => Promise.resolve(who.password ?? ''),
    onError: (error) => {
      throw error;
    },
  });
}
