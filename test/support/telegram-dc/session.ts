import { Api } from 'telegram/tl/index.js';
import type { AuthKey } from './auth-key.ts';
import type { ServerClock } from './server-clock.ts';
import { big, container, type TlMessage } from './tl.ts';

export type Outgoing = {
  readonly body: Buffer;
  readonly kind: 'answer' | 'push';
  /** Content is counted and acknowledged; a service message is neither. */
  readonly content: boolean;
};

export type Session = {
  readonly id: bigint;
  readonly authKey: AuthKey;
  /** Set by the first request that did not ask to be spared the updates. */
  wantsUpdates: boolean;
  send(message: Outgoing): void;
  /** Sends what `isHeld` kept back. */
  flush(): void;
  /** False when this message was taken before: a client that resends must not be served twice. */
  take(msgId: bigint): boolean;
};

type SessionParts = {
  readonly id: bigint;
  readonly authKey: AuthKey;
  readonly firstMsgId: bigint;
  readonly clock: ServerClock;
  readonly transmit: (session: Session, message: TlMessage) => void;
  readonly isHeld: () => boolean;
};

const messagesPerContainer = 100;
const bytesPerContainer = 900_000;
const rememberedMessages = 4096;

/** One session of one connection: everything said within a tick leaves in one container, as real servers batch. */
export function createSession({ id, authKey, firstMsgId, clock, transmit, isHeld }: SessionParts): Session {
  const seen = new Set<bigint>();
  let queue: Outgoing[] = [];
  let content = 0;

  const nextSeqNo = (isContent: boolean) => {
    if (!isContent) return content * 2;
    content += 1;
    return content * 2 - 1;
  };
  const number = ({ body, kind, content: isContent }: Outgoing): TlMessage => ({
    msgId: clock.nextMsgId(kind),
    seqNo: nextSeqNo(isContent),
    body,
  });

  const session: Session = {
    id,
    authKey,
    wantsUpdates: false,
    send(message) {
      queue.push(message);
      if (queue.length === 1) queueMicrotask(session.flush);
    },
    flush() {
      if (isHeld()) return;
      const waiting = queue;
      queue = [];
      for (const group of grouped(waiting)) {
        const [first, ...others] = group.map(number);
        if (first === undefined) continue;
        const one =
          others.length === 0
            ? first
            : number({ body: container([first, ...others]), kind: 'answer', content: false });
        transmit(session, one);
      }
    },
    take(msgId) {
      if (seen.has(msgId)) return false;
      seen.add(msgId);
      const [oldest] = seen;
      if (seen.size > rememberedMessages && oldest !== undefined) seen.delete(oldest);
      return true;
    },
  };
  const created = new Api.NewSessionCreated({
    firstMsgId: big(firstMsgId),
    uniqueId: big(clock.nextMsgId('push')),
    serverSalt: big(authKey.salt),
  });
  session.send({ body: created.getBytes(), kind: 'push', content: true });
  return session;
}

function grouped(messages: readonly Outgoing[]): readonly (readonly Outgoing[])[] {
  const groups: Outgoing[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const last = groups.at(-1);
    if (
      last === undefined ||
      last.length >= messagesPerContainer ||
      size + message.body.length > bytesPerContainer
    ) {
      groups.push([message]);
      size = message.body.length;
    } else {
      last.push(message);
      size += message.body.length;
    }
  }
  return groups;
}
