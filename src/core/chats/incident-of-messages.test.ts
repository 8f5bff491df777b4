import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createChatKit, type ChatKit } from '../../../test/support/chat-kit.ts';
import { jpegWithGps } from '../../../test/support/jpeg-with-gps.ts';
import { toAppError } from '../../shared/errors.ts';
import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import { undo } from '../incidents/undo.ts';
import { createMoveLetter } from '../intake/move-letter.ts';
import { moveLetter, moveLetterBack } from '../letters/move-letter.ts';
import { createSearch } from '../search/search.ts';

let kit: ChatKit;
let person: number;
let chat: ChatRecord;
let folder: string;

beforeEach(() => {
  kit = createChatKit();
  person = kit.addPerson('Орлова');
  chat = kit.chat('Подрядчик Север', 'supergroup');
  folder = mkdtempSync(join(tmpdir(), 'pult-chats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (...ids: number[]) => kit.chats.openIncident(ids, person).incidentId;
const letterOf = (message: { readonly id: number }) => kit.desk.views.find(kit.row(message).messageId!)!;
const journalOf = (incidentId: number) =>
  kit.desk.journal.ofSubject('incident', incidentId).map(({ kind, actorId, payload }) => ({
    kind,
    actorId,
    facts: JSON.parse(payload) as Record<string, unknown>,
  }));
const detailsOf = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return toAppError(thrown).details;
  }
  return {};
};
const search = (text: string) =>
  createSearch({ store: kit.stores.search, codePrefix: () => 'PLT' }).find({
    text,
    condition: undefined,
    limit: 9,
  });
/** As the engine tells it when the bytes are stored. */
const download = (file: ChatFileRecord, sha256: string, bytes?: Uint8Array) => {
  if (bytes) {
    const path = join(folder, sha256);
    writeFileSync(path, bytes);
    kit.blobs.set(sha256, path);
  }
  kit.db.transact((revision) => {
    const here = { ...file, sha256 };
    kit.chatFiles.save(here);
    kit.chats.events.downloaded(here, revision);
  });
};

describe('an incident by one key', () => {
  test('has its messages in the order they were said, the first as its letter, and who opened it', () => {
    const [first, second] = kit.arrive(chat, { files: [{}] }, { text: 'Пожар в контейнере' });

    const incidentId = open(second!.id, first!.id);

    expect(kit.desk.incidents.require(incidentId)).toMatchObject({
      title: 'Пожар в контейнере',
      channel: 'telegram',
      assigneeId: person,
      messageCount: 2,
    });
    expect(letterOf(first!).link).toEqual({ by: 'opened' });
    expect(letterOf(second!).link).toEqual({ by: 'hand' });
    expect(journalOf(incidentId)).toContainEqual(
      expect.objectContaining({
        kind: 'incident.opened',
        actorId: person,
        facts: expect.objectContaining({ by: 'chat' }),
      }),
    );
    expect(search('контейнере').map((hit) => hit.incidentId)).toContain(incidentId);
  });

  test('takes name and phone from the directory, and the user name of who spoke', () => {
    const dialogue = kit.chat('Лис 1984');
    const addresses = [{ kind: 'phone', value: '+7 900 000-00-77', note: 'ночью' }] as const;
    const contact = { name: 'Лисин Пётр', organisation: '', phone: '+7 900 000-00-01', email: '', note: '' };
    const contactId = kit.chats.saveContact(
      { ...contact, addresses: [...addresses], kind: 'technician', active: true },
      person,
    );
    kit.chats.setContact({ chatId: dialogue.id, contactId }, person);
    const [message] = kit.arrive(dialogue, { text: 'Ворота заклинило' });

    const incidentId = open(message!.id);

    expect(kit.desk.incidents.require(incidentId)).toMatchObject({
      applicantName: 'Лисин Пётр',
      applicantPhone: '+7 900 000-00-01',
      applicantAddress: expect.stringMatching(/^@user\d+$/),
    });
    expect(kit.chats.findContacts('лисин')).toMatchObject([{ id: contactId, chatIds: [dialogue.id] }]);
    expect(kit.chats.findContacts('9000000001')).toHaveLength(1);
    kit.chats.saveContact({ ...contact, id: contactId, kind: 'technician', active: true }, person);
    expect(kit.chats.findContacts('900 000-00-77')).toMatchObject([{ addresses }]);
  });

  test('is not opened twice from one message, and says where the message stands', () => {
    const [message] = kit.arrive(chat, { text: 'Пожар' });
    const { code } = kit.desk.incidents.require(open(message!.id));

    expect(detailsOf(() => open(message!.id))).toEqual({ reason: 'in-incident', code });
  });

  test('is not opened from two chats or from nothing said', () => {
    const [one] = kit.arrive(chat, { text: 'раз' });
    const [two] = kit.arrive(kit.chat('Другой'), { text: 'два' });
    const [service] = kit.arrive(chat, { extra: { kind: 'service', what: 'pin', text: '' } });

    expect(detailsOf(() => open(one!.id, two!.id))).toEqual({ reason: 'several-chats' });
    expect(detailsOf(() => open(service!.id))).toEqual({ reason: 'nothing-said' });
  });

  test('takes later messages in, and messages by hand, from another incident too', () => {
    const [first, other] = kit.arrive(chat, { text: 'Пожар' }, { text: 'Забор', senderId: 'u501' });
    const [fire, fence] = [open(first!.id), open(other!.id)];
    const [more] = kit.arrive(chat, { text: 'дым', senderId: 'u502' });

    const { joined } = kit.chats.joinIncident([more!.id, other!.id, first!.id], fire, person);

    expect(joined).toBe(2);
    expect([more, other, first].map((message) => kit.incidentOf(message!))).toEqual([fire, fire, fire]);
    expect(kit.desk.incidents.require(fence).dismissedAt).not.toBeNull();
    expect(kit.desk.incidents.require(fire).messageCount).toBe(3);
  });
});

describe('taking back', () => {
  const takeBack = (sequence: number | null) => {
    const moveRows = createMoveLetter(kit.desk);
    const back: Parameters<typeof undo>[0]['moveLetterBack'] = (facts, actor) =>
      moveLetterBack(kit.desk, moveRows, facts, actor);
    undo({ ...kit.desk, moveLetterBack: back }, sequence ?? 0, person);
  };
  const standing = (...messages: (ChatMessageRecord | undefined)[]) =>
    messages.map((message) => kit.incidentOf(message!));

  test('an incident opened from messages leaves them in their chat and sounds no more', () => {
    const extra = { kind: 'location', latitude: 1, longitude: 2, live: false, title: null } as const;
    const [place, first, second] = kit.arrive(chat, { extra }, { text: 'Пожар' }, { text: 'Дым' });
    const opened = kit.chats.openIncident([first!.id, second!.id], person);
    expect(standing(place, first, second)).toEqual(Array(3).fill(opened.incidentId));

    takeBack(opened.undo);

    expect(standing(place, first, second)).toEqual([null, null, null]);
    expect(kit.desk.incidents.require(opened.incidentId)).toMatchObject({ messageCount: 0 });
    expect(kit.desk.incidents.require(opened.incidentId).dismissedAt).not.toBeNull();
    expect(kit.desk.alarms.sounding()).toEqual([]);
    expect(detailsOf(() => takeBack(opened.undo))).toEqual({ reason: 'changed-since' });
  });

  test('and opening again gives the messages an incident once more', () => {
    const [message] = kit.arrive(chat, { text: 'Пожар' });
    const opened = kit.chats.openIncident([message!.id], person);
    takeBack(opened.undo);

    const again = kit.chats.openIncident([message!.id], person);

    expect(again.incidentId).not.toBe(opened.incidentId);
    expect(kit.incidentOf(message!)).toBe(again.incidentId);
    takeBack(again.undo);
    expect(kit.incidentOf(message!)).toBeNull();
  });

  test('messages joined by one decision go back to where each stood', () => {
    const [first, other] = kit.arrive(chat, { text: 'Пожар' }, { text: 'Забор', senderId: 'u501' });
    const [fire, fence] = [open(first!.id), open(other!.id)];
    const [more] = kit.arrive(chat, { text: 'дым', senderId: 'u502' });
    const { undo: sequence } = kit.chats.joinIncident([more!.id, other!.id], fire, person);

    takeBack(sequence);

    expect(standing(first, other, more)).toEqual([fire, fence, null]);
    expect([fire, fence].map((id) => kit.desk.incidents.require(id).messageCount)).toEqual([1, 1]);
    expect(kit.desk.incidents.require(fence).dismissedAt).toBeNull();
    expect(journalOf(fire).at(-1)).toMatchObject({
      kind: 'incident.undone',
      facts: { event: 'incident.messages-taken' },
    });
  });

  test('throws nothing away that was decided later: all of it goes back, or nothing', () => {
    const [first, other] = kit.arrive(chat, { text: 'Пожар' }, { text: 'Забор', senderId: 'u501' });
    const [fire, fence] = [open(first!.id), open(other!.id)];
    const [more, most] = kit.arrive(
      chat,
      { text: 'дым', senderId: 'u502' },
      { text: 'огонь', senderId: 'u503' },
    );
    const { undo: sequence } = kit.chats.joinIncident([more!.id, most!.id], fire, person);
    kit.chats.joinIncident([more!.id], fence, person);

    expect(detailsOf(() => takeBack(sequence))).toEqual({ reason: 'changed-since' });
    expect(standing(more, most)).toEqual([fence, fire]);
  });

  test('a part that came to its album later does not take the album along', () => {
    const album = { groupedId: 'album-1' };
    const [first] = kit.arrive(chat, { ...album, text: 'Щит' });
    const incidentId = open(first!.id);
    const second = kit.store(chat, { ...album, text: 'и дверь' });

    const { joined, undo: sequence } = kit.chats.joinIncident([second.id], incidentId, person);

    expect([joined, sequence]).toEqual([1, null]);
    expect(standing(first, second)).toEqual([incidentId, incidentId]);
  });
});

describe('a message of an incident', () => {
  test('moved by hand, and moved back, is told to the page of its chat', () => {
    const [message] = kit.arrive(chat, { text: 'Пожар' });
    const incidentId = open(message!.id);
    const { messageId } = kit.row(message!);
    const moveRows = createMoveLetter(kit.desk);
    const told: number[][] = [];
    kit.db.onCommit(({ chatIds }) => void told.push([...chatIds]));
    const seen = kit.db.revision();

    const input = { messageId: messageId!, incidentId: null, why: 'hand', actor: person } as const;
    const { undo: sequence } = moveLetter(kit.desk, moveRows, input);
    expect(told).toEqual([[chat.id]]);
    const { payload } = kit.desk.journal.find(sequence ?? 0)!;
    moveLetterBack(kit.desk, moveRows, JSON.parse(payload), person);

    expect(told).toEqual([[chat.id], [chat.id]]);
    expect(kit.chatStore.changedAfter(seen, 9)).toEqual([chat.id]);
    expect(kit.row(message!).revision).toBe(kit.db.revision());
    expect(kit.incidentOf(message!)).toBe(incidentId);
  });

  test('changed in the chat shows its last words; the first stay in the journal', () => {
    const [message] = kit.arrive(chat, { text: 'Пожар на KA0412' });
    const incidentId = open(message!.id);
    const edit = (text: string) =>
      kit.db.transact((revision) => {
        const changed = { ...kit.row(message!), text, editedAt: kit.clock.now() };
        kit.chatMessages.save(changed);
        kit.chats.events.edited({ chat, message: changed, files: [] }, revision);
      });

    edit('Пожара нет');
    edit('Пожара нет');

    expect(letterOf(message!).text).toBe('Пожара нет');
    expect(journalOf(incidentId).filter(({ kind }) => kind === 'incident.message-edited')).toMatchObject([
      { facts: { from: 'Пожар на KA0412', to: 'Пожара нет' } },
    ]);
    expect(search('пожара')).toHaveLength(1);
  });

  test('deleted in the chat is marked and stays', () => {
    const [message] = kit.arrive(chat, { text: 'Пожар' });
    const incidentId = open(message!.id);

    kit.db.transact((revision) => {
      const gone = { ...kit.row(message!), deletedAt: kit.clock.now(), revision };
      kit.chatMessages.save(gone);
      kit.chats.events.deleted([{ chat, message: gone, files: [] }], revision);
    });

    expect(letterOf(message!)).toMatchObject({ text: 'Пожар', notes: ['chat-deleted'] });
    expect(journalOf(incidentId).at(-1)?.kind).toBe('incident.message-deleted');
  });

  test('has the files whose bytes are here, asks for the rest, and gets them when they come', () => {
    const sha256 = 'a'.repeat(64);
    const [message] = kit.arrive(chat, {
      text: 'Фото',
      files: [{ sha256 }, {}, { kind: 'voice' }, { kind: 'document', size: 2 ** 31 }],
    });
    const [, missing, voice, huge] = kit.chatFiles.ofMessage(message!.id);
    open(message!.id);
    expect(letterOf(message!).attachments.map((file) => file.sha256)).toEqual([sha256]);
    expect(kit.wanted).toEqual([missing!.id]);
    expect(kit.chats.missingFiles()).toEqual([missing!.id]);

    download(missing!, 'b'.repeat(64));
    download(missing!, 'b'.repeat(64));

    expect(letterOf(message!).attachments.map((file) => file.sha256)).toEqual([sha256, 'b'.repeat(64)]);
    expect(kit.chats.missingFiles()).toEqual([]);
    expect([voice!.sha256, huge!.sha256]).toEqual([null, null]);
  });
});

describe('a photo', () => {
  const photo = { kind: 'document', fileName: 'щит.jpg', mimeType: 'image/jpeg' } as const;

  test('with a place from the camera gives the incident its coordinates when its bytes come', () => {
    const [message] = kit.arrive(chat, { text: 'Щит', files: [photo] });
    const incidentId = open(message!.id);

    download(kit.chatFiles.ofMessage(message!.id)[0]!, 'c'.repeat(64), jpegWithGps(59.9375, 30.3125));

    const { latitude, longitude } = kit.desk.incidents.require(incidentId);
    expect([latitude?.toFixed(4), longitude?.toFixed(4)]).toEqual(['59.9375', '30.3125']);
    expect(journalOf(incidentId).at(-1)).toMatchObject({
      kind: 'incident.located',
      facts: { by: 'photo', from: null },
    });
  });

  test.each([
    ['without a fix', jpegWithGps(0, 0)],
    ['that is none', new TextEncoder().encode('не картинка')],
    ['cut short', jpegWithGps(59.9375, 30.3125).slice(0, 40)],
  ])('%s gives none and harms nothing', (_, bytes) => {
    const [message] = kit.arrive(chat, { text: 'Щит', files: [photo] });
    const incidentId = open(message!.id);

    download(kit.chatFiles.ofMessage(message!.id)[0]!, 'd'.repeat(64), bytes);

    expect(kit.desk.incidents.require(incidentId).latitude).toBeNull();
    expect(letterOf(message!).attachments).toHaveLength(1);
  });

  test('never moves a place that somebody said', () => {
    const extra = { kind: 'location', latitude: 1, longitude: 2, live: false, title: null } as const;
    const [place, message] = kit.arrive(chat, { extra }, { text: 'Щит', files: [photo] });
    const incidentId = open(place!.id, message!.id);

    download(kit.chatFiles.ofMessage(message!.id)[0]!, 'e'.repeat(64), jpegWithGps(59.9375, 30.3125));

    expect(kit.desk.incidents.require(incidentId)).toMatchObject({ latitude: 1, longitude: 2 });
  });
});
