import type { z } from 'zod';
import type { ChatMessage } from '../../src/shared/contract/chats.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';

type History = PultContract['chats']['history'];

/** A page as core gives it: it ends where something that is only on the server stands between two messages. */
export function pageOf(
  messages: readonly ChatMessage[],
  remote: readonly ChatMessage[],
  { before, after, around, limit }: z.output<History['input']>,
): z.output<History['output']> {
  const touch = (older: ChatMessage, newer: ChatMessage): boolean =>
    !remote.some(({ position }) => position > older.position && position < newer.position);

  function down(to: number, most: number): readonly ChatMessage[] {
    let from = to;
    while (from > 0 && to - from < most) {
      if (from < to && !touch(messages[from - 1]!, messages[from]!)) break;
      from -= 1;
    }
    return messages.slice(from, to);
  }

  function up(from: number, most: number): readonly ChatMessage[] {
    let to = from;
    while (to < messages.length && to - from < most) {
      if (to > from && !touch(messages[to - 1]!, messages[to]!)) break;
      to += 1;
    }
    return messages.slice(from, to);
  }

  function placeOf(isPast: (message: ChatMessage) => boolean): number {
    const place = messages.findIndex(isPast);
    return place < 0 ? messages.length : place;
  }

  function pick(): readonly ChatMessage[] {
    const middle = messages.findIndex((message) => message.id === around);
    const half = Math.floor(limit / 2);
    if (middle >= 0) return [...down(middle + 1, half), ...up(middle, half).slice(1)];
    if (after !== null) {
      const from = placeOf(({ position }) => position > after);
      return up(from, limit);
    }
    return down(before === null ? messages.length : placeOf(({ position }) => position >= before), limit);
  }

  const page = pick();
  const [first] = page;
  const older = first ? messages[messages.indexOf(first) - 1] : undefined;
  const isComplete = remote.length === 0;
  return {
    messages: [...page],
    older: older !== undefined,
    newer: page.length > 0 && page.at(-1) !== messages.at(-1),
    gapBefore: first && older ? !touch(older, first) : !isComplete,
    complete: isComplete && older === undefined,
  };
}
