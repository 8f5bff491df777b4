import { createHash } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import type { AuthKeys, CodeVia } from './auth-key.ts';
import type { Fault, Faults } from './faults.ts';
import type { Call, Records } from './records.ts';
import type { ServerClock } from './server-clock.ts';
import type { Services } from './services.ts';
import type { Sockets } from './sockets.ts';
import { makeVerifier } from './srp.ts';
import { big } from './tl.ts';
import { edit, react, remove } from './world/change.ts';
import { toDraft } from './world/fill.ts';
import { fillWorld } from './world/fill.ts';
import { idOf, isChannelKey, isUserKey, type ChatKey, type Message } from './world/model.ts';
import { announce, post } from './world/post.ts';
import { renderUpdates } from './world/render.ts';
import type { EntitySeed, MessageSeed, WorldSeed } from './world/seed.ts';
import { toEntity } from './world/seed.ts';
import type { World } from './world/world.ts';

type At = { readonly account: number; readonly chat: ChatKey };
type Silent = {
  /** False: the update is lost, only the difference has it. */
  readonly push?: boolean;
};

export type Receive = At & MessageSeed & Silent & { readonly short?: boolean };

type Revoke = { readonly account: number; readonly error?: string; readonly named?: boolean };

export type LogEntry = {
  readonly chat: ChatKey;
  readonly id: number;
  /** Of what a client sent. */
  readonly randomId: string | undefined;
  readonly sender: ChatKey;
  /** Unix seconds. */
  readonly date: number;
  readonly text: string;
  /** Of the text, hexadecimal. */
  readonly sha256: string;
  /** The message it answers. */
  readonly replyTo: number | undefined;
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly file:
    | { readonly kind: 'photo' | 'document'; readonly size: number; readonly sha256: string }
    | undefined;
};

export type OperationParts = {
  readonly world: World;
  readonly clock: ServerClock;
  readonly keys: AuthKeys;
  readonly services: Services;
  readonly faults: Faults;
  readonly records: Records;
  readonly sockets: Sockets;
};

export type Operations = ReturnType<typeof createOperations>;

/** https://core.telegram.org/constructor/updateServiceNotification: types that begin so end the session. */
function keyDrop(clock: ServerClock): Api.UpdateShort {
  const update = new Api.UpdateServiceNotification({
    type: 'AUTH_KEY_DROP_DUPLICATE',
    message: '',
    media: new Api.MessageMediaEmpty(),
    entities: [],
  });
  return new Api.UpdateShort({ update, date: clock.seconds() });
}

