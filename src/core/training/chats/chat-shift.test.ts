import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../../test/support/fake-clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createMemoryTelegram } from '../../telegram/twin/memory-telegram.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { chats, type ChatKey } from './chat-cast.ts';
import { createChatShift, type ChatShift } from './chat-shift.ts';
import type { ChatLine, ChatStage } from './chat-stage.ts';
import { openTwinStage } from './twin-stage.ts';

const minuteMs = 60_000;
const running: ChatShift[] = [];

afterEach(async () => {
  for (const shift of running.splice(0)) await shift.stop();
});

/** A lesson on the memory twin, and what was asked of its stage. */
async function play() {
  const clock = createFakeClock();
  const twin = createMemoryTelegram({ clock, random: createSeededRandom(3) });
  const stage = openTwinStage(twin, clock);
  const lines: (ChatLine & { readonly at: number | undefined })[] = [];
  const changes: string[] = [];
  const read: ChatKey[] = [];
  const failures: unknown[] = [];
  let written: ChatKey[] = [];
  const watched: ChatStage = {
    ...stage,
    say(line, at) {
      lines.push({ ...line, at });
      return stage.say(line, at);
    },
    edit: (message, text) => stage.edit(message, text).then(() => void changes.push('edit')),
    remove: (message) => stage.remove(message).then(() => void changes.push('remove')),
    react: (...asked) => stage.react(...asked).then(() => void changes.push('react')),
    async heard() {
      const heard = [...(await stage.heard()), ...written];
      written = [];
      return heard;
    },
    async readByThem(chat) {
      read.push(chat);
      await stage.readByThem(chat);
    },
  };
  const shift = createChatShift({
    stage: watched,
    clock,
    random: createSeededRandom(7),
    log: { ...silentLogger, warn: (...told) => void failures.push(told) },
  });
  running.push(shift);
  await shift.start();
  return { clock, lines, changes, read, failures, write: (chat: ChatKey) => written.push(chat) };
}

test('chats are lived-in from the first moment: the oldest first, the desk has answered, and it was read', async () => {
  const { lines, read, failures } = await play();

  const times = lines.map(({ at }) => at ?? 0);
  expect(times.length).toBeGreaterThan(15);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(lines.filter(({ from }) => from === 'desk').length).toBeGreaterThanOrEqual(4);
  expect(new Set(read)).toEqual(new Set(['crew', 'technician', 'monitor']));
  expect(failures).toEqual([]);
});

test('within a lesson everybody speaks, with all that a phone sends, and takes words back', async () => {
  const { clock, lines, changes, failures } = await play();

  await clock.advance(12 * minuteMs);

  const live = lines.filter(({ at }) => at === undefined);
  expect(new Set(live.map(({ chat }) => chat))).toEqual(new Set(Object.keys(chats)));
  const media = new Set(live.flatMap((line) => line.media?.kind ?? []));
  expect(media).toEqual(new Set(['photo', 'place', 'document', 'contact']));
  expect(live.filter(({ replyTo }) => replyTo !== undefined).length).toBeGreaterThanOrEqual(4);
  expect(new Set(changes)).toEqual(new Set(['edit', 'remove', 'react']));
  expect(failures).toEqual([]);
});

test('people answer the dispatcher and the robot does not', async () => {
  const { clock, lines, write } = await play();
  const answers = (chat: ChatKey, text: string) =>
    lines.some((line) => line.chat === chat && line.text === text);

  write('technician');
  write('monitor');
  const before = lines.filter(({ chat }) => chat === 'monitor').length;
  await clock.advance(18_000);

  expect(answers('technician', 'Принял. Выезжаю, буду минут через 50.')).toBe(true);
  expect(lines.filter(({ chat }) => chat === 'monitor')).toHaveLength(before);
});
