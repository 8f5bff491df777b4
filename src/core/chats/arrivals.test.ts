import { beforeEach, describe, expect, test } from 'vitest';
import { createChatKit, type ChatKit } from '../../../test/support/chat-kit.ts';
import type { ChatRecord } from '../db/chat-records.ts';
import { setStatus, setType } from '../incidents/change-incident.ts';
import { createMoveLetter } from '../intake/move-letter.ts';

let kit: ChatKit;
let person: number;
let group: ChatRecord;

beforeEach(() => {
  kit = createChatKit({ foreignPrefixes: ['KRS'] });
  person = kit.addPerson('Орлова');
  group = kit.chat('Подрядчик Север', 'supergroup');
});

const rule = (kind: 'all' | 'code' | 'sender' | 'keyword', value = '', typeId: number | null = null) =>
  kit.chats.saveRule({ chatId: group.id, kind, value, typeId, active: true }, person);
const arrive = (arrival: Parameters<ChatKit['arrive']>[1]) => {
  const [message] = kit.arrive(group, arrival);
  return message!;
};
const kindsOf = (incidentId: number) =>
  kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
const linkOf = (message: { readonly id: number }) => kit.desk.views.find(kit.row(message).messageId!)?.link;
const close = (incidentId: number) => {
  const { typeId, revision: expected } = kit.desk.incidents.require(incidentId);
  // Nothing is closed without a type, nor with one that has subtypes without one of them.
  setType(kit.desk, { id: incidentId, expected, typeId: typeId ?? kit.typeId('fibre') }, person);
  for (const key of ['in-progress', 'closed']) {
    const { revision } = kit.desk.incidents.require(incidentId);
    setStatus(kit.desk, { id: incidentId, expected: revision, statusId: kit.statusId(key) }, person);
  }
};
const minute = 60_000;
const hour = 60 * minute;

describe('a rule of a chat', () => {
  test('opens an incident with clock, alarm, dispatcher, type and the message as its letter', () => {
    const typeId = kit.desk.reference.types().find(({ slaMinutes }) => slaMinutes !== null)!.id;
    rule('all', '', typeId);

    const message = arrive({ text: 'Нет питания на объекте, нужна бригада' });

    const incident = kit.desk.incidents.require(kit.incidentOf(message)!);
    expect(incident).toMatchObject({
      title: 'Нет питания на объекте, нужна бригада',
      channel: 'telegram',
      accountId: kit.accountId,
      assigneeId: person,
      applicantName: 'Ким',
      typeId,
      lastInboundAt: kit.clock.now(),
      messageCount: 1,
    });
    expect(kit.desk.clocks.ofIncident(incident.id)?.dueAt).not.toBeNull();
    expect(kit.desk.alarms.sounding()).toMatchObject([{ incidentId: incident.id, kind: 'new' }]);
    expect(kit.desk.views.timeline(incident.id, null, 10)).toMatchObject([
      { channel: 'telegram', chat: { id: group.id, title: 'Подрядчик Север', messageId: message.id } },
    ]);
    expect(kit.chats.open(group.id, person).rules).toMatchObject([{ hits: 1 }]);
  });

  test.each([
    ['code', 'KA', 'КА-0412 обесточена', 'всё хорошо'],
    ['keyword', 'авари', 'Авария на линии', 'плановые работы'],
    ['sender', 'u500', 'что-то', undefined],
  ] as const)('by %s opens for what it names and leaves the rest in the chat', (kind, value, yes, no) => {
    rule(kind, value);

    expect(kit.incidentOf(arrive({ text: yes }))).not.toBeNull();
    expect(kit.incidentOf(arrive({ text: no ?? 'что-то', senderId: 'u501' }))).toBeNull();
  });

  test('switched off, removed or older than the message does nothing', () => {
    const id = rule('all');
    const before = arrive({ text: 'вчерашнее', sentAt: kit.clock.now() - 10 * minute });
    kit.chats.saveRule({ id, chatId: group.id, kind: 'all', value: '', typeId: null, active: false }, person);
    const off = arrive({ text: 'раз' });
    kit.chats.removeRule(id, person);
    const gone = arrive({ text: 'два' });

    expect([before, off, gone].map(kit.incidentOf)).toEqual([null, null, null]);
  });

  test('never fires for our own words, service events or a code of colleagues', () => {
    rule('all');
    const own = arrive({ text: 'пишу с телефона', direction: 'out', senderId: 'u1' });
    const service = arrive({ extra: { kind: 'service', what: 'joined', text: 'Ким в группе' } });
    const foreign = arrive({ text: 'по KRS-15 всё ещё нет питания' });

    expect([own, service, foreign].map(kit.incidentOf)).toEqual([null, null, null]);
  });

  test('never fires in the chat that brings login codes', () => {
    const service = kit.chat('Telegram');
    kit.db.prepare('UPDATE telegram_peer SET is_service = 1 WHERE peer_id = ?').run(service.peerId as never);
    kit.chats.saveRule({ chatId: service.id, kind: 'all', value: '', typeId: null, active: true }, person);

    const [message] = kit.arrive(service, { text: 'Код для входа: •••••' });

    expect(kit.incidentOf(message!)).toBeNull();
  });

  test('told of the same message again opens nothing more', () => {
    rule('all');
    const message = arrive({ text: 'Авария' });
    const again = { chat: group, message: kit.row(message), files: [] };
    kit.db.transact((revision) => kit.chats.events.received([again], revision));

    expect(kit.desk.incidents.require(kit.incidentOf(message)!).messageCount).toBe(1);
    expect(kit.desk.incidents.waitingCount()).toBe(0);
    expect(kit.stores.query.counts(person, kit.clock.now()).open).toBe(1);
  });

  test('over a flood of a chat gone mad opens ten incidents, and loses none of a thousand messages', () => {
    rule('all');
    const arrivals = Array.from({ length: 1000 }, (_, index) => ({
      text: `Сбой ${index}`,
      senderId: `u${1000 + index}`,
    }));

    const messages = kit.arrive(group, ...arrivals);

    expect(kit.stores.query.counts(person, kit.clock.now()).open).toBe(10);
    expect(messages.every((message) => kit.incidentOf(message) !== null)).toBe(true);
    expect(linkOf(messages.at(-1)!)).toMatchObject({ by: 'flood' });
  });
});