/** What a test does to the servers: each takes one argument that is JSON, so that all work over HTTP as well. */
export function createOperations(parts: OperationParts) {
  const { world, clock, keys, services, faults, records, sockets } = parts;
  return {
    ...createChatOperations(world),
    seed: (seed: WorldSeed) => fillWorld(world, seed),
    /** Plays the phone. Without a token the one shown last is scanned. */
    scanQr({ token, phone }: { readonly token?: string; readonly phone: string }) {
      const name = token ?? [...services.loginTokens.keys()].at(-1) ?? '';
      const shown = services.loginTokens.get(name);
      const account = world.byPhone(phone);
      if (shown === undefined || account === undefined) throw new Error('no such token or account');
      if (shown.expires < clock.seconds()) throw new Error('AUTH_TOKEN_EXPIRED');
      services.loginTokens.set(name, { ...shown, acceptedBy: account.person.id });
      const update = new Api.UpdateShort({ update: new Api.UpdateLoginToken(), date: clock.seconds() });
      sockets.pushToKey(shown.authKey, update);
    },
    setCode({
      account,
      code,
      via,
      resendSeconds,
    }: {
      readonly account: number;
      readonly code?: string;
      readonly via?: CodeVia;
      readonly resendSeconds?: number;
    }) {
      const found = world.account(account);
      found.code = code ?? found.code;
      found.codeVia = via ?? found.codeVia;
      found.resendSeconds = resendSeconds ?? found.resendSeconds;
    },
    /** No password takes the second step away. */
    setPassword(given: { readonly account: number; readonly password?: string; readonly hint?: string }) {
      const { account, password, hint } = given;
      world.account(account).password = password === undefined ? undefined : makeVerifier(password, hint);
    },
    setApi({ id, hash }: { readonly id: number; readonly hash: string }) {
      Object.assign(services.api, { id, hash });
    },
    /** The account lives on another data centre from now on; whoever is signed in is not moved. */
    migrate({ account, dcId }: { readonly account: number; readonly dcId: number }) {
      world.account(account).dcId = dcId;
    },
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    /** Cuts every socket. */
    drop: () => sockets.dropAll(),
    /** New connections are accepted and closed at once. */
    refuse: ({ on }: { readonly on: boolean }) => sockets.refuse(on),
    /** Nobody listens: ECONNREFUSED, until `up` opens the same ports. */
    down: () => sockets.close(),
    up: () => sockets.listen(),
    /** Everything to be sent is kept back, and leaves in one container per session when switched off. */
    hold: ({ on }: { readonly on: boolean }) => sockets.hold(on),
    rotateSalts: () => keys.rotateSalts(),
    /** The clock of the servers is off by that many seconds; 0 is right again. */
    skew: ({ seconds }: { readonly seconds: number }) => clock.skew(seconds),
    /** Every auth key is unknown from now on: transport error 404. */
    forgetKeys: () => keys.forget(),
    /**
     * Ended from another device: 401 from now on, and the connections are told that something is to be asked, or that
     * their key goes.
     */
    revoke({ account, error = 'SESSION_REVOKED', named = false }: Revoke) {
      const ended = keys.all().filter(({ login }) => login.account === account);
      for (const key of ended) {
        key.login.account = undefined;
        key.login.refusal = error;
        sockets.pushToKey(key, named ? keyDrop(clock) : new Api.UpdatesTooLong());
      }
      return { sessions: ended.length };
    },
    /** The word to a device whose session is being ended, to one whose session is not. */
    announceEnd: ({ account }: { readonly account: number }) =>
      world.push(world.account(account), keyDrop(clock)),
    /** Differences with more events than this answer "too long"; nothing given is no limit. */
    tooLong(limits: { readonly difference?: number; readonly channelDifference?: number }) {
      const { difference = Number.POSITIVE_INFINITY, channelDifference = Number.POSITIVE_INFINITY } = limits;
      Object.assign(services.tooLong, { difference, channelDifference });
    },
    /** updatesTooLong, or of one channel updateChannelTooLong. */
    pushTooLong({ account, channel }: { readonly account: number; readonly channel?: ChatKey }) {
      const reader = world.account(account);
      if (channel === undefined) {
        world.push(reader, new Api.UpdatesTooLong());
        return;
      }
      const { pts } = world.boxOf(reader, channel);
      const update = new Api.UpdateChannelTooLong({ channelId: big(idOf(channel)), pts });
      world.push(reader, renderUpdates(world, reader, [update], [channel]));
    },
    expireFileReferences: () => world.expireFileReferences(),
    calls: (): readonly Call[] => records.calls.map((call) => ({ ...call })),
    /** Codes of the messages that had to be sent again: 16 too old, 17 too new, 18 an odd id, 48 a wrong salt. */
    refusals: (): readonly number[] => [...records.refusals],
    clearCalls() {
      records.calls.splice(0);
      records.refusals.splice(0);
    },
    problems: (): readonly string[] => [...records.problems],
    unhandled: (): readonly string[] => [...records.unhandled],
    sessions: ({ account }: { readonly account: number }) => ({
      connected: sockets.sessionsOf(world.account(account)).length,
      signedIn: keys.all().filter(({ login }) => login.account === account).length,
    }),
  };
}

