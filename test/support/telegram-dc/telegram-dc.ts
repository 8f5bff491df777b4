import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';
import { createAuthKeys } from './auth-key.ts';
import { createDispatch } from './dispatch.ts';
import { createFaults } from './faults.ts';
import { allMethods } from './methods/all-methods.ts';
import { createOperations } from './operations.ts';
import { createRecords } from './records.ts';
import { openRsaKey } from './rsa-key.ts';
import { createServerClock } from './server-clock.ts';
import { createServices } from './services.ts';
import { createSockets } from './sockets.ts';
import { createWorld } from './world/world.ts';

export type TelegramDcOptions = {
  /** An RSA private key; default the one in this folder. */
  readonly pem?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly dcIds?: readonly number[];
  /** Messages per chat and events per log that stay; default all. What a difference no longer has is too long. */
  readonly keepMessages?: number;
};

export type TelegramDc = ReturnType<typeof createTelegramDc>;

/** Telegram's servers on this machine: strict towards clients, obedient towards tests. */
export function createTelegramDc(options: TelegramDcOptions = {}) {
  const { pem, now = Date.now, dcIds = [2, 4], keepMessages = Number.POSITIVE_INFINITY } = options;
  const clock = createServerClock(now);
  const rsa = openRsaKey(pem);
  const keys = createAuthKeys();
  const faults = createFaults();
  const records = createRecords(now);
  const ports = new Map<number, number>();
  const services = createServices(keys, ports);
  const world = createWorld({
    clock,
    keep: keepMessages,
    push: (account, updates, except) => sockets.push(account, updates, except),
  });
  const onMessage = createDispatch({ world, clock, services, faults, records, methods: allMethods });
  const sockets = createSockets({ dcIds, ports, rsa, clock, keys, faults, records, onMessage });

  return {
    ...createOperations({ world, clock, keys, services, faults, records, sockets }),
    start: sockets.listen,
    stop: sockets.close,
    /** Where the client finds these servers; known from the first start on. */
    network: (): TelegramNetwork => ({ ports: Object.fromEntries(ports), key: rsa.publicKey }),
  };
}