describe('what comes after', () => {
  test('of the same sender joins within a day, of another opens anew', async () => {
    rule('all');
    const first = arrive({ text: 'Нет питания' });
    await kit.clock.advance(23 * hour);
    const more = arrive({ text: 'Всё ещё нет' });
    const other = arrive({ text: 'Упал забор', senderId: 'u501', senderName: 'Лисин' });
    await kit.clock.advance(25 * hour);
    const nextDay = arrive({ text: 'Опять' });

    expect(kit.incidentOf(more)).toBe(kit.incidentOf(first));
    expect(linkOf(more)).toMatchObject({ by: 'same-sender' });
    expect(new Set([first, other, nextDay].map(kit.incidentOf)).size).toBe(3);
  });

  test('in another topic of a forum is another matter', () => {
    rule('all');
    const first = arrive({ text: 'Нет питания', topicId: 11 });
    const other = arrive({ text: 'Нет связи', topicId: 12 });

    expect(kit.incidentOf(other)).not.toBe(kit.incidentOf(first));
  });

  test('with the code of another object opens its own incident where codes open', () => {
    rule('code', 'KA');
    const first = arrive({ text: 'KA0412 нет питания' });
    const detail = arrive({ text: 'щит обгорел' });
    const other = arrive({ text: 'KA0777 нет связи' });

    expect(kit.incidentOf(detail)).toBe(kit.incidentOf(first));
    expect(kit.incidentOf(other)).not.toBe(kit.incidentOf(first));
  });

  test('a reply joins from anybody, and so does our code, without any rule', () => {
    rule('keyword', 'авари');
    const first = arrive({ text: 'Авария' });
    const incidentId = kit.incidentOf(first)!;
    const { code } = kit.desk.incidents.require(incidentId);
    const reply = arrive({ text: 'выехали', senderId: 'u501', replyTo: first.serverId });
    const coded = arrive({ text: `по ${code.replace('PLT', 'плт')} закончили`, senderId: 'u502' });

    expect([kit.incidentOf(reply), kit.incidentOf(coded)]).toEqual([incidentId, incidentId]);
    expect(linkOf(reply)).toMatchObject({ by: 'reply' });
    expect(linkOf(coded)).toMatchObject({ by: 'code', detail: code });
  });

  test('a code said in a chat the incident never heard of is marked', () => {
    rule('all');
    const { code } = kit.desk.incidents.require(kit.incidentOf(arrive({ text: 'Авария' }))!);
    const stranger = kit.chat('Чужой чат', 'group');

    const [message] = kit.arrive(stranger, { text: `что с ${code}?` });

    expect(kit.desk.views.find(kit.row(message!).messageId!)?.notes).toEqual(['code-from-stranger']);
  });

  test('what we write on the phone stands in the incident of the dialogue', () => {
    const dialogue = kit.chat('Техник Лисин');
    const [asked] = kit.arrive(dialogue, { text: 'Ворота заклинило' });
    const { incidentId } = kit.chats.openIncident([asked!.id], person);

    const [answered] = kit.arrive(dialogue, { text: 'Еду', direction: 'out', senderId: 'u1' });
    const inGroup = arrive({ text: 'всем привет', direction: 'out', senderId: 'u1' });

    expect([kit.incidentOf(answered!), kit.incidentOf(inGroup)]).toEqual([incidentId, null]);
    expect(kit.desk.views.find(kit.row(answered!).messageId!)?.direction).toBe('out');
  });

  test('after closing: the first is an alarm, the second opens the incident again', async () => {
    rule('keyword', 'авари');
    const first = arrive({ text: 'Авария' });
    const incidentId = kit.incidentOf(first)!;
    close(incidentId);
    await kit.clock.advance(minute);
    arrive({ text: 'не помогло', replyTo: first.serverId });
    expect(kit.desk.incidents.require(incidentId)).toMatchObject({ lateLetters: 1 });
    expect(kit.desk.incidents.require(incidentId).finishedAt).not.toBeNull();

    arrive({ text: 'совсем не помогло', replyTo: first.serverId });

    expect(kit.desk.incidents.require(incidentId).finishedAt).toBeNull();
    expect(kindsOf(incidentId)).toContain('incident.reopened');
  });

  test('the rest of an album is one letter with the first', () => {
    rule('keyword', 'авари');
    const photo = { files: [{}], groupedId: 'a1' };

    const messages = kit.arrive(group, { ...photo, text: 'Авария, фото' }, photo, photo);

    const letters = new Set(messages.map((message) => kit.row(message).messageId));
    expect([letters.size, [...letters][0]]).toEqual([1, expect.any(Number)]);
    expect(kit.desk.incidents.require(kit.incidentOf(messages[0]!)!).messageCount).toBe(1);
    expect(kit.wanted).toHaveLength(3);
  });
});

