import { beforeEach, describe, expect, test } from 'vitest';
import { createChatKit, type ChatKit } from '../../../test/support/chat-kit.ts';
import { readMarked } from '../../shared/domain/marked-text.ts';
import { toAppError } from '../../shared/errors.ts';
import { waitingPosition, type ChatRecord } from '../db/chat-records.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { createLetterOutcomes, sendAgain } from '../letters/letter-outcomes.ts';
import type { SendChatMessage } from './send-chat-message.ts';

let kit: ChatKit;
let person: number;
let chat: ChatRecord;

beforeEach(() => {
  kit = createChatKit();
  person = kit.addPerson('Орлова');
  chat = kit.chat('Техник Лисин');
});

const plain = { entities: [], replyTo: null, files: [], incidentId: null } as const;
const send = (over: Partial<SendChatMessage> = {}) =>
  kit.chats.send({ ...plain, chatId: chat.id, text: 'Выезжайте', ...over }, person);
const file = (letter: string, as: 'photo' | 'document') => ({
  sha256: letter.repeat(64),
  fileName: `${letter}.jpg`,
  mimeType: 'image/jpeg',
  size: 10,
  as,
});
const partsOf = (outboxId: number) =>
  kit.chatMessages.ofMessage(kit.stores.outbox.require(outboxId).messageId);
const history = () =>
  kit.chats.history({ chatId: chat.id, before: null, after: null, around: null, limit: 50 });
const reasonOf = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return toAppError(thrown).reason;
  }
  return 'none';
};
const become = (outboxId: number, state: OutboxRecord['state'], firstServerId?: number) =>
  kit.db.transact((revision) => {
    if (firstServerId !== undefined) {
      partsOf(outboxId).forEach((row, index) =>
        kit.chatMessages.save({ ...row, serverId: firstServerId + index, revision }),
      );
    }
    const record = { ...kit.stores.outbox.require(outboxId), state, revision };
    kit.stores.outbox.save(record);
    if (state === 'accepted') createLetterOutcomes(kit.desk).accepted(record, '#1', revision);
  });
const readUpTo = (serverId: number) =>
  kit.db.transact((revision) => {
    kit.chatStore.save({ ...kit.chatStore.require(chat.id), readOutboxMax: serverId, revision });
    kit.chats.events.readByOther(kit.chatStore.require(chat.id), serverId, revision);
  });
const stateOf = (outboxId: number) => kit.stores.outbox.require(outboxId).state;

