import { Api } from 'telegram/tl/index.js';
import type { AppError } from '../../../shared/errors.ts';
import type { PeerId } from '../../platform/chat-types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { telegramError } from '../telegram-error.ts';
import type { ConnectionEvents, SignedOutReason } from '../telegram-port.ts';
import type { Asked } from './calls.ts';
import { openClient, type ClientOptions, type OpenClient, type RawUpdate } from './client.ts';
import type { SessionPlace } from './desk-session.ts';
import { keepAlive } from './keep-alive.ts';
import { userId } from './peer-ids.ts';
import { unlessAborted, withinTime } from './race.ts';
import { readSession, type SavedSession } from './session-text.ts';
import { toTelegramError } from './telegram-errors.ts';

export type Link = {
  connect(signal: AbortSignal): Promise<void>;
  reconnect(): void;
  /** Throws `network-unreachable` while there is nobody to ask. */
  ask(): Asked;
  session(): string;
  readonly self: PeerId | null;
  signedIn(self: PeerId): void;
  signedOut(): void;
  /** Tells when the failure means that the session is over; gives it back as the caller should see it. */
  judge(error: AppError): AppError;
  /** Follows the account to where it lives. */
  moveTo(dcId: number): Promise<void>;
  close(): Promise<void>;
};

type LinkParts = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: Omit<ClientOptions, 'place' | 'log' | 'silenceMs'>;
  readonly saved: SavedSession | undefined;
  readonly events: Pick<ConnectionEvents, 'onState' | 'onSignedOut'>;
  readonly onUpdate: (raw: RawUpdate) => void;
  readonly closing: AbortSignal;
};

const checkMs = 30_000;
/** The library tries for ever, at times what can never succeed: after so long a new client begins from the start. */
const connectMs = 45_000;
const moveMs = 60_000;
const closeMs = 2000;
const relaunchMs = [1000, 3000, 10_000, 30_000] as const;

const endings: ReadonlySet<string | undefined> = new Set<SignedOutReason>([
  'session-revoked',
  'session-duplicated',
  'account-banned',
  'session-broken',
]);