describe('a message changed in its chat', () => {
  const edit = (message: { readonly id: number }, text: string) =>
    kit.db.transact((revision) => {
      const row = kit.row(message);
      const changed = { ...row, text, editedAt: kit.clock.now(), revision };
      kit.chatMessages.save(changed);
      kit.chats.events.edited(
        { chat: group, message: changed, files: kit.chatFiles.ofMessage(row.id) },
        revision,
      );
    });
  const countOpen = () => kit.stores.query.counts(person, kit.clock.now()).open;

  test('that gets a code by it opens an incident, once, from the moment of the change', async () => {
    const typeId = kit.desk.reference.types().find(({ slaMinutes }) => slaMinutes !== null)!.id;
    rule('code', 'KA', typeId);
    const message = arrive({ text: 'нет питания' });
    await kit.clock.advance(3 * hour);

    edit(message, 'КА-0412 нет питания');
    edit(message, 'КА-0412 и KA0777 нет питания');

    const incidentId = kit.incidentOf(message)!;
    expect(countOpen()).toBe(1);
    expect(kit.desk.incidents.require(incidentId)).toMatchObject({
      registeredAt: kit.clock.now(),
      messageCount: 1,
      typeId,
    });
    expect(kit.desk.views.find(kit.row(message).messageId!)?.text).toBe('КА-0412 и KA0777 нет питания');
    expect(kit.row(message).sentAt).toBe(kit.clock.now() - 3 * hour);
    expect(kit.chats.open(group.id, person).rules).toMatchObject([{ hits: 1 }]);
  });

  test('that gets our code by it joins that incident, and another code does not move it again', () => {
    rule('keyword', 'авари');
    const [one, two] = ['u501', 'u502'].map((senderId) =>
      kit.incidentOf(arrive({ text: 'Авария', senderId }))!,
    );
    const codeOf = (id: number | undefined) => kit.desk.incidents.require(id!).code;
    const message = arrive({ text: 'закончили', senderId: 'u503' });

    edit(message, `${codeOf(one)} закончили`);
    edit(message, `${codeOf(two)} закончили`);

    expect(kit.incidentOf(message)).toBe(one);
    expect(linkOf(message)).toMatchObject({ by: 'code', detail: codeOf(one) });
  });

  test('joins what its sender has open rather than open anew', () => {
    rule('keyword', 'авари');
    const before = arrive({ text: 'смотрю щит' });
    const incidentId = kit.incidentOf(arrive({ text: 'Авария' }))!;

    edit(before, 'смотрю щит, авария');

    expect(kit.incidentOf(before)).toBe(incidentId);
    expect(countOpen()).toBe(1);
  });

  test('is left where it is when its new words ask for nothing', () => {
    rule('keyword', 'авари');
    const before = arrive({ text: 'смотрю шит' });
    arrive({ text: 'Авария' });
    edit(before, 'смотрю щит');
    expect(kit.incidentOf(before)).toBeNull();

    const later = arrive({ text: 'вчерашнее', senderId: 'u501', sentAt: kit.clock.now() - hour });
    rule('all');
    edit(later, 'вчерашняя авария');
    expect(kit.incidentOf(later)).toBeNull();
  });

  test('is not put back where a person took it from', () => {
    rule('keyword', 'авари');
    const message = arrive({ text: 'Авария' });
    const moveRows = createMoveLetter(kit.desk);
    moveRows({ messageId: kit.row(message).messageId!, incidentId: null });

    edit(message, 'Авария!');

    expect(kit.incidentOf(message)).toBeNull();
  });

  test('takes along the pictures it is the words of', () => {
    rule('code', 'KA');
    const photo = { files: [{}], groupedId: 'a1' };
    const album = kit.arrive(group, { ...photo, text: 'фото' }, photo, photo);

    edit(album[0]!, 'KA0412, фото');

    expect(new Set(album.map((part) => kit.row(part).messageId)).size).toBe(1);
    expect(kit.desk.incidents.require(kit.incidentOf(album[2]!)!).messageCount).toBe(1);
    expect(kit.wanted).toHaveLength(3);
  });
});

