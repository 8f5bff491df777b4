import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CallKit, createCallKit } from '../../../test/support/call-kit.ts';
import { isCallOpen } from '../../shared/domain/calls.ts';
import { undo, type UndoParts } from '../incidents/undo.ts';
import { startWork } from '../incidents/works.ts';
import { createTakeBackOther, type TakeBackParts } from '../undo/take-back-other.ts';
import { haltLadders } from '../notify/halt-ladders.ts';
import { runDue } from './call-watch.ts';
import { haltCalls } from './halt-calls.ts';
import { silentLogger } from '../platform/logger.ts';

const minute = 60_000;
let kit: CallKit;

beforeEach(async () => {
  kit = await createCallKit();
});
afterEach(async () => {
  await kit.stop();
  kit.db.close();
});

function incident(): number {
  const blank = { description: '', applicantName: '', applicantPhone: '', applicantAddress: '', asset: '' };
  return kit.open({ ...blank, title: 'Нет питания', typeId: null, assigneeId: null }, kit.me);
}

function undoParts(): UndoParts {
  const takers = createTakeBackOther({ calls: kit.composed.undo } as unknown as TakeBackParts);
  return { ...kit.desk, moveLetterBack: () => {}, takeBackOther: takers };
}

describe('an incident somebody is called to', () => {
  test('tells of the call in its history, and the work begins and ends with it', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const incidentId = incident();
    const { id } = kit.call({ incidentId, workKind: 'emergency' });
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Валеев').text).toContain('Заявка PLT-');
    kit.press('Валеев', 'accepted');
    expect(kit.desk.clocks.ofIncident(incidentId, 'emergency')).toMatchObject({ endedAt: null });
    await kit.clock.advance(30 * minute);
    kit.press('Валеев', 'done');
    expect(kit.desk.clocks.ofIncident(incidentId, 'emergency')?.endedAt).toBe(kit.clock.now());
    const told = kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
    expect(told.filter((kind) => kind === 'incident.call-told')).toHaveLength(3);
    expect(kit.calls.list({ ...search, incidentId }).map((line) => line.id)).toEqual([id]);
  });

  test('keeps work that somebody else began and did not hand to the call', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const incidentId = incident();
    startWork(kit.desk, incidentId, 'emergency', { at: kit.clock.now(), actor: kit.me });
    kit.call({ incidentId, workKind: 'emergency' });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'done');
    expect(kit.desk.clocks.ofIncident(incidentId, 'emergency')).toMatchObject({ endedAt: null });
  });

  test('that goes into another takes its call along', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const from = incident();
    const into = incident();
    const { id } = kit.call({ incidentId: from });
    await kit.clock.advance(1000);
    kit.db.transact(() =>
      kit.db.prepare('UPDATE incident SET merged_into_id = ? WHERE id = ?').run(into, from),
    );
    kit.press('Валеев', 'accepted');
    const told = kit.desk.journal.ofSubject('incident', into).map(({ kind }) => kind);
    expect(told).toContain('incident.call-told');
    expect(kit.calls.list({ ...search, incidentId: into }).map((line) => line.id)).toEqual([id]);
  });
});

const search = {
  incidentId: null,
  assetId: null,
  contactId: null,
  states: [],
  text: '',
  before: null,
  limit: 50,
};

