import bigInt from 'big-integer';
import { TelegramClient } from 'telegram';
import { _serverKeys } from 'telegram/crypto/RSA.js';
import { Raw } from 'telegram/events/index.js';
import { UpdateConnectionState } from 'telegram/network/index.js';
import { Api } from 'telegram/tl/index.js';
import type { Logger } from '../../platform/logger.ts';
import { toTelegramError } from './telegram-errors.ts';
import { telegramError } from '../telegram-error.ts';
import type { ApiKey } from '../telegram-port.ts';
import type { TelegramNetwork } from '../telegram-network.ts';
import { applyCorrections } from './corrections.ts';
import { createDeskSession, NoEntities, type DeskSession, type SessionPlace } from './desk-session.ts';
import { readLongsFast } from './fast-longs.ts';
import { replacePings } from './keep-alive.ts';
import { createLibraryLog } from './library-log.ts';
import type { Entity } from './map-peer.ts';
import { createSocketGate, safeSocket } from './safe-socket.ts';
import { takeUpdates } from './take-updates.ts';

/** What Telegram shows in the account's list of devices. */
export type Device = { readonly model: string; readonly system: string; readonly app: string };

export type ClientOptions = {
  readonly api: ApiKey;
  readonly network: TelegramNetwork | undefined;
  readonly device: Device;
  readonly log: Logger;
  readonly place: SessionPlace | undefined;
  /** After how much silence its socket is dead; default for one that is pinged. */
  readonly silenceMs?: number;
};

export type RawUpdate = {
  readonly update: Api.TypeUpdate | Api.TypeUpdates;
  readonly entities: readonly Entity[];
};

export type ClientEvents = {
  readonly onUpdate: (raw: RawUpdate) => void;
  /** Not changes: "connected" comes again with every ping. `broken` is an auth key the server does not know. */
  readonly onState: (state: 'connected' | 'disconnected' | 'broken') => void;
};

export type OpenClient = {
  readonly client: TelegramClient;
  readonly session: DeskSession;
  /** Aborts when it is disposed of: what was asked and not answered is never answered. */
  readonly gone: AbortSignal;
  /** Ends everything of it. */
  dispose(): Promise<void>;
};

const retryMs = 1000;
/** A new account begins here; Telegram moves it to where it lives. */
const firstDc = 2;

export async function openClient(options: ClientOptions, events: ClientEvents): Promise<OpenClient> {
  const { api, network, device, log } = options;
  applyCorrections();
  readLongsFast();
  if (network !== undefined) trust(network);
  const place =
    options.place ?? (network && { dcId: firstDc, address: `10.0.0.${firstDc}`, port: 443, key: undefined });
  const session = await createDeskSession(place);
  const gate = createSocketGate();
  const ended = new AbortController();
  const client = new TelegramClient(session, api.id, api.hash, {
    networkSocket: safeSocket(gate, network, options.silenceMs),
    connectionRetries: Infinity,
    retryDelay: retryMs,
    floodSleepThreshold: 0,
    securityChecks: true,
    baseLogger: createLibraryLog(log),
    deviceModel: device.model,
    systemVersion: device.system,
    appVersion: device.app,
  });
  client._entityCache = new NoEntities();
  // Without it the library asks who it is before each update, and the answer's error takes the next messages along.
  client._selfInputPeer = new Api.InputPeerUser({ userId: bigInt.zero, accessHash: bigInt.zero });
  client.onError = async (error) => {
    log.debug({ reason: toTelegramError(error).reason }, 'telegram.library-failed');
  };
  replacePings(client);
  takeUpdates(client, events.onUpdate);
  await listen(client, events);
  return {
    client,
    session,
    gone: ended.signal,
    async dispose() {
      ended.abort(telegramError('network-unreachable'));
      gate.close();
      await client.destroy();
    },
  };
}

/** Exactly one handler: the library's removal takes away whatever shares a builder or a function with it. */
async function listen(client: TelegramClient, { onUpdate, onState }: ClientEvents): Promise<void> {
  const builder = new Raw({});
  await builder.resolve(client);
  client.addEventHandler((event: unknown) => {
    if (event instanceof UpdateConnectionState) onState(stateName(event.state));
    else onUpdate(toRawUpdate(event));
  }, builder);
}

function stateName(state: number) {
  if (state === UpdateConnectionState.connected) return 'connected';
  return state === UpdateConnectionState.broken ? 'broken' : 'disconnected';
}

/** The library hangs the people and chats of a container onto each of its updates. */
function toRawUpdate(event: unknown): RawUpdate {
  const { _entities: entities } = event as { readonly _entities?: ReadonlyMap<string, Entity> };
  return { update: event as RawUpdate['update'], entities: [...(entities?.values() ?? [])] };
}

/** The library's own two keys go: a test cannot reach Telegram even by mistake. */
function trust({ key }: TelegramNetwork): void {
  _serverKeys.clear();
  _serverKeys.set(key.fingerprint, { n: bigInt(key.modulus), e: key.exponent });
}