describe('a place', () => {
  const at = (latitude: number, longitude: number, live = false) => ({
    extra: { kind: 'location', latitude, longitude, live, title: null } as const,
  });
  const pointOf = (incidentId: number) => {
    const { latitude, longitude } = kit.desk.incidents.require(incidentId);
    return [latitude, longitude];
  };

  test('said before or after by the same person is where the incident is', () => {
    rule('keyword', 'авари');
    const before = arrive(at(59.93, 30.31));
    const incidentId = kit.incidentOf(arrive({ text: 'Авария здесь' }))!;
    expect([kit.incidentOf(before), pointOf(incidentId)]).toEqual([incidentId, [59.93, 30.31]]);

    arrive(at(60.1, 30.5));

    expect(pointOf(incidentId)).toEqual([60.1, 30.5]);
    expect(kindsOf(incidentId).filter((kind) => kind === 'incident.located')).toHaveLength(2);
  });

  test('of somebody else, or long before, is not', async () => {
    rule('keyword', 'авари');
    const old = arrive(at(59.93, 30.31));
    await kit.clock.advance(11 * minute);
    const other = arrive({ ...at(1, 1), senderId: 'u501' });
    const incidentId = kit.incidentOf(arrive({ text: 'Авария' }))!;

    expect([old, other].map(kit.incidentOf)).toEqual([null, null]);
    expect(pointOf(incidentId)).toEqual([null, null]);
  });

  test('that moves is followed, and its trembling is no news', () => {
    rule('keyword', 'авари');
    const incidentId = kit.incidentOf(arrive({ text: 'Авария' }))!;
    const live = arrive(at(59.93, 30.31, true));
    const move = (latitude: number) =>
      kit.db.transact((revision) => {
        const moved = { ...kit.row(live), ...at(latitude, 30.31, true), editedAt: kit.clock.now() };
        kit.chatMessages.save(moved);
        kit.chats.events.edited({ chat: group, message: moved, files: [] }, revision);
      });

    move(59.9301);
    move(59.95);

    expect(pointOf(incidentId)).toEqual([59.95, 30.31]);
    expect(kindsOf(incidentId).filter((kind) => kind === 'incident.located')).toHaveLength(2);
  });
});
