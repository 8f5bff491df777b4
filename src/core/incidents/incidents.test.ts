import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit, startOfTest } from '../../../test/support/core-kit.ts';
import { silentLogger } from '../platform/logger.ts';
import { acknowledge } from './alarms.ts';
import { leastBusy } from './assignment.ts';
import { assign, dismiss, edit, pause, resume, setStatus, setType } from './change-incident.ts';
import { letterJoined } from './letter-joined.ts';
import { openByHand, openFromLetter, registerEarlier } from './open-incident.ts';
import { createSlaWatch } from './sla-watch.ts';
import { undo } from './undo.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: CoreKit;

beforeEach(() => {
  kit = createCoreKit();
});

const opened = (registeredAt = startOfTest) =>
  openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: 'Диспетчер', address: 'noc@operator.example' },
    registeredAt,
    channel: 'mail',
    accountId: 1,
  }).id;
const at = (id: number) => kit.desk.incidents.require(id);
const now = (id: number) => ({ id, expected: kit.db.revision() });
const events = (id: number) => kit.desk.journal.ofSubject('incident', id).map(({ kind }) => kind);
const joins = (id: number, more: Partial<Parameters<typeof letterJoined>[1]> = {}) =>
  letterJoined(kit.desk, {
    incidentId: id,
    messageId: 1,
    direction: 'in',
    opening: false,
    automatic: false,
    receivedAt: kit.clock.now(),
    by: 'references',
    ...more,
  });
const takeBack = (sequence: number | null) =>
  undo({ ...kit.desk, moveLetterBack: () => {} }, sequence ?? 0, null);

describe('opening', () => {
  test('gives consecutive codes and an alarm, and starts the clock at the letter', () => {
    const first = opened(startOfTest - hour);
    const second = opened();

    expect([at(first).code, at(second).code]).toEqual(['PLT-1001', 'PLT-1002']);
    expect(kit.desk.clocks.ofIncident(first)).toMatchObject({ startedAt: startOfTest - hour, dueAt: null });
    expect(kit.desk.alarms.sounding().map(({ kind }) => kind)).toEqual(['new', 'new']);
  });

  test('from a phone call starts the clock now and stays with whoever took the call', () => {
    const [, taker] = [kit.addPerson('Ким'), kit.addPerson('Орлова')];

    const { id } = openByHand(
      kit.desk,
      {
        title: 'Звонок',
        description: '',
        applicantName: '',
        applicantPhone: '+7 900 000-11-22',
        applicantAddress: '',
        asset: '18620-P-77-4',
        typeId: kit.typeId('power-moscow'),
        assigneeId: null,
      },
      taker,
    );

    expect(at(id)).toMatchObject({ assigneeId: taker, channel: 'phone', registeredAt: startOfTest });
    expect(kit.desk.clocks.ofIncident(id)?.dueAt).toBe(startOfTest + 4 * hour);
    expect(kit.desk.alarms.soundingCount()).toBe(0);
  });

  test('is put right when the original of a reply arrives later', () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, null);

    registerEarlier(kit.desk, {
      incidentId: id,
      title: 'Самое первое письмо',
      applicant: { name: '', address: 'first@operator.example' },
      registeredAt: startOfTest - hour,
      channel: 'mail',
      accountId: 1,
    });

    expect(at(id)).toMatchObject({ title: 'Самое первое письмо', registeredAt: startOfTest - hour });
    expect(kit.desk.clocks.ofIncident(id)?.dueAt).toBe(startOfTest + 3 * hour);
  });
});