function createChatOperations(world: World) {
  const receive = (given: Receive) => {
    const account = world.account(given.account);
    const { message, event } = post(world, account, toDraft(world, given.chat, given), given);
    if (given.from === given.account) {
      // Written on the phone: whoever writes has read.
      const dialog = world.dialogOf(account, given.chat);
      Object.assign(dialog, { readInboxMaxId: message.id, unread: 0 });
    }
    return { id: message.id, pts: event.pts };
  };
  return {
    receive,
    /** That many plain messages; with a rate they are spread over time, else they come at once. */
    async burst(given: Receive & { readonly count: number; readonly perSecond?: number }) {
      const { count, perSecond, text = 'message', ...rest } = given;
      const startedAt = performance.now();
      for (let sent = 0; sent < count;) {
        const elapsed = performance.now() - startedAt;
        const due = perSecond === undefined ? sent + 500 : Math.ceil((elapsed / 1000) * perSecond);
        for (; sent < Math.min(due, count); sent += 1) receive({ ...rest, text: `${text} ${sent + 1}` });
        await pause(perSecond === undefined ? 0 : 5);
      }
      return { ms: performance.now() - startedAt };
    },
    edit(
      given: At &
        Silent & { readonly id: number; readonly text: string; readonly entities?: readonly EntitySeed[] },
    ) {
      const entities = given.entities?.map(toEntity);
      return { pts: edit(world, world.account(given.account), { ...given, entities }, given).pts };
    },
    remove: (given: At & Silent & { readonly ids: readonly number[] }) => ({
      pts: remove(world, world.account(given.account), given, given).pts,
    }),
    react(given: At & Silent & { readonly id: number; readonly from: number; readonly emoji?: string }) {
      const { account, chat, id, from: by, emoji } = given;
      react(world, world.account(account), { chat, id, by, emoji }, given);
    },
    typing({ account, chat, from }: At & { readonly from: number }) {
      const reader = world.account(account);
      const action = new Api.SendMessageTypingAction();
      const who = { userId: big(from), action };
      const fromId = new Api.PeerUser({ userId: big(from) });
      const id = big(idOf(chat));
      const update = isUserKey(chat)
        ? new Api.UpdateUserTyping(who)
        : isChannelKey(chat)
          ? new Api.UpdateChannelUserTyping({ channelId: id, fromId, action })
          : new Api.UpdateChatUserTyping({ chatId: id, fromId, action });
      world.push(reader, new Api.UpdateShort({ update, date: world.clock.seconds() }));
    },
    /** The other side has read what was sent, up to that message or all of it. */
    readOutbox({ account, chat, maxId, push }: At & Silent & { readonly maxId?: number }) {
      const reader = world.account(account);
      const upTo = maxId ?? world.boxOf(reader, chat).in(chat).at(-1)?.id ?? 0;
      world.dialogOf(reader, chat).readOutboxMaxId = upTo;
      if (isChannelKey(chat)) {
        const update = new Api.UpdateReadChannelOutbox({ channelId: big(idOf(chat)), maxId: upTo });
        if (push !== false) world.push(reader, renderUpdates(world, reader, [update], [chat]));
        return;
      }
      const event = reader.box.log({ kind: 'read outbox', chat, maxId: upTo });
      announce(world, reader, chat, event, { push });
    },
    /** Every message this account can read, as the servers have it now. */
    log({ account, chat }: { readonly account: number; readonly chat?: ChatKey }): readonly LogEntry[] {
      const reader = world.account(account);
      const chats = chat === undefined ? [...reader.dialogs.keys()] : [chat];
      return chats
        .flatMap((key) => world.boxOf(reader, key).in(key))
        .map((message) => toLogEntry(world, message));
    },
    /** Who the dialog is with, and how far it is read and by whom. */
    dialog: ({ account, chat }: At) => ({ ...world.dialogOf(world.account(account), chat) }),
    /** Of the account, or of a channel. */
    pts({ account, chat }: { readonly account: number; readonly chat?: ChatKey }) {
      const reader = world.account(account);
      return (chat === undefined ? reader.box : world.boxOf(reader, chat)).pts;
    },
  };
}

function toLogEntry(world: World, message: Message): LogEntry {
  const { chat, id, randomId, from, date, text, replyTo, media } = message;
  const entities = (message.entities ?? []).map(({ className, offset, length }) => ({
    type: className.replace('MessageEntity', '').toLowerCase(),
    offset,
    length,
  }));
  const hasFile = media?.kind === 'photo' || media?.kind === 'document';
  const stored = hasFile ? world.files.get(media.file) : undefined;
  const file = stored && { kind: stored.kind, size: stored.bytes.length, sha256: hashOf(stored.bytes) };
  const sha256 = hashOf(Buffer.from(text));
  return { chat, id, randomId, sender: from, date, text, sha256, replyTo, entities, file };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