/** One connection through all its clients: GramJS never recovers from a key the server forgot, a new client does. */
export function createLink({ clock, log, options, saved, events, onUpdate, closing }: LinkParts): Link {
  let open: OpenClient | undefined;
  let state: 'new' | 'ready' | 'lost' | 'over' = 'new';
  let isSignedIn = saved !== undefined;
  let self: PeerId | null = null;
  let lastText = '';
  let wasRebuilt = false;
  let ended: SignedOutReason | undefined;
  let launched: PromiseWithResolvers<void> | undefined;

  const enter = (next: 'ready' | 'lost') => {
    if (state === 'over' || state === next) return;
    if (next === 'lost' && state === 'new') return;
    state = next;
    events.onState(next);
  };

  const end = (reason: SignedOutReason) => {
    if (state === 'over') return;
    state = 'over';
    ended = reason;
    isSignedIn = false;
    log.warn({ reason }, 'telegram.session-ended');
    drop();
    launched?.reject(telegramError(reason));
    events.onSignedOut(reason);
  };

  const drop = () => {
    const dropped = open;
    open = undefined;
    dropped?.dispose().catch((error: unknown) => {
      log.debug({ reason: toTelegramError(error).reason }, 'telegram.client-not-ended');
    });
  };

  const judge = (error: AppError): AppError => {
    if (!endings.has(error.reason) || ended !== undefined) return error;
    if (!isSignedIn) {
      // Before a sign-in it is the ordinary answer to whatever needs one.
      return error.reason === 'session-revoked' ? telegramError('signed-out', { cause: error.cause }) : error;
    }
    end(error.reason as SignedOutReason);
    return error;
  };

  const onBroken = (from: OpenClient) => {
    if (from !== open) return;
    if (isSignedIn && wasRebuilt) {
      end('session-broken');
      return;
    }
    log.warn({ signedIn: isSignedIn }, 'telegram.key-unknown');
    wasRebuilt = true;
    renew(isSignedIn ? placeNow(from) : undefined);
  };

  const onDead = (from: OpenClient) => {
    if (from !== open) return;
    log.warn({}, 'telegram.stands-still');
    renew(placeNow(from));
  };

  const renew = (place: SessionPlace | undefined) => {
    drop();
    enter('lost');
    void launch(place);
  };

  const placeNow = ({ session }: OpenClient): SessionPlace | undefined => {
    // A library may have thrown away a key that was refused once.
    const text = session.text() || lastText;
    return text === '' ? saved : readSession(text);
  };

  const openNext = async (place: SessionPlace | undefined): Promise<OpenClient> => {
    const next: OpenClient = await openClient(
      { ...options, log, place },
      {
        onUpdate: (raw) => {
          if (next === open) onUpdate(raw);
        },
        onState(name) {
          if (name === 'broken') onBroken(next);
          // While it moves to another data centre the library goes down and up by itself.
          else if (next === open && !next.client._isSwitchingDc && state !== 'new') {
            enter(name === 'connected' ? 'ready' : 'lost');
          }
        },
      },
    );
    return next;
  };

  /** Until Telegram has answered, whatever the network does; ends only with the connection. */
  const launch = async (place: SessionPlace | undefined): Promise<void> => {
    for (let attempt = 0; state !== 'over' && !closing.aborted; attempt += 1) {
      const mine = await openNext(place);
      if (closing.aborted) {
        void mine.dispose();
        return;
      }
      open = mine;
      try {
        const ending = AbortSignal.any([mine.gone, closing]);
        if (!(await unlessAborted(withinTime(mine.client.connect(), connectMs, clock), ending)))
          throw telegramError('network-unreachable');
        void keepAlive(mine.client, clock, ending, () => onDead(mine));
        if (isSignedIn) await identify(mine);
        if (open !== mine) return;
        wasRebuilt = false;
        launched?.resolve();
        enter('ready');
        return;
      } catch (thrown) {
        if (closing.aborted || open !== mine) return;
        const error = judge(toTelegramError(thrown));
        if (open !== mine) return;
        drop();
        if (error.reason === 'api-refused') {
          launched?.reject(error);
          launched = undefined;
          return;
        }
        log.warn({ reason: error.reason, attempt }, 'telegram.connect-failed');
        // It has waited long enough.
        if (error.reason === 'timeout') continue;
      }
      await clock.sleep(relaunchMs[Math.min(attempt, relaunchMs.length - 1)] ?? 0, closing).catch(() => {
        // Closed: the loop's condition ends it.
      });
    }
  };

  /** Who is signed in, and at once whether anybody still is. Trouble of any other kind is no reason not to go on. */
  const identify = async ({ client }: OpenClient): Promise<void> => {
    const asking = client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
    try {
      const [me] = await unlessAborted(withinTime(asking, checkMs, clock), closing);
      if (me instanceof Api.User) self = userId(me.id);
    } catch (thrown) {
      const error = toTelegramError(thrown);
      if (endings.has(error.reason)) throw error;
      log.warn({ reason: error.reason }, 'telegram.self-unknown');
    }
  };

  return {
    async connect(signal) {
      if (ended !== undefined) throw telegramError(ended);
      if (launched === undefined) {
        launched = Promise.withResolvers<void>();
        launched.promise.catch(() => undefined);
        void launch(saved);
      }
      await unlessAborted(launched.promise, AbortSignal.any([signal, closing]));
    },
    reconnect() {
      if (state !== 'ready') return;
      // The one thing of the library's inside that says "now": its own ping loop uses it.
      open?.client._sender?.reconnect();
    },
    ask() {
      if (ended !== undefined) throw telegramError(ended);
      if (open === undefined || state !== 'ready') throw telegramError('network-unreachable');
      return open;
    },
    session() {
      const text = open?.session.text() ?? '';
      if (text !== '') lastText = text;
      return lastText;
    },
    get self() {
      return self;
    },
    signedIn(id) {
      isSignedIn = true;
      self = id;
    },
    signedOut() {
      isSignedIn = false;
      self = null;
    },
    judge,
    async moveTo(dcId) {
      if (open === undefined) throw telegramError('network-unreachable');
      const { client, gone } = open;
      await unlessAborted(
        withinTime(client._switchDC(dcId), moveMs, clock),
        AbortSignal.any([gone, closing]),
      );
    },
    async close() {
      state = 'over';
      const last = open;
      open = undefined;
      if (last === undefined) return;
      lastText = last.session.text() || lastText;
      await withinTime(last.dispose(), closeMs, clock).catch((error: unknown) => {
        log.warn({ reason: toTelegramError(error).reason }, 'telegram.client-not-ended');
      });
    },
  };
}