describe('what is written', () => {
  test('waits at the end of its chat and in the outbox, with a random id of its own', () => {
    const { outboxId, notBefore } = send({ text: 'Выезжайте ' });

    expect(notBefore).toBe(kit.clock.now() + 10_000);
    expect(kit.stores.outbox.require(outboxId)).toMatchObject({
      channel: 'telegram',
      accountId: kit.accountId,
      state: 'queued',
    });
    const [row] = partsOf(outboxId);
    expect(row).toMatchObject({ serverId: null, text: 'Выезжайте', senderId: 'u1', direction: 'out' });
    expect(row!.position).toBeGreaterThan(waitingPosition);
    expect(BigInt(row!.randomId!)).toBe(BigInt.asIntN(64, BigInt(row!.randomId!)));
    expect(history().messages).toMatchObject([
      { text: 'Выезжайте', outbox: { id: outboxId, state: 'queued' }, authorId: person, isRead: false },
    ]);
    expect(kit.stores.outbox.rows(false)).toMatchObject([
      { channel: 'telegram', chat: { id: chat.id, title: 'Техник Лисин' }, subject: 'Выезжайте', to: [] },
    ]);
  });

  test('as an album is one letter of several parts, the words under the first, each with its own id', () => {
    const { outboxId } = send({ text: 'Схемы', files: [file('a', 'photo'), file('b', 'photo')] });

    const parts = partsOf(outboxId);
    expect(parts.map(({ text }) => text)).toEqual(['Схемы', '']);
    expect(new Set(parts.map(({ randomId }) => randomId)).size).toBe(2);
    expect(parts.flatMap(({ id }) => kit.chatFiles.ofMessage(id))).toMatchObject([
      { kind: 'photo', fileName: 'a.jpg' },
      { kind: 'photo', fileName: 'b.jpg' },
    ]);
  });

  test('with photos and documents together goes as documents: Telegram takes no mixed album', () => {
    const { outboxId } = send({ files: [file('a', 'photo'), file('b', 'document')] });

    const kinds = partsOf(outboxId).flatMap(({ id }) => kit.chatFiles.ofMessage(id).map(({ kind }) => kind));
    expect(kinds).toEqual(['document', 'document']);
  });

  test.each([
    ['message-empty', { text: '  ' }],
    ['message-too-long', { text: 'я'.repeat(1025), files: [file('a', 'photo')] }],
  ] as const)('is refused as %s and leaves nothing behind', (reason, over) => {
    expect(reasonOf(() => send(over))).toBe(reason);
    expect([history().messages, kit.stores.outbox.rows(true)]).toEqual([[], []]);
  });

  test('into a chat where writing is forbidden, or that is gone, is refused', () => {
    kit.db.transact((revision) => kit.chatStore.save({ ...chat, canSend: 0, revision }));
    expect(reasonOf(send)).toBe('write-forbidden');

    kit.db.transact((revision) => kit.chatStore.save({ ...chat, goneAt: 1, revision }));
    expect(reasonOf(send)).toBe('chat-gone');
  });

  test('answers the message it was written to, but none that has no number yet', () => {
    const [asked] = kit.arrive(chat, { text: 'Куда?', topicId: 5 });

    const { outboxId } = send({ replyTo: asked!.id });

    expect(partsOf(outboxId)).toMatchObject([{ replyTo: asked!.serverId, topicId: 5 }]);
    expect(reasonOf(() => send({ replyTo: partsOf(outboxId)[0]!.id }))).toBe('reply-waits');
  });

  test('from an incident stands in the incident too: counted, read, told to the journal', () => {
    const [asked] = kit.arrive(chat, { text: 'Ворота заклинило' });
    const { incidentId } = kit.chats.openIncident([asked!.id], person);

    const { outboxId } = send({ incidentId, replyTo: asked!.id });

    expect(kit.desk.incidents.require(incidentId)).toMatchObject({ messageCount: 2, unread: 0 });
    expect(kit.desk.views.timeline(incidentId, null, 10)).toMatchObject([
      { direction: 'in' },
      { direction: 'out', authorId: person, outbox: { id: outboxId }, chat: { id: chat.id } },
    ]);
    const kinds = kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
    expect(kinds.at(-1)).toBe('incident.letter-queued');
    expect(
      new Set(kit.desk.views.timeline(incidentId, null, 10).map((letter) => letter.conversationId)).size,
    ).toBe(1);
  });
});

describe('taking back', () => {
  test('puts words, answer and files into the field again and leaves no trace in the chat', () => {
    const [asked] = kit.arrive(chat, { text: 'Куда?' });
    const { outboxId } = send({ replyTo: asked!.id, files: [file('a', 'document')] });
    kit.chats.saveDraft(
      { personId: person, chatId: chat.id, incidentId: null },
      {
        text: 'и ещё',
        replyTo: null,
        files: [],
      },
    );

    kit.chats.takeBack(outboxId, person);

    expect(stateOf(outboxId)).toBe('cancelled');
    expect(history().messages.map(({ id }) => id)).toEqual([asked!.id]);
    expect(kit.chats.open(chat.id, person).draft).toEqual({
      text: 'Выезжайте\nи ещё',
      replyTo: asked!.id,
      files: [file('a', 'document')],
    });
  });

  test('brings formatting back as it is typed', () => {
    const { text, entities } = readMarked('**Выезжайте** на `KA__01__2`, \\**не** завтра');
    const { outboxId } = send({ text, entities });

    kit.chats.takeBack(outboxId, person);

    expect(kit.chats.open(chat.id, person).draft?.text).toBe('**Выезжайте** на `KA__01__2`, \\**не** завтра');
  });

  test('of an answer from an incident takes it out of the incident', () => {
    const [asked] = kit.arrive(chat, { text: 'Ворота заклинило' });
    const { incidentId } = kit.chats.openIncident([asked!.id], person);
    const { outboxId } = send({ incidentId });

    kit.chats.takeBack(outboxId, person);

    expect(kit.desk.incidents.require(incidentId).messageCount).toBe(1);
    expect(kit.desk.views.timeline(incidentId, null, 10)).toHaveLength(1);
    expect(kit.chats.forIncident(incidentId, person)).toMatchObject([
      { chat: { id: chat.id }, answerTo: { id: asked!.id }, draft: { text: 'Выезжайте' } },
    ]);
  });

  test('is refused once it is leaving, or when a try without an answer may have been taken', () => {
    const leaving = send().outboxId;
    become(leaving, 'sending');
    kit.db.transact((revision) =>
      kit.stores.outbox.save({ ...kit.stores.outbox.require(leaving), wroteAt: 1, revision }),
    );
    const tried = send().outboxId;
    kit.db.transact((revision) =>
      kit.stores.outbox.save({ ...kit.stores.outbox.require(tried), wroteAt: 1, attempts: 1, revision }),
    );

    expect([leaving, tried].map((id) => reasonOf(() => kit.chats.takeBack(id, person)))).toEqual([
      'already-leaving',
      'already-leaving',
    ]);
  });
});

