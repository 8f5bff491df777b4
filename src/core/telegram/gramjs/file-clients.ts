import { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { telegramError } from '../telegram-error.ts';
import { createInvoke, type Invoke } from './calls.ts';
import { openClient, type ClientOptions, type OpenClient } from './client.ts';
import type { Lanes } from './lanes.ts';
import type { Link } from './link.ts';
import type { Pauses } from './pauses.ts';
import { unlessAborted, withinTime } from './race.ts';
import { readSession } from './session-text.ts';
import { rpcName, toTelegramError } from './telegram-errors.ts';

/**
 * Files have connections of their own, one for each data centre: on a slow line the pings of the first one would stand
 * behind megabytes and it would be given up. GramJS has such connections too, but tries for ever, whatever the answer,
 * and after it was destroyed.
 */
export type FileClients = {
  /** `dcId` 0 is where the account lives. Work that failed for lack of a connection is done once more on a new one. */
  use<T>(dcId: number, signal: AbortSignal, work: (invoke: Invoke) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

type Parts = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: Omit<ClientOptions, 'place' | 'log' | 'silenceMs'>;
  readonly link: Link;
  readonly invoke: Invoke;
  readonly lanes: Lanes;
  readonly pauses: Pauses;
  readonly closing: AbortSignal;
};

type Entry = {
  readonly ready: Promise<Invoke>;
  readonly ended: AbortController;
  open: OpenClient | undefined;
  users: number;
  idleSince: number;
};

const openMs = 60_000;
/** On a slow line a few parts take minutes to leave, and until they have there is no answer. */
const silenceMs = 150_000;
const idleMs = 30_000;

export function createFileClients(parts: Parts): FileClients {
  const { clock, log, options, link, invoke, lanes, pauses, closing } = parts;
  const entries = new Map<number, Entry>();
  /** Made once in the life of the connection: Telegram counts how many keys an account asks for. */
  const keys = new Map<number, Uint8Array>();

  const placeOf = async (dcId: number) => {
    const home = readSession(link.session());
    if (dcId === home.dcId) return home;
    const found = await unlessAborted(withinTime(link.ask().client.getDC(dcId), openMs, clock), closing);
    return { dcId, address: found.ipAddress, port: found.port, key: keys.get(dcId) };
  };

  const bringAccount = async (dcId: number, ask: Invoke, client: OpenClient) => {
    const { id, bytes } = await invoke(new Api.auth.ExportAuthorization({ dcId }));
    await ask(new Api.auth.ImportAuthorization({ id, bytes }));
    const key = client.client.session.getAuthKey(dcId)?.getKey();
    if (key !== undefined) keys.set(dcId, Uint8Array.from(key));
  };

  const start = async (dcId: number, entry: Entry): Promise<Invoke> => {
    const signal = AbortSignal.any([closing, entry.ended.signal]);
    const place = await placeOf(dcId);
    const open = await openClient(
      { ...options, log, place, silenceMs },
      { onUpdate() {}, onState: (state) => (state === 'broken' ? forget(dcId, entry) : undefined) },
    );
    entry.open = open;
    if (signal.aborted) throw telegramError('network-unreachable');
    const { client } = open;
    await unlessAborted(withinTime(client.connect(), openMs, clock), signal);
    const ask = createInvoke({
      clock,
      lanes,
      pauses,
      closing: signal,
      ask: () => open,
      // Elsewhere it only means that this data centre has forgotten who asks.
      judge: dcId === readSession(link.session()).dcId ? link.judge : (error) => error,
    });
    if (place.key === undefined) await bringAccount(dcId, ask, open);
    return ask;
  };

  const forget = (dcId: number, entry: Entry) => {
    keys.delete(dcId);
    end(dcId, entry);
  };

  const end = (dcId: number, entry: Entry) => {
    if (entries.get(dcId) === entry) entries.delete(dcId);
    entry.ended.abort(telegramError('network-unreachable'));
    entry.open?.dispose().catch((error: unknown) => {
      log.debug({ reason: toTelegramError(error).reason }, 'telegram.client-not-ended');
    });
  };

  const enter = (dcId: number): Entry => {
    const known = entries.get(dcId);
    if (known !== undefined) return known;
    const started = Promise.withResolvers<Invoke>();
    const entry: Entry = {
      ready: started.promise,
      ended: new AbortController(),
      open: undefined,
      users: 0,
      idleSince: clock.elapsed(),
    };
    entries.set(dcId, entry);
    started.promise.catch(() => end(dcId, entry));
    start(dcId, entry).then(started.resolve, started.reject);
    return entry;
  };

  /** Ends it when nobody has used it for a while. */
  const leave = (dcId: number, entry: Entry) => {
    entry.users -= 1;
    entry.idleSince = clock.elapsed();
    if (entry.users > 0) return;
    clock.sleep(idleMs, AbortSignal.any([closing, entry.ended.signal])).then(
      () => {
        if (entry.users === 0 && clock.elapsed() - entry.idleSince >= idleMs) end(dcId, entry);
      },
      () => {
        // Ended in the meantime.
      },
    );
  };

  const attempt = async <T>(
    dcId: number,
    signal: AbortSignal,
    work: (ask: Invoke) => Promise<T>,
  ): Promise<T> => {
    const entry = enter(dcId);
    entry.users += 1;
    try {
      return await work(await unlessAborted(entry.ready, signal));
    } catch (error) {
      if (lostLogins.has(rpcName(error))) forget(dcId, entry);
      throw error;
    } finally {
      leave(dcId, entry);
    }
  };

  return {
    async use(asked, signal, work) {
      const dcId = asked === 0 ? readSession(link.session()).dcId : asked;
      const both = AbortSignal.any([closing, signal]);
      try {
        return await attempt(dcId, both, work);
      } catch (error) {
        const isLost =
          lostLogins.has(rpcName(error)) || toTelegramError(error).reason === 'network-unreachable';
        if (!isLost || both.aborted) throw error;
        return attempt(dcId, both, work);
      }
    },
    async close() {
      const open = [...entries.values()].flatMap((entry) => entry.open ?? []);
      for (const entry of entries.values()) entry.ended.abort(telegramError('network-unreachable'));
      entries.clear();
      await Promise.all(open.map((each) => each.dispose()));
    },
  };
}

/** Said by a data centre that no longer knows whom it was told about; the account itself may be well. */
const lostLogins: ReadonlySet<string> = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'SESSION_EXPIRED',
]);
