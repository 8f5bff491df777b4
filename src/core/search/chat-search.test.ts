import { afterEach, expect, test } from 'vitest';
import { createTelegramKit, type TelegramKit } from '../../../test/support/telegram-kit.ts';
import { createChatHistoryStore } from '../db/chat-history-store.ts';
import { createChatSearch } from './chat-search.ts';

const kits: TelegramKit[] = [];
afterEach(async () => {
  for (const kit of kits.splice(0)) {
    await kit.crash();
    kit.dispose();
  }
});

/** What a friend says with a file, taken in by the engine itself; answers the snippets of what is found. */
async function told(text: string, fileName: string) {
  const kit = createTelegramKit();
  kits.push(kit);
  await kit.start();
  const blank = { width: null, height: null, duration: null, preview: null };
  const file = {
    kind: 'document',
    bytes: Buffer.from('пульт'),
    fileName,
    mimeType: 'application/pdf',
    ...blank,
  } as const;
  kit.world.receive({ account: kit.me, peer: kit.friend, text, file });
  await kit.clock.advance(50);
  const search = createChatSearch(createChatHistoryStore(kit.db));
  return (asked: string) =>
    search
      .find({ text: asked, chatId: null, limit: 9 })
      .map(({ snippet, marks }) =>
        marks.length === 0 ? snippet : marks.map(([from, to]) => snippet.slice(from, to)).join(),
      );
}

test.each([
  ['осмотр', 'осмотра'],
  ['ЕЛКИНО', 'Ёлкино'],
  ['ёлкино', 'Ёлкино'],
  ['ka0412', 'КА-0412'],
  ['"акт осмотра"', 'Акт_осмотра'],
])('a file is found by its name, which is shown: %s', async (asked, shown) => {
  const find = await told('', 'Акт_осмотра_КА-0412_Ёлкино.pdf');

  expect(find(asked)).toEqual([shown]);
});

test.each([
  ['чертеж', 'Чертёж'],
  ['ЧЕРТЁЖ', 'Чертёж'],
  ['мачты', 'МАЧТЫ'],
])('words under a file are found in any form of letters: %s', async (asked, shown) => {
  const find = await told('Чертёж МАЧТЫ', 'scan.pdf');

  expect(find(asked)).toEqual([shown]);
  expect(find('scan')).toEqual(['scan']);
});