describe('assignment', () => {
  test('waits visibly while nobody is on duty, and goes out oldest first with the first shift', () => {
    const ids = [opened(startOfTest - 2), opened(startOfTest - 1)];
    expect(ids.map((id) => at(id).assigneeId)).toEqual([null, null]);
    expect(events(ids[0]!)).toContain('incident.waits-for-dispatcher');

    const person = kit.addPerson('Орлова');

    expect(ids.map((id) => at(id).assigneeId)).toEqual([person, person]);
    expect(events(ids[0]!).at(-1)).toBe('incident.assigned');
  });

  test('never lets the loads of people on duty differ by more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 23 }), (people, incidents) => {
        kit = createCoreKit();
        for (let index = 0; index < people; index += 1) kit.addPerson(`Диспетчер ${index}`);
        for (let index = 0; index < incidents; index += 1) opened();

        const loads = kit.desk.people.loads().map(({ load }) => load);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  test('prefers whoever has waited longest among equally loaded', () => {
    const rows = [
      { personId: 1, load: 2, lastAssignedAt: 10 },
      { personId: 2, load: 1, lastAssignedAt: 30 },
      { personId: 3, load: 1, lastAssignedAt: 20 },
    ];
    expect(leastBusy(rows)?.personId).toBe(3);
  });

  test('refuses a person who has left', () => {
    const person = kit.addPerson('Орлова', false);
    kit.db.transact((revision) =>
      kit.desk.people.save({ ...kit.desk.people.require(person), active: 0, revision }),
    );

    expect(() => assign(kit.desk, { ...now(opened()), personId: person }, null)).toThrow(
      expect.objectContaining({ code: 'conflict', reason: 'person-inactive' }),
    );
  });
});

describe('the clock', () => {
  const dueAt = (id: number) => kit.desk.clocks.ofIncident(id)?.dueAt;

  test('keeps its remaining time through a pause, to the second', async () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, null);
    await kit.clock.advance(hour);
    pause(kit.desk, { ...now(id), reason: 'Ждём доступ' }, null);
    expect(kit.desk.clocks.ofIncident(id)).toMatchObject({ remainingMs: 3 * hour, dueAt: null });

    await kit.clock.advance(10 * hour);
    resume(kit.desk, now(id), null);

    expect(dueAt(id)).toBe(kit.clock.now() + 3 * hour);
  });

  test('takes a type chosen during a pause into account without counting the pause', async () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, null);
    await kit.clock.advance(hour);
    pause(kit.desk, { ...now(id), reason: 'Ждём' }, null);
    await kit.clock.advance(5 * hour);

    setType(kit.desk, { ...now(id), typeId: kit.typeId('power-regions') }, null);

    expect(kit.desk.clocks.ofIncident(id)?.remainingMs).toBe(23 * hour);
  });

  test('ends with closing, and after a reopening the closed time does not count', async () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('object-loss') }, null);
    await kit.clock.advance(hour);
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('closed') }, null);
    expect(kit.desk.clocks.ofIncident(id)?.endedAt).toBe(kit.clock.now());

    await kit.clock.advance(100 * hour);
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('in-progress') }, null);

    expect(dueAt(id)).toBe(kit.clock.now() + 3 * hour);
  });

  test('runs on as if never stopped when a closing is undone', async () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('object-loss') }, null);
    const before = dueAt(id);
    const { undo: sequence } = setStatus(kit.desk, { ...now(id), statusId: kit.statusId('closed') }, null);
    await kit.clock.advance(minute);

    takeBack(sequence);

    expect(dueAt(id)).toBe(before);
    expect(at(id)).toMatchObject({ finishedAt: null, statusId: kit.statusId('new') });
  });

  test('raises at risk and overdue to the second', async () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, null);
    kit.clock.jump(3 * hour - 1);
    const watch = createSlaWatch(kit.desk, silentLogger);
    await watch.start(new AbortController().signal);
    const raised = () =>
      kit.desk.journal
        .ofSubject('incident', id)
        .filter(({ payload }) => (JSON.parse(payload) as { kind?: string }).kind === 'sla')
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'incident.at-risk' || kind === 'incident.overdue');

    expect(raised()).toEqual([]);
    await kit.clock.advance(1);
    expect(raised()).toEqual(['incident.at-risk']);
    kit.clock.jump(hour - 15_000);
    await kit.clock.advance(15_000);
    expect(raised()).toEqual(['incident.at-risk']);
    await kit.clock.advance(1);
    expect(raised()).toEqual(['incident.at-risk', 'incident.overdue']);

    await watch.stop();
    expect(kit.clock.sleeping).toBe(0);
  });

  test('raises everything that came due while the machine slept', async () => {
    const ids = [opened(startOfTest - 2 * hour), opened(startOfTest - hour)];
    for (const id of ids) setType(kit.desk, { ...now(id), typeId: kit.typeId('power-moscow') }, null);
    const watch = createSlaWatch(kit.desk, silentLogger);
    await watch.start(new AbortController().signal);

    kit.clock.jump(48 * hour);
    await kit.clock.advance(15_000);
    await watch.stop();

    const overdue = kit.desk.alarms.sounding().filter(({ kind }) => kind === 'overdue');
    expect(overdue.map(({ incidentId }) => incidentId)).toEqual(ids);
  });
});

describe("the queue's own order", () => {
  test('has deadlines first, the late one before all, then what needs none, then what is paused', () => {
    // The dispatcher's own ten minutes would stand before all of them.
    const reaction = kit.desk.clockRules.require('reaction');
    kit.db.transact((revision) => kit.desk.clockRules.save({ ...reaction, active: false }, revision));
    const [old, late, calm, paused] = [8, 5, 2, 7].map((hours) => opened(startOfTest - hours * hour));
    const type = (id: number | undefined, key: string) =>
      setType(kit.desk, { ...now(id ?? 0), typeId: kit.typeId(key) }, null);
    type(old, 'structure');
    type(late, 'power-moscow');
    type(calm, 'power-regions');
    type(paused, 'power-regions');
    pause(kit.desk, { ...now(paused ?? 0), reason: 'Ждём допуск' }, null);
    const fresh = opened();

    const order = [old, late, calm, paused, fresh].toSorted(
      (one, other) => at(one ?? 0).urgencyAt - at(other ?? 0).urgencyAt,
    );

    expect(order).toEqual([late, fresh, calm, old, paused]);
  });
});

