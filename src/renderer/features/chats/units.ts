import type { ChatMessage } from '../../../shared/contract/chats.ts';

/** What stands in the history, one below the other. */
export type Unit =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly messageId: number }
  | { readonly kind: 'service'; readonly key: string; readonly message: ChatMessage }
  | {
      readonly kind: 'message';
      readonly key: string;
      /** One, or the pictures of an album. */
      readonly messages: readonly [ChatMessage, ...ChatMessage[]];
      /** The first of a run by one sender: it names them. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

type Bubble = Extract<Unit, { readonly kind: 'message' }>;

/** Later than this after the one before, a message names its sender again. */
const runMs = 5 * 60_000;

export function unitsOf(
  messages: readonly ChatMessage[],
  {
    gaps,
    unreadFrom,
    dayOf,
  }: {
    readonly gaps: ReadonlySet<number>;
    readonly unreadFrom: number | null;
    readonly dayOf: (at: number) => string;
  },
): readonly Unit[] {
  const units: Unit[] = [];
  let day = '';
  for (const message of messages) {
    if (gaps.has(message.id)) units.push({ kind: 'gap', key: `gap-${message.id}`, messageId: message.id });
    const today = dayOf(message.sentAt);
    if (today !== day) units.push({ kind: 'day', key: `day-${message.id}`, at: message.sentAt });
    day = today;
    if (message.id === unreadFrom) {
      const last = units.at(-1);
      // What was sent as one is not divided: the line goes above it.
      const isInside = last?.kind === 'message' && isSameAlbum(last, message);
      units.splice(units.length - (isInside ? 1 : 0), 0, { kind: 'unread', key: 'unread' });
    }
    if (message.extra?.kind === 'service') {
      units.push({ kind: 'service', key: `m-${message.id}`, message });
      continue;
    }
    const before = units.at(-1);
    if (before?.kind === 'message' && isSameAlbum(before, message)) {
      units[units.length - 1] = { ...before, messages: [...before.messages, message] };
      continue;
    }
    const goesOn = before?.kind === 'message' && isSameRun(before, message);
    if (goesOn) units[units.length - 1] = { ...before, isLast: false };
    units.push({
      kind: 'message',
      key: `m-${message.id}`,
      messages: [message],
      isFirst: !goesOn,
      isLast: true,
    });
  }
  return units;
}

function isSameAlbum({ messages }: Bubble, message: ChatMessage): boolean {
  const [first] = messages;
  return message.groupedId !== null && first.groupedId === message.groupedId && first.out === message.out;
}

function isSameRun({ messages }: Bubble, message: ChatMessage): boolean {
  const last = messages.at(-1);
  if (!last || last.out !== message.out) return false;
  const isSameSender = message.out || last.senderId === message.senderId;
  return isSameSender && message.sentAt - last.sentAt < runMs && message.forward === null;
}
