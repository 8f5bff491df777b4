import { beforeEach, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { silentLogger } from '../platform/logger.ts';
import { answerAll, answerNext, answerView, haltAnswers, takeBackAnswers } from './answer-all.ts';
import { createAnswerWatch } from './answer-watch.ts';
import { mergeIncidents } from './merge.ts';

let kit: LinkKit;
beforeEach(() => {
  kit = createLinkKit();
});

const text = 'Видим отключение по {{code}}. Бригада выехала.';
const arrive = (count: number) =>
  Array.from({ length: count }, (_, at) => kit.letter({ subject: `Авария ${at}` }).incidentId);
const ask = (incidentIds: readonly number[], words = text) =>
  answerAll(kit.links, { incidentIds, floodId: null, text: words }, kit.actor).batchId;
const run = (parts = kit.links) => {
  while (answerNext(parts));
};
const codeOf = (id: number) => kit.desk.incidents.require(id).code;
const sent = (id: number) =>
  kit.desk.views.timeline(id, null, 100).filter(({ direction }) => direction === 'out');
const states = (batchId: number) => answerView(kit.links, batchId).parts.map(({ state }) => state);

test('every applicant gets a letter of their own, in their own thread, with their own code and nobody else’s address', () => {
  const ids = arrive(12);

  run((ask(ids), kit.links));

  const addresses = new Set<string>();
  for (const id of ids) {
    const [letter] = sent(id);
    expect(sent(id)).toHaveLength(1);
    expect([...letter!.to, ...letter!.cc, ...letter!.bcc]).toHaveLength(1);
    addresses.add(letter!.to[0]!.address);
    expect(letter!.subject).toContain(codeOf(id));
    expect(letter!.text).toContain(`Видим отключение по ${codeOf(id)}.`);
    const [question] = kit.desk.views.timeline(id, null, 100);
    expect(letter!.conversationId).toBe(question!.conversationId);
    expect(letter!.outbox?.state).toBe('queued');
    expect(kit.events(id)).toContain('incident.letter-queued');
  }
  expect(addresses.size).toBe(12);
});

test('killed in the middle, it goes on with those not yet answered and writes to nobody twice', async () => {
  const ids = arrive(5);
  const batchId = ask(ids);
  let left = 2;
  const dying = {
    ...kit.links,
    answers: {
      ...kit.links.answers,
      save: (part: Parameters<typeof kit.links.answers.save>[0]) => {
        if (left === 0) throw new Error('killed');
        left -= 1;
        kit.links.answers.save(part);
      },
    },
  };
  expect(() => run(dying)).toThrow('killed');
  // What was under way has left nothing: neither a letter nor a row in the outbox.
  expect(ids.map((id) => sent(id).length)).toEqual([1, 1, 0, 0, 0]);
  expect(kit.desk.drafts.ofPerson(kit.actor)).toEqual([]);

  const watch = createAnswerWatch(kit.links, silentLogger);
  await watch.start(new AbortController().signal);
  await kit.clock.advance(1);
  await watch.stop();

  expect(ids.map((id) => sent(id).length)).toEqual([1, 1, 1, 1, 1]);
  expect(states(batchId)).toEqual(Array(5).fill('queued'));
});

test('taken back within the time none of them leaves, and no drafts are left behind', () => {
  const ids = arrive(3);
  const batchId = ask(ids);
  answerNext(kit.links);
  answerNext(kit.links);

  expect(takeBackAnswers(kit.links, batchId, kit.actor)).toEqual({ takenBack: 3, left: 0, text });

  run();
  expect(ids.flatMap(sent)).toEqual([]);
  expect(states(batchId)).toEqual(Array(3).fill('taken-back'));
  expect(kit.desk.drafts.ofPerson(kit.actor)).toEqual([]);
  expect(ids.map((id) => kit.desk.incidents.require(id).messageCount)).toEqual([1, 1, 1]);
});

test('what has left stays left when the rest is taken back', () => {
  const ids = arrive(2);
  const batchId = ask(ids);
  run();
  const [first] = kit.desk.outbox.inState('queued');
  kit.db.transact((revision) => {
    kit.desk.outbox.save({ ...first!, state: 'accepted', revision });
    return undefined;
  });

  expect(takeBackAnswers(kit.links, batchId, kit.actor)).toEqual({ takenBack: 1, left: 1, text });
  expect(states(batchId).toSorted()).toEqual(['queued', 'taken-back']);
});

test('a phone call without an address is named, not hidden, and holds up nobody', () => {
  const [id] = arrive(1);
  const blank = { description: '', applicantName: '', applicantPhone: '+7', applicantAddress: '' };
  const call = kit.open({ ...blank, title: 'Звонок', asset: '', typeId: null, assigneeId: null }, kit.actor);

  const batchId = ask([call, id!]);
  run();

  expect(answerView(kit.links, batchId).parts).toEqual([
    { incidentId: id, code: codeOf(id!), state: 'queued', reason: null },
    { incidentId: call, code: codeOf(call), state: 'skipped', reason: 'no-address' },
  ]);
});

test('an incident that took another in answers both applicants, each for themselves', () => {
  const [a, b] = arrive(2) as [number, number];
  const others = [{ id: b, expected: kit.expected() }];
  mergeIncidents(kit.links, { intoId: a, expected: kit.expected(), others }, kit.actor);

  run((ask([a, b]), kit.links));

  expect(sent(a).map(({ to }) => to.map(({ address }) => address))).toEqual([
    ['noc-1@operator.example'],
    ['noc-2@operator.example'],
  ]);
});

test('who asked in a chat is answered in that chat', () => {
  const chat = kit.chat('Т2 Нижний');
  const [message] = kit.arrive(chat, { text: 'Нет питания' });
  const { incidentId } = kit.chats.openIncident([message!.id], kit.actor);

  run((ask([incidentId]), kit.links));

  const [answer] = sent(incidentId);
  expect(answer).toMatchObject({ channel: 'telegram', outbox: { state: 'queued' } });
  expect(answer!.text).toContain(codeOf(incidentId));
});

test('after a restore nobody is answered a second time: who still waited is named for a person to decide', () => {
  const ids = arrive(3);
  const batchId = ask(ids);
  answerNext(kit.links);

  haltAnswers(kit.links);
  run();

  expect(ids.map((id) => sent(id).length)).toEqual([1, 0, 0]);
  expect(answerView(kit.links, batchId).parts.map(({ reason }) => reason)).toEqual([
    null,
    'restored',
    'restored',
  ]);
});