describe('what a dispatcher does with a call', () => {
  test('puts down what was said by telephone: the ladder stops, and the first word cannot be taken back', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(1000);
    const taken = kit.calls.mark({ id, expected: kit.at(id).revision, verb: 'accepted', reason: '' }, kit.me);
    expect(taken).toBeNull();
    await kit.clock.advance(60 * minute);
    expect(kit.at(id).state).toBe('accepted');
    expect(kit.sms.sent).toEqual([]);
    expect(kit.at(id).turns).toMatchObject([{ outcome: 'accepted', notificationState: 'acknowledged' }]);
  });

  test('a later word put down by mistake is taken back, with the work that ended by it', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const incidentId = incident();
    const { id } = kit.call({ incidentId, workKind: 'emergency' });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    const done = kit.calls.mark(
      { id, expected: kit.at(id).revision, verb: 'done', reason: 'Автомат' },
      kit.me,
    );
    expect(kit.at(id)).toMatchObject({ state: 'completed', result: 'Автомат' });
    undo(undoParts(), done ?? 0, kit.me);
    expect(kit.at(id)).toMatchObject({ state: 'accepted', endedAt: null });
    expect(kit.desk.clocks.ofIncident(incidentId, 'emergency')).toMatchObject({ endedAt: null });
    expect(kit.at(id).clock?.kind).toBe('arrive');
  });

  test('and what happened since is not thrown away by taking it back', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    const marked = kit.calls.mark(
      { id, expected: kit.at(id).revision, verb: 'on-the-way', reason: '' },
      kit.me,
    );
    kit.press('Валеев', 'done');
    expect(() => undo(undoParts(), marked ?? 0, kit.me)).toThrow(
      expect.objectContaining({ reason: 'changed-since' }),
    );
  });

  test('a page that shows an older state is refused', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id, revision } = kit.call();
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    expect(() => kit.calls.cancel({ id, expected: revision, reason: '' }, kit.me)).toThrow(
      expect.objectContaining({ reason: 'stale' }),
    );
  });

  test('takes it from one who knows of it and gives it to another: the first is told to stay', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'on-the-way');
    kit.calls.passOn({ id, expected: kit.at(id).revision, contactId: second, reason: 'Ближе' }, kit.me);
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Валеев').text).toContain('уже передан другому, ехать не нужно');
    expect(kit.last(kit.bot, 'Громов').title).toBe('Вызов №1');
    expect(kit.at(id).turns.map(({ outcome }) => outcome)).toEqual(['withdrawn', null]);
  });

  test('calls nobody who is no technician, and says when nobody fits', () => {
    expect(() => kit.call()).toThrow(expect.objectContaining({ reason: 'nobody-to-call' }));
    expect(kit.calls.board()).toEqual([]);
  });
});

describe('a kill at any moment', () => {
  test('leaves neither a call nobody hears of nor a ladder nobody waits for', () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { connection } = kit.db;
    connection.exec(
      "CREATE TRIGGER killed BEFORE UPDATE ON call_turn BEGIN SELECT RAISE(ABORT, 'killed'); END",
    );
    expect(() => kit.call()).toThrow('killed');
    connection.exec('DROP TRIGGER killed');
    const count = (table: string) =>
      kit.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    expect([count('call'), count('notification'), count('call_turn'), count('call_clock')]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('and days offline pass nobody over before the answers that came meanwhile are read', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    await kit.stop();
    kit.clock.jump(3 * 86_400_000);
    await kit.start();
    await kit.clock.advance(10_000);
    expect(kit.at(id).contactId).toBe(first);
    expect(kit.press('Валеев', 'accepted')).toContain('он за вами');
    await kit.clock.advance(60 * minute);
    expect(kit.at(id)).toMatchObject({ state: 'accepted', contactId: first });
  });

  test('days later whoever is silent is passed over all the same', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.stop();
    kit.clock.jump(3 * 86_400_000);
    await kit.start();
    await kit.clock.advance(30_000);
    expect(kit.at(id).contactId).toBe(second);
  });

  test('a restored desk calls nobody in the place of somebody who may have come', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.stop();
    kit.clock.jump(86_400_000);
    haltCalls(kit.composed.parts);
    haltLadders(kit.parts);
    await kit.start();
    await kit.clock.advance(60 * minute);
    expect(kit.at(id)).toMatchObject({ state: 'pending', contactId: first });
    expect(kit.sounding()).toContain('nobody-left');
    expect(kit.bot.sent).toEqual([]);
  });

  test('what fell due meanwhile runs once, however often it is looked for', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.technician('Громов', '+7 900 555-07-02');
    kit.call({ contactId: first });
    await kit.stop();
    kit.clock.jump(25 * minute);
    runDue(kit.composed.parts, silentLogger);
    runDue(kit.composed.parts, silentLogger);
    expect(kit.history()).toEqual(['asked Валеев', 'silent Валеев', 'asked Громов']);
    expect(kit.calls.board().filter(({ state }) => isCallOpen(state))).toHaveLength(1);
  });
});
