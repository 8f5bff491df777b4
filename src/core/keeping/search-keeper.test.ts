import { beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { createChatKit } from '../../../test/support/chat-kit.ts';
import { createChatHistoryStore } from '../db/chat-history-store.ts';
import { createChatSearch } from '../search/chat-search.ts';
import { createSearchIndex } from '../db/search-index.ts';
import { silentLogger } from '../platform/logger.ts';
import { createSearch } from '../search/search.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { createSearchKeeper } from './search-keeper.ts';

const alive = new AbortController().signal;

let kit: CoreKit;

beforeEach(() => {
  kit = createCoreKit();
  const person = kit.addPerson('Орлова');
  kit.addAccount();
  const call = {
    description: '',
    applicantName: '',
    applicantPhone: '',
    asset: '',
    typeId: null,
    assigneeId: null,
  };
  for (let index = 0; index < 3; index += 1) {
    const title = `Щит номер ${index}`;
    const incidentId = kit.open({ ...call, title, applicantAddress: 'noc@operator.example' }, person);
    const begun = { incidentId, mode: 'new', sourceId: null, templateKey: 'accepted' } as const;
    sendLetter(kit.desk, beginDraft(kit.desk, begun, person).id, true, person);
  }
});

const found = (text: string) => {
  const search = createSearch({ store: kit.stores.search, codePrefix: kit.desk.codePrefix });
  return search.find({ text, condition: undefined, limit: 20 }).length;
};
const keep = async (isUnclean: boolean) => {
  const keeper = createSearchKeeper({
    index: createSearchIndex(kit.db),
    clock: kit.clock,
    log: silentLogger,
  });
  if (isUnclean) keeper.checkOnStart();
  await keeper.start(alive);
  await kit.clock.advance(30_000);
  await keeper.stop();
  expect(kit.clock.sleeping).toBe(0);
};
/** What SQLite forbids a program to do to an index, a failing disk does. */
const harm = (sql: string) => {
  kit.db.connection.unsafeMode(true);
  kit.db.connection.exec(sql);
  kit.db.connection.unsafeMode(false);
};

test.each([
  ['has lost rows', 'DELETE FROM message_word; DELETE FROM incident_word;'],
  [
    'has broken pages',
    `UPDATE message_word_data SET block = x'ffffffffffff'; UPDATE incident_word_data SET block = x'ffffffffffff';`,
  ],
])('after an unclean stop an index that %s is made whole behind the running desk', async (_, sql) => {
  const before = [found('щит'), found('заявка'), found('operator')];
  expect(Math.min(...before)).toBeGreaterThan(0);
  harm(sql);

  await keep(true);

  expect([found('щит'), found('заявка'), found('operator')]).toEqual(before);
});

test('a whole index is left as it is', async () => {
  const pages = () => kit.db.connection.prepare('SELECT id, block FROM message_word_data ORDER BY id').all();
  const before = pages();

  await keep(true);

  expect(pages()).toEqual(before);
});

test('after a clean stop nothing is looked at', async () => {
  harm('DELETE FROM message_word');

  await keep(false);

  expect(kit.db.connection.prepare('SELECT count(*) FROM message_word_docsize').pluck().get()).toBe(0);
});

test('what was said in chats is found again too, and a photo without words is no damage', async () => {
  const chats = createChatKit();
  const group = chats.chat('Бригада', 'supergroup');
  chats.arrive(group, { text: 'Ёмкость упала' }, { files: [{ fileName: '' }] });
  const search = createChatSearch(createChatHistoryStore(chats.db));
  kit = chats;
  harm('DELETE FROM chat_word;');
  expect(search.find({ text: 'емкость', chatId: null, limit: 9 })).toEqual([]);

  await keep(true);

  expect(search.find({ text: 'емкость', chatId: null, limit: 9 })).toHaveLength(1);
  const index = createSearchIndex(chats.db);
  expect(index.fill('chat', 0, 100)).toMatchObject({ missing: 0 });
});