describe('receipts', () => {
  test('sent, then read by the other side, up to the message that was read', () => {
    const [first, second] = [send().outboxId, send().outboxId];
    become(first, 'accepted', 900);
    become(second, 'accepted', 901);

    readUpTo(900);

    expect([first, second].map(stateOf)).toEqual(['read', 'accepted']);
    expect(history().messages.map(({ isRead }) => isRead)).toEqual([true, false]);
    readUpTo(901);
    expect(stateOf(second)).toBe('read');
  });

  test('an album is read when its last part is', () => {
    const { outboxId } = send({ files: [file('a', 'photo'), file('b', 'photo')] });
    become(outboxId, 'accepted', 900);

    readUpTo(900);
    expect(stateOf(outboxId)).toBe('accepted');
    readUpTo(901);
    expect(stateOf(outboxId)).toBe('read');
  });

  test('read before we learnt that it was taken is read at once', () => {
    const { outboxId } = send();
    readUpTo(950);

    become(outboxId, 'accepted', 900);

    expect(stateOf(outboxId)).toBe('read');
  });

  test('what failed is not made read by a later mark, and may be sent again with the same random id', () => {
    const { outboxId } = send();
    const before = partsOf(outboxId)[0]!.randomId;
    become(outboxId, 'failed');
    readUpTo(950);

    sendAgain(kit.desk, outboxId, person);

    expect([stateOf(outboxId), partsOf(outboxId)[0]!.randomId]).toEqual(['queued', before]);
  });
});

describe('after a restore nobody knows whether it left', () => {
  test("Telegram's own log settles it, and the chat shows it once", () => {
    const { outboxId } = send();
    become(outboxId, 'unknown');

    const [copy] = kit.arrive(chat, { text: 'Выезжайте', direction: 'out', senderId: 'u1' });

    expect(stateOf(outboxId)).toBe('accepted');
    expect(history().messages).toMatchObject([{ id: copy!.id, outbox: { id: outboxId } }]);
  });

  test('a person who says it arrived takes the row the history has', () => {
    const { outboxId } = send();
    become(outboxId, 'unknown');
    const copy = kit.store(chat, { text: 'Выезжайте', direction: 'out', senderId: 'u1' });

    kit.chats.settle(outboxId, person);

    expect(stateOf(outboxId)).toBe('accepted');
    expect(history().messages.map(({ id }) => id)).toEqual([copy.id]);
  });
});

describe('reading', () => {
  test('is marked here at once, wanted of Telegram, and never goes back', () => {
    const [first, second] = kit.arrive(chat, { text: 'раз' }, { text: 'два' });
    kit.db.transact((revision) =>
      kit.chatStore.save({ ...kit.chatStore.require(chat.id), unreadCount: 2, revision }),
    );

    kit.chats.markRead(chat.id, first!.id);
    expect(kit.chatStore.require(chat.id)).toMatchObject({ unreadCount: 1, readWanted: first!.serverId });
    kit.chats.markRead(chat.id, second!.id);
    kit.chats.markRead(chat.id, first!.id);

    expect(kit.chatStore.require(chat.id)).toMatchObject({ unreadCount: 0, readWanted: second!.serverId });
  });
});
