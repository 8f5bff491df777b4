import { beforeEach, expect, test } from 'vitest';
import { createChatKit, type ChatKit } from '../../../test/support/chat-kit.ts';
import { createChatSearch } from '../search/chat-search.ts';
import { createChatHistoryStore } from './chat-history-store.ts';
import { createChatRangeStore } from './chat-range-store.ts';
import type { ChatRecord } from './chat-records.ts';

let kit: ChatKit;
let chat: ChatRecord;

beforeEach(() => {
  kit = createChatKit();
  chat = kit.chat('Бригада', 'supergroup');
});

const storeRange = (from: number, to: number) => {
  for (let id = from; id <= to; id += 1) {
    kit.db.transact((revision) => {
      kit.chatMessages.insert({
        chatId: chat.id,
        serverId: id,
        randomId: null,
        direction: 'in',
        senderId: 'u500',
        senderName: 'Ким',
        text: `сообщение ${id}`,
        entities: [],
        replyTo: null,
        topicId: null,
        forward: null,
        groupedId: null,
        extra: null,
        reactions: [],
        sentAt: id * 1000,
        editedAt: null,
        deletedAt: null,
        messageId: null,
        revision,
        announced: true,
      });
    });
  }
  createChatRangeStore(kit.db).cover(chat.id, from, to);
};
const page = (over: { before?: number; after?: number; around?: number; limit?: number } = {}) => {
  const { messages, ...rest } = kit.chats.history({
    chatId: chat.id,
    before: over.before ?? null,
    after: over.after ?? null,
    around: over.around ?? null,
    limit: over.limit ?? 10,
  });
  return { ids: messages.map(({ serverId }) => serverId), ...rest };
};
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('pages go both ways and meet without a message twice or left out', () => {
  storeRange(1, 35);
  const newest = page();
  expect(newest).toMatchObject({ ids: upTo(26, 35), older: true, newer: false, gapBefore: false });

  expect(page({ before: 26 }).ids).toEqual(upTo(16, 25));
  expect(page({ after: 15 }).ids).toEqual(upTo(16, 25));
  expect(page({ after: 25 })).toMatchObject({ ids: upTo(26, 35), newer: false });
});

test('a hole in what is stored ends a page and is told; the page behind it can still be read', () => {
  storeRange(1, 5);
  storeRange(20, 24);

  expect(page()).toMatchObject({ ids: upTo(20, 24), older: true, gapBefore: true, complete: false });
  expect(page({ before: 20 })).toMatchObject({ ids: upTo(1, 5), older: false, gapBefore: true });
  expect(page({ after: 2 })).toMatchObject({ ids: [3, 4, 5], newer: true });
  const middle = kit.chatMessages.byServerId(chat.id, 21)!.id;
  expect(page({ around: middle }).ids).toEqual(upTo(20, 24));
});

test('the beginning of a chat is complete and has no hole before it', () => {
  storeRange(1, 5);
  kit.db.transact((revision) => kit.chatStore.save({ ...chat, complete: 1, revision }));

  expect(page()).toMatchObject({ complete: true, gapBefore: false, older: false });
});

test('what we have just written is no hole, before and after Telegram gave it a number', () => {
  storeRange(1, 5);
  const person = kit.addPerson('Орлова');
  const blank = { entities: [], replyTo: null, files: [], incidentId: null };
  kit.chats.send({ ...blank, chatId: chat.id, text: 'наше' }, person);
  expect(page().ids).toEqual([1, 2, 3, 4, 5, null]);

  const [own] = kit.chats.history({
    chatId: chat.id,
    before: null,
    after: null,
    around: null,
    limit: 1,
  }).messages;
  kit.db.transact((revision) => kit.chatMessages.save({ ...kit.row(own!), serverId: 9, revision }));

  expect(page().ids).toEqual([1, 2, 3, 4, 5, 9]);
});

test('the list shows the last words, who is in the directory, rules and what is pinned first', () => {
  const person = kit.addPerson('Орлова');
  kit.arrive(chat, { text: 'привет' });
  const other = kit.chat('Лисин Пётр');
  kit.arrive(other, { files: [{ kind: 'voice' }] });
  kit.db.transact((revision) =>
    kit.chatStore.save({ ...kit.chatStore.require(chat.id), pinned: 1, unreadCount: 3, revision }),
  );
  kit.chats.saveRule({ chatId: chat.id, kind: 'all', value: '', typeId: null, active: true }, person);
  const blank = {
    accountId: null,
    filter: 'all',
    folderId: null,
    text: '',
    offset: 0,
    limit: 10,
    now: 0,
  } as const;

  const all = kit.chats.list(blank);

  expect(all).toMatchObject({ total: 2, unread: 3 });
  expect(all.chats).toMatchObject([
    { id: chat.id, hasRules: true, last: { text: 'привет', sender: 'Ким', out: false, state: 'none' } },
    { id: other.id, hasRules: false, last: { text: '', what: 'voice' } },
  ]);
  expect(kit.chats.list({ ...blank, text: 'петр' }).chats.map(({ id }) => id)).toEqual([other.id]);
  expect(kit.chats.list({ ...blank, filter: 'people' }).chats.map(({ id }) => id)).toEqual([other.id]);
  expect(kit.chats.list({ ...blank, filter: 'unread' }).chats.map(({ id }) => id)).toEqual([chat.id]);
  kit.chatStore.replaceFolders(kit.accountId, [
    { id: 7, title: 'Работа', rule: { include: [], exclude: [other.peerId], kinds: ['user', 'supergroup'] } },
  ]);
  const folder = kit.chats.list({ ...blank, folderId: 7 });
  expect([folder.folders, folder.chats.map(({ id }) => id)]).toEqual([
    [{ accountId: kit.accountId, id: 7, title: 'Работа' }],
    [chat.id],
  ]);
});

test('search finds words in any form of letters, codes by their look-alikes, and marks what it found', () => {
  const other = kit.chat('Другой');
  kit.arrive(chat, { text: 'Ёмкость на КА-0412 упала' }, { text: 'всё хорошо' });
  kit.arrive(other, { text: 'KA0412 проверили' });
  const search = createChatSearch(createChatHistoryStore(kit.db));
  const find = (text: string, chatId: number | null = null) => search.find({ text, chatId, limit: 9 });

  expect(find('емкость')).toMatchObject([{ chatId: chat.id, chatTitle: 'Бригада', marks: [[0, 7]] }]);
  expect(find('ka0412').map(({ chatId }) => chatId)).toEqual([other.id, chat.id]);
  expect(find('ka0412', chat.id)).toHaveLength(1);
  expect(find('"')).toEqual([]);
});
