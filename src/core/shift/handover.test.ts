import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createShiftKit, type ShiftKit } from '../../../test/support/shift-kit.ts';
import { silentLogger } from '../platform/logger.ts';
import {
  acknowledgeHandover,
  endWithHandover,
  handoverCalls,
  hushHandover,
  remarkOnHandover,
  viewHandover,
  type EndShift,
} from './handover.ts';
import { createShiftWatch } from './shift-watch.ts';
import { createShiftDesk } from './shift-desk.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: ShiftKit;
let leaver: number;
let taker: number;

beforeEach(() => {
  kit = createShiftKit();
  leaver = kit.addPerson('Орлова Анна');
  taker = kit.addPerson('Зуев Пётр', false);
});

const end = (more: Partial<EndShift> = {}) =>
  endWithHandover(
    kit.parts,
    {
      to: { kind: 'person', personId: taker },
      without: [],
      notes: {},
      words: '',
      work: { how: 'keep' },
      ...more,
    },
    leaver,
  );
const document = (id: number) => viewHandover(kit.parts, id, taker).document;
const desk = () => createShiftDesk(kit.parts, { channels: () => [] });

describe('the document', () => {
  test('tells every open incident with its deadline, the nearest first', () => {
    const calm = kit.seen(kit.letter('Плановые работы'));
    const urgent = kit.seen(kit.letter('Нет питания на опоре'));
    kit.typed(urgent);

    const { items } = document(end().handoverId);

    const incidents = items.filter(({ kind }) => kind === 'incident');
    expect(incidents.map(({ incidentId }) => incidentId)).toEqual([urgent, calm]);
    expect(incidents[0]).toMatchObject({ title: 'Нет питания на опоре', facts: { status: 'Новый' } });
    expect(incidents[0]?.at).toBeGreaterThan(kit.clock.now());
  });

  test('tells what falls due in the coming shift: wake-ups, auto-closing, own reminders', () => {
    const id = kit.letter();
    const now = kit.clock.now();
    kit.db.transact((revision) => {
      const incident = kit.desk.incidents.require(id);
      kit.desk.incidents.save({
        ...incident,
        postponedUntil: now + hour,
        autoCloseAt: now + 13 * hour,
        revision,
      });
      kit.db
        .prepare(
          'INSERT INTO reminder (uuid, incident_id, person_id, at, text, created_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run('r', id, leaver, now + 2 * hour, 'позвонить подрядчику', now, revision);
    });

    const { items } = document(end().handoverId);

    expect(items.filter(({ kind }) => kind === 'wake-up').map(({ at }) => at)).toEqual([now + hour]);
    expect(items.filter(({ kind }) => kind === 'auto-close')).toEqual([]);
    expect(items.find(({ kind }) => kind === 'reminder')?.facts['text']).toBe('позвонить подрядчику');
  });

  test('names unread incidents and channels that are down', () => {
    const id = kit.letter();
    kit.channels.push({
      source: 'mail:1',
      kind: 'mail',
      accountId: 1,
      name: 'Диспетчерская',
      health: { state: 'degraded', reason: 'unavailable' },
    });

    const { items } = document(end().handoverId);

    expect(items.filter(({ kind }) => kind === 'unread').map(({ incidentId }) => incidentId)).toEqual([id]);
    expect(items.find(({ kind }) => kind === 'channel')).toMatchObject({
      title: 'Диспетчерская',
      facts: { reason: 'unavailable' },
    });
  });

  test('leaves out what was struck, carries the words, and takes in what appeared since it was drawn up', () => {
    const struck = kit.letter('Дубль');
    desk().draw(leaver);
    const late = kit.letter('Пришло в последнюю минуту');

    const { handoverId } = end({
      without: [`incident:${struck}`],
      notes: { [`incident:${late}`]: ' ждём звонка ' },
      words: 'Ключи у охраны',
    });

    const incidents = document(handoverId).items.filter(({ kind }) => kind === 'incident');
    expect(incidents.map(({ incidentId, note }) => [incidentId, note])).toEqual([[late, 'ждём звонка']]);
    expect(document(handoverId).words).toBe('Ключи у охраны');
  });

  test('never changes: the database refuses, and its hash stands in the journal', () => {
    kit.letter();
    const { handoverId } = end();

    expect(() => kit.db.prepare("UPDATE handover SET document = '{}'").run()).toThrow('never changes');
    expect(() => kit.db.prepare('DELETE FROM handover').run()).toThrow('is kept');
    const text = kit.parts.handovers.require(handoverId).document;
    expect(kit.facts('handover.signed')).toEqual([
      expect.objectContaining({ hash: createHash('sha256').update(text).digest('hex') }),
    ]);
  });

  test('is found again by a word in it, by its people and by its day', () => {
    kit.letter('Обрыв кабеля');
    const { handoverId } = end({ words: 'Ёлки у ворот' });
    const find = (more: object) =>
      desk()
        .handovers({ text: '', personId: null, from: null, before: null, limit: 50, ...more }, taker)
        .map(({ id }) => id);

    expect(find({ text: 'елки КАБЕЛЯ' })).toEqual([handoverId]);
    expect(find({ text: 'насос' })).toEqual([]);
    expect(find({ personId: taker })).toEqual([handoverId]);
    expect(find({ before: kit.clock.now() })).toEqual([]);
    expect(find({ from: kit.clock.now() })).toEqual([handoverId]);
  });
});

describe('two people', () => {
  test('the leaver signs and is off duty, the taker acknowledges: both stand in the journal', async () => {
    const { handoverId } = end();
    expect(kit.desk.people.openShift(leaver)).toBeUndefined();
    await kit.clock.advance(90_000);

    acknowledgeHandover(kit.parts, handoverId, taker);

    expect(viewHandover(kit.parts, handoverId, taker)).toMatchObject({ acknowledgedBy: taker, mine: false });
    expect(kit.facts('handover.acknowledged')).toEqual([{ seconds: 90 }]);
    expect(() => acknowledgeHandover(kit.parts, handoverId, taker)).toThrow(
      expect.objectContaining({ details: { reason: 'handover-taken' } }),
    );
  });

  test('nobody takes their own, nor what is for somebody else, except a lead', () => {
    const lead = kit.addLead('Белова');
    const other = kit.addPerson('Карпов', false);
    const { handoverId } = end();

    expect(() => acknowledgeHandover(kit.parts, handoverId, leaver)).toThrow(
      expect.objectContaining({ details: { reason: 'own-handover' } }),
    );
    expect(() => acknowledgeHandover(kit.parts, handoverId, other)).toThrow(
      expect.objectContaining({ code: 'denied', details: { reason: 'not-addressed' } }),
    );
    acknowledgeHandover(kit.parts, handoverId, lead);

    expect(viewHandover(kit.parts, handoverId, lead).acknowledgedBy).toBe(lead);
  });

  test('what is for the next may be taken by anybody who comes', () => {
    const { handoverId } = end({ to: { kind: 'next' } });

    expect(desk().state(taker).waiting).toMatchObject([{ id: handoverId, mine: true }]);
    expect(desk().state(leaver).waiting).toMatchObject([{ id: handoverId, mine: false }]);
  });

  test('a question and its answer stand beside the document', () => {
    const { handoverId } = end();

    remarkOnHandover(kit.parts, { id: handoverId, text: 'Где ключи?' }, taker);
    remarkOnHandover(kit.parts, { id: handoverId, text: 'У охраны' }, leaver);

    expect(viewHandover(kit.parts, handoverId, taker).said.map(({ text }) => text)).toEqual([
      'Где ключи?',
      'У охраны',
    ]);
  });

  test('nobody off duty ends a shift, and a document is not addressed to its writer', () => {
    expect(() => end({ to: { kind: 'person', personId: leaver } })).toThrow(
      expect.objectContaining({ details: { reason: 'own-handover' } }),
    );
    end();

    expect(() => end()).toThrow(expect.objectContaining({ details: { reason: 'off-duty' } }));
  });
});

describe('a document nobody takes', () => {
  test('calls the lead after a quarter of an hour, and not before', async () => {
    const lead = kit.addLead('Белова');
    const watch = createShiftWatch(kit.parts, silentLogger);
    await watch.start(new AbortController().signal);
    const { handoverId } = end();

    await kit.clock.advance(15 * minute - 1);
    expect(handoverCalls(kit.parts, lead)).toEqual([]);
    await kit.clock.advance(1);

    expect(handoverCalls(kit.parts, lead)).toMatchObject([{ handoverId, fromPersonId: leaver }]);
    expect(handoverCalls(kit.parts, taker)).toEqual([]);
    expect(kit.facts('handover.late')).toEqual([{ minutes: 15 }]);
    await watch.stop();
    expect(kit.clock.sleeping).toBe(0);
  });

  test('falls silent when the lead answers or somebody takes it, and calls no second time', async () => {
    const lead = kit.addLead('Белова');
    const watch = createShiftWatch(kit.parts, silentLogger);
    await watch.start(new AbortController().signal);
    const { handoverId } = end();
    await kit.clock.advance(16 * minute);

    hushHandover(kit.parts, handoverId, lead);
    await kit.clock.advance(hour);

    expect(handoverCalls(kit.parts, lead)).toEqual([]);
    expect(desk().state(taker).waiting).toHaveLength(1);
    await watch.stop();
  });
});

test('the start of a shift is asked for until the sound was tried in it', async () => {
  expect(desk().state(leaver).prompt).toBe('hand');
  await kit.clock.advance(1);

  desk().soundTested(leaver, false);

  expect(desk().state(leaver).prompt).toBeNull();
  expect(desk().state(taker).prompt).toBeNull();
  expect(kit.facts('person.sound-tested')).toEqual([{ heard: false }]);
});
