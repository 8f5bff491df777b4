import { beforeEach, describe, expect, test } from 'vitest';
import { createCoreKit, startOfTest, type CoreKit } from '../../../test/support/core-kit.ts';
import { setType } from './change-incident.ts';
import { clocksFollowStatus } from './follow-status.ts';
import { openFromLetter } from './open-incident.ts';
import { pauseClock, resumeClock, setRepairTarget } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';
import { undo } from './undo.ts';
import { correctWork, endWork, openWorks, startWork } from './works.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: CoreKit;
let id: number;

beforeEach(() => {
  kit = createCoreKit();
  id = openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt: startOfTest - hour,
    channel: 'mail',
    accountId: 1,
  }).id;
});

const clock = (kind: string) => kit.desk.clocks.ofIncident(id, kind);
const begin = (kind: string, at = kit.clock.now()) => startWork(kit.desk, id, kind, { at, actor: null });
const end = (kind: string, at = kit.clock.now()) => endWork(kit.desk, id, kind, { at, actor: null });
const typed = (key = 'power-moscow') =>
  setType(kit.desk, { id, expected: kit.db.revision(), typeId: kit.typeId(key) }, null);
const governs = () => {
  const { clockId } = kit.desk.incidents.require(id);
  return kit.desk.clocks.all(id).find((row) => row.id === clockId)?.kind;
};
/** As the status path does, without its guards. */
const move = (key: string, why: 'hand' | 'undo' = 'hand') =>
  kit.db.transact((revision) => {
    const incident = kit.desk.incidents.require(id);
    const statusId = kit.statusId(key);
    const { finishes } = kit.desk.reference.status(statusId);
    kit.desk.journal.append({
      kind: 'incident.status-changed',
      subject: 'incident',
      subjectId: id,
      actorId: null,
      facts: { from: incident.statusId, to: statusId, why },
    });
    clocksFollowStatus(kit.desk, incident, { statusId, why, actor: null });
    saveDecision(
      kit.desk,
      { ...incident, statusId, finishedAt: finishes ? kit.clock.now() : null },
      revision,
    );
  });
const takeBack = (sequence: number) =>
  undo({ ...kit.desk, moveLetterBack: () => {} } as never, sequence, null);
const refusal = (reason: string) => expect.objectContaining({ reason });

describe('works', () => {
  test('take the time of the type, of the repair or half a month, each from its own beginning', () => {
    typed();
    begin('emergency', startOfTest - hour);
    begin('repair');
    begin('generator');
    begin('maintenance');

    expect(clock('emergency')?.dueAt).toBe(startOfTest + 3 * hour);
    expect(clock('repair')?.dueAt).toBeNull();
    kit.db.transact(() => setRepairTarget(kit.desk, id, 600));
    expect(clock('repair')?.dueAt).toBe(startOfTest + 10 * hour);
    expect(clock('generator')?.dueAt).toBe(startOfTest + 360 * hour);
    expect(clock('maintenance')?.dueAt).toBe(startOfTest + 360 * hour);
    expect(openWorks(kit.desk, id).map(({ kind }) => kind)).toEqual([
      'emergency',
      'repair',
      'generator',
      'maintenance',
    ]);
  });

  test('never begin before the incident nor in the future, and never end before they begin', () => {
    expect(() => begin('emergency', startOfTest - hour - 1)).toThrow(refusal('work-too-early'));
    expect(() => begin('emergency', startOfTest + 6 * minute)).toThrow(refusal('work-in-future'));
    expect(() => end('emergency')).toThrow(refusal('work-not-begun'));
    begin('emergency', startOfTest + 4 * minute);

    expect(() => end('emergency', startOfTest)).toThrow(refusal('work-end-first'));
    expect(() => end('emergency', startOfTest + 6 * minute)).toThrow(refusal('work-in-future'));
    expect(() => begin('emergency')).toThrow(refusal('work-begun'));
    expect(() => begin('sla')).toThrow(refusal('not-a-work'));
    expect(() => begin('unknown')).toThrow(refusal('clock-rule'));
  });

  test('an end keeps its very second, and the verdict goes by it', () => {
    typed();
    begin('emergency', startOfTest - hour);
    kit.clock.jump(3 * hour + 1000);

    end('emergency', startOfTest + 3 * hour);

    expect(clock('emergency')).toMatchObject({ endedAt: startOfTest + 3 * hour, endedBy: 'hand' });
    expect(kit.desk.journal.ofSubject('incident', id).at(-1)).toMatchObject({ kind: 'incident.work-ended' });
    expect(JSON.parse(kit.desk.journal.ofSubject('incident', id).at(-1)!.payload)).toMatchObject({
      met: true,
    });
    expect(openWorks(kit.desk, id)).toEqual([]);
  });

  test('a type chosen after the end still gives the verdict its deadline', () => {
    begin('emergency');
    kit.clock.jump(hour);
    end('emergency');

    typed();

    expect(clock('emergency')?.dueAt).toBe(startOfTest + 4 * hour);
  });

  test('begun again go on where they stopped: the time between does not count', () => {
    typed();
    begin('emergency');
    kit.clock.jump(hour);
    end('emergency');
    kit.clock.jump(10 * hour);

    const again = begin('emergency');
    expect(clock('emergency')?.dueAt).toBe(startOfTest + 14 * hour);

    takeBack(again);
    expect(clock('emergency')).toMatchObject({ endedAt: startOfTest + hour, dueAt: startOfTest + 4 * hour });
  });

  test('a mistaken beginning and a mistaken end are put right and taken back', () => {
    typed();
    const begun = begin('emergency');
    takeBack(begun);
    expect(clock('emergency')).toBeUndefined();

    begin('emergency');
    kit.clock.jump(hour);
    const ended = end('emergency');
    takeBack(ended);
    expect(clock('emergency')?.endedAt).toBeNull();

    const to = { startedAt: startOfTest - 30 * minute, endedAt: startOfTest + 30 * minute };
    const corrected = correctWork(kit.desk, id, { kind: 'emergency', to }, null);
    expect(clock('emergency')).toMatchObject({ ...to, dueAt: startOfTest + 3.5 * hour });
    takeBack(corrected!);
    expect(clock('emergency')).toMatchObject({ startedAt: startOfTest, endedAt: null });
    correctWork(kit.desk, id, { kind: 'emergency', to: null }, null);
    expect(clock('emergency')).toBeUndefined();
  });

  test('what was changed since is not taken back', () => {
    const begun = begin('emergency');
    end('emergency');

    expect(() => takeBack(begun)).toThrow(refusal('changed-since'));
  });
});

