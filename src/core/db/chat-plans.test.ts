import { expect, test } from 'vitest';
import { createChatKit } from '../../../test/support/chat-kit.ts';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createChatDraftStore } from './chat-draft-store.ts';
import { createChatHistoryStore } from './chat-history-store.ts';
import { createChatLinkStore } from './chat-link-store.ts';
import { createChatListStore } from './chat-list-store.ts';
import { createChatRuleStore } from './chat-rule-store.ts';
import { openDb, type Db } from './open.ts';

/** Tables that grow with every message: reading one from end to end is a fault, whatever is looked for. */
const large =
  /^SCAN (?:m|r|f|l|v|o|i|chat_message|chat_file|message|conversation|outbox|incident)\b(?! VIRTUAL)/;
/** Walks the index of what stands in incidents, once when an account connects. */
const atStart = 'FROM chat_message m INDEXED BY chat_message_by_message JOIN chat_file';

test.each([
  ['links', createChatLinkStore],
  ['history', createChatHistoryStore],
  ['list', createChatListStore],
  ['rules', createChatRuleStore],
  ['drafts', createChatDraftStore],
])('no question about %s reads a large table from end to end', (_, create) => {
  const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  const texts: string[] = [];
  const prepare: Db['prepare'] = (sql) => {
    texts.push(sql);
    return db.prepare(sql);
  };
  create({ ...db, prepare });

  const asked = texts.filter((sql) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql) && !sql.includes(atStart));
  expect(asked.length).toBeGreaterThan(1);
  for (const sql of asked) {
    const plan = db.connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    const names = [...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 1] as const);
    const count = (sql.match(/\?/g) ?? []).length;
    const steps =
      names.length > 0 ? plan.all(Object.fromEntries(names)) : plan.all(...Array<string>(count).fill('1'));
    expect(
      steps.map(({ detail }) => detail).filter((step) => large.test(step)),
      sql,
    ).toEqual([]);
  }
});

test(
  'a hundred thousand messages make neither the list nor a page nor a search slow',
  { timeout: 60_000 },
  () => {
    const kit = createChatKit();
    const chats = Array.from({ length: 20 }, (_, index) => kit.chat(`Чат ${index}`, 'supergroup'));
    for (const [at, chat] of chats.entries()) {
      kit.db.transact(() => {
        for (let index = 0; index < 5000; index += 1) kit.store(chat, { text: `сбой ${at} ${index}` });
        return undefined;
      });
    }
    const list = {
      accountId: null,
      filter: 'all',
      folderId: null,
      text: '',
      offset: 0,
      limit: 100,
      now: 0,
    } as const;
    const history = createChatHistoryStore(kit.db);
    const questions = {
      list: () => kit.chats.list(list),
      page: () =>
        kit.chats.history({ chatId: chats[0]!.id, before: 2500, after: null, around: null, limit: 50 }),
      senders: () => kit.chats.open(chats[3]!.id, kit.addPerson('Орлова', false)),
      search: () => history.hits('"сбой" *', null, 50),
      inside: () => history.hits('"4999"', chats[7]!.id, 50),
    };

    const slow = Object.entries(questions).flatMap(([name, ask]) => {
      const times = [1, 2, 3].map(() => {
        const began = performance.now();
        ask();
        return performance.now() - began;
      });
      const best = Math.min(...times);
      return best > 100 ? [`${name} ${Math.round(best)} ms`] : [];
    });

    expect(slow).toEqual([]);
  },
);