describe('workflow', () => {
  test('refuses a step the workflow does not know and keeps the incident as it was', () => {
    const id = opened();
    expect(() => setStatus(kit.desk, { ...now(id), statusId: kit.statusId('handed-over') }, null)).toThrow(
      expect.objectContaining({ code: 'conflict', reason: 'transition' }),
    );
    expect(at(id).statusId).toBe(kit.statusId('new'));
  });

  test('refuses a page that has not seen what a colleague decided', () => {
    const id = opened();
    const seen = at(id).revision;
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('in-progress') }, null);

    expect(() => edit(kit.desk, { id, expected: seen, title: 'Другое' }, null)).toThrow(
      expect.objectContaining({ code: 'conflict', reason: 'stale' }),
    );
  });

  test('accepts a page that has only missed a letter', () => {
    const id = opened();
    const seen = at(id).revision;
    joins(id);

    setStatus(kit.desk, { id, expected: seen, statusId: kit.statusId('in-progress') }, null);

    expect(at(id).statusId).toBe(kit.statusId('in-progress'));
  });

  test('silences the alarm of an incident somebody acts on', () => {
    const id = opened();
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('in-progress') }, null);
    expect(kit.desk.alarms.soundingCount()).toBe(0);

    const other = opened();
    acknowledge(kit.desk, [other], null);
    expect(events(other)).toContain('incident.alarm-acknowledged');
  });
});

describe('letters after closing', () => {
  const closed = () => {
    const id = opened();
    setType(kit.desk, { ...now(id), typeId: kit.typeId('fibre') }, null);
    kit.clock.jump(minute);
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('closed') }, null);
    kit.clock.jump(minute);
    return id;
  };

  test('the first alerts and marks, the second reopens', () => {
    const id = closed();
    joins(id);
    expect(at(id)).toMatchObject({
      lateLetters: 1,
      statusId: kit.statusId('closed'),
      lastInboundAt: kit.clock.now(),
    });
    expect(kit.desk.alarms.sounding().map(({ kind }) => kind)).toEqual(['late-letter']);

    joins(id);
    expect(at(id)).toMatchObject({ lateLetters: 0, statusId: kit.statusId('in-progress'), finishedAt: null });
    expect(kit.desk.alarms.sounding().map(({ kind }) => kind)).toContain('reopened');
  });

  test('bounces, automatic replies, our own letters and old ones never count', () => {
    const id = closed();
    for (let times = 0; times < 3; times += 1) {
      joins(id, { automatic: true });
      joins(id, { direction: 'out' });
      joins(id, { receivedAt: startOfTest - hour });
    }
    expect(at(id)).toMatchObject({ lateLetters: 0, statusId: kit.statusId('closed'), messageCount: 9 });
  });

  test('a person who writes into what was set aside brings it back', () => {
    const id = opened();
    dismiss(kit.desk, { ...now(id), ruleId: null }, null);
    kit.clock.jump(minute);

    joins(id);

    expect(at(id).dismissedAt).toBeNull();
    expect(kit.desk.alarms.sounding().map(({ kind }) => kind)).toEqual(['late-letter']);
  });
});

describe('undo', () => {
  test('takes back status, type, assignment, edit and "not an incident"', () => {
    const [first, second] = [kit.addPerson('Орлова'), kit.addPerson('Ким')];
    const id = opened();
    const before = { ...at(id), revision: 0, decidedRevision: 0, urgencyAt: 0 };
    const target = at(id).assigneeId === first ? second : first;
    const steps = [
      setStatus(kit.desk, { ...now(id), statusId: kit.statusId('in-progress') }, first),
      setType(kit.desk, { ...now(id), typeId: kit.typeId('fibre') }, first),
      assign(kit.desk, { ...now(id), personId: target }, first),
      edit(kit.desk, { ...now(id), title: 'Другое', priority: 'high', categoryIds: [1, 2] }, first),
      dismiss(kit.desk, { ...now(id), ruleId: null }, first),
    ];

    for (const { undo: sequence } of steps.toReversed()) takeBack(sequence);

    expect({ ...at(id), revision: 0, decidedRevision: 0, urgencyAt: 0 }).toEqual(before);
    expect(kit.desk.incidents.categories(id)).toEqual([]);
    expect(events(id).filter((kind) => kind === 'incident.undone')).toHaveLength(5);
  });

  test('does not throw away what somebody decided later', () => {
    const id = opened();
    const { undo: sequence } = setStatus(
      kit.desk,
      { ...now(id), statusId: kit.statusId('in-progress') },
      null,
    );
    setStatus(kit.desk, { ...now(id), statusId: kit.statusId('data-requested') }, null);

    expect(() => takeBack(sequence)).toThrow(
      expect.objectContaining({ code: 'conflict', reason: 'changed-since' }),
    );
    expect(at(id).statusId).toBe(kit.statusId('data-requested'));
  });
});