describe('statuses', () => {
  test('a hand-over ends the reaction, for good', () => {
    expect(clock('reaction')?.dueAt).toBe(startOfTest + 10 * minute);
    move('handed-over');
    expect(clock('reaction')).toMatchObject({ endedAt: startOfTest, endedBy: 'status' });

    kit.clock.jump(hour);
    move('in-progress');
    expect(clock('reaction')?.endedAt).toBe(startOfTest);
  });

  test('closing ends everything; a reopening runs on the incident’s own clock alone', () => {
    typed();
    begin('emergency');
    kit.clock.jump(hour);
    move('closed');
    expect(kit.desk.clocks.all(id).every(({ endedAt }) => endedAt === kit.clock.now())).toBe(true);

    kit.clock.jump(5 * hour);
    move('in-progress');

    expect(clock('sla')).toMatchObject({ endedAt: null, dueAt: startOfTest + 8 * hour });
    expect(clock('emergency')?.endedAt).toBe(startOfTest + hour);
    expect(clock('reaction')?.endedAt).toBe(startOfTest + hour);
  });

  test('a closing that is undone runs on everything it had ended, and nothing it had not', () => {
    typed();
    begin('emergency');
    begin('generator');
    end('generator');
    kit.clock.jump(minute);
    const before = kit.desk.clocks.all(id).map(({ dueAt, endedAt }) => ({ dueAt, endedAt }));
    move('closed');
    kit.clock.jump(minute);

    move('new', 'undo');

    expect(kit.desk.clocks.all(id).map(({ dueAt, endedAt }) => ({ dueAt, endedAt }))).toEqual(before);
  });

  test('a status that holds a clock holds it exactly as long, and leaves a pause by hand alone', () => {
    typed();
    const rule = kit.desk.clockRules.require('sla');
    const pauseStatusIds = [kit.statusId('awaiting-confirmation')];
    kit.db.transact((revision) => kit.desk.clockRules.save({ ...rule, pauseStatusIds }, revision));
    move('awaiting-confirmation');
    expect(clock('sla')).toMatchObject({ pausedAt: startOfTest, remainingMs: 3 * hour });
    kit.clock.jump(2 * hour);
    move('in-progress');
    expect(clock('sla')).toMatchObject({ pausedAt: null, dueAt: startOfTest + 5 * hour });

    kit.db.transact(() => pauseClock(kit.desk, id, { kind: 'sla', reason: 'Ждём допуск' }, null));
    move('awaiting-confirmation');
    move('in-progress');
    expect(clock('sla')?.pauseReason).toBe('Ждём допуск');
  });
});

test('a clock that ran on by mistake stands again as if it had never moved', () => {
  typed();
  kit.db.transact(() => pauseClock(kit.desk, id, { kind: 'sla', reason: 'Ждём допуск' }, null));
  kit.clock.jump(hour);
  const resumed = kit.db.transact(() => resumeClock(kit.desk, id, 'sla', null));
  kit.clock.jump(hour);

  takeBack(resumed);

  expect(clock('sla')).toMatchObject({
    pausedAt: startOfTest,
    pauseReason: 'Ждём допуск',
    remainingMs: 3 * hour,
  });
});

test('the queue follows the nearest deadline of those that run', () => {
  typed();
  expect(governs()).toBe('reaction');
  move('handed-over');
  expect(governs()).toBe('sla');
  begin('emergency', startOfTest - hour);
  begin('generator');
  expect(governs()).toBe('sla');

  kit.db.transact((revision) => {
    pauseClock(kit.desk, id, { kind: 'sla', reason: 'Ждём' }, null);
    saveDecision(kit.desk, kit.desk.incidents.require(id), revision);
  });
  expect(governs()).toBe('emergency');
  move('closed');
  expect(governs()).toBe('sla');
});
