import { beforeEach, describe, expect, test } from 'vitest';
import { createCoreKit, startOfTest, type CoreKit } from '../../../test/support/core-kit.ts';
import type { CalendarView } from '../../shared/contract/clocks.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { setType } from '../incidents/change-incident.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { endWork, startWork } from '../incidents/works.ts';
import { silentLogger } from '../platform/logger.ts';
import { saveCalendar, saveDays, saveRegionZone, saveRule, tryOut, type ClockParts } from './clock-desk.ts';
import { explainClocks } from './explain-clock.ts';
import { createClockRecount } from './recount-service.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: CoreKit;
let parts: ClockParts;

beforeEach(() => {
  kit = createCoreKit();
  parts = { ...kit.desk, calendarStore: kit.stores.calendars };
});

const opened = () =>
  openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt: startOfTest,
    channel: 'mail',
    accountId: 1,
  }).id;
const typed = (id: number) =>
  setType(kit.desk, { id, expected: kit.db.revision(), typeId: kit.typeId('power-regions') }, null);
const dueAt = (id: number, kind = 'sla') => kit.desk.clocks.ofIncident(id, kind)?.dueAt;
const calendar = (key: string) => kit.stores.calendars.all().find((row) => row.key === key)!;
const asView = (key: string): CalendarView => {
  const row = calendar(key);
  return { ...row, week: row.week.map((day) => day.map(([from, to]): [number, number] => [from, to])) };
};
const rule = (key: string) => kit.desk.clockRules.require(key);
const service = () =>
  createClockRecount({
    ...kit.desk,
    settings: kit.stores.settings,
    calendarStore: kit.stores.calendars,
    zone: kit.desk.zone,
    log: silentLogger,
  });
/** Runs the recount until it rests. */
async function recounted(): Promise<void> {
  const running = service();
  await running.start(new AbortController().signal);
  for (let turn = 0; turn < 20; turn += 1) await kit.clock.advance(0);
  await running.stop();
}
const moves = (id: number) =>
  kit.desk.journal
    .ofSubject('incident', id)
    .filter(({ kind }) => kind === 'incident.deadline-moved')
    .map(({ payload }) => {
      const { kind, because, name } = JSON.parse(payload) as Record<string, string>;
      return { kind, because, name };
    });
const toOffice = () => saveRule(parts, { ...rule('sla'), calendarId: calendar('office').id }, null);
/** Begun on Wednesday, 4 March 2026, at 08:30 in Moscow: three working days end on Friday at 18:00. */
const officeDue = Date.UTC(2026, 2, 6, 15);

describe('an edit moves the deadlines of what is open', () => {
  beforeEach(recounted);

  test('another calendar of a clock counts it anew and journals why; an ended clock keeps its own', async () => {
    const [open, ended] = [opened(), opened()];
    for (const id of [open, ended]) {
      typed(id);
      startWork(kit.desk, id, 'emergency', { at: startOfTest, actor: null });
    }
    endWork(kit.desk, ended, 'emergency', { at: startOfTest, actor: null });
    const kept = dueAt(ended, 'emergency');

    toOffice();
    saveRule(parts, { ...rule('emergency'), calendarId: calendar('office').id }, null);
    await recounted();

    expect(dueAt(open)).toBe(officeDue);
    expect(dueAt(open, 'emergency')).toBe(officeDue);
    expect(dueAt(ended, 'emergency')).toBe(kept);
    expect(moves(open)).toEqual([
      { kind: 'sla', because: 'rule', name: 'Срок заявки' },
      { kind: 'emergency', because: 'rule', name: 'АВР' },
    ]);
    expect(kit.desk.incidents.require(open).revision).toBe(kit.db.revision() - 1);
  });

  test('hours and holidays: each has its own words', async () => {
    const id = opened();
    typed(id);
    toOffice();
    await recounted();

    const shorter = asView('office').week.map((day) => day.slice(0, 1));
    saveCalendar(parts, { ...asView('office'), week: shorter }, null);
    await recounted();
    expect(dueAt(id)).toBe(Date.UTC(2026, 2, 12, 10));
    saveDays(parts, [{ day: '2026-03-05', kind: 'off', name: 'Субботник' }], null);
    await recounted();
    expect(dueAt(id)).toBe(Date.UTC(2026, 2, 13, 10));

    expect(moves(id).map(({ because }) => because)).toEqual(['rule', 'calendar', 'days']);
  });

  test('a fixed length that was edited is taken by the clocks that run', async () => {
    const id = opened();
    saveRule(parts, { ...rule('reaction'), targetMinutes: 20 }, null);
    await recounted();

    expect(dueAt(id, 'reaction')).toBe(startOfTest + 20 * minute);
  });

  test('a status that begins to hold a clock holds it from now', async () => {
    const id = opened();
    typed(id);
    kit.clock.jump(hour);
    saveRule(parts, { ...rule('sla'), pauseStatusIds: [kit.statusId('new')] }, null);
    await recounted();

    expect(kit.desk.clocks.ofIncident(id)).toMatchObject({
      pausedAt: startOfTest + hour,
      remainingMs: 23 * hour,
    });
  });

  test('an edit in the middle of a recount, and a stop in between, leave no clock behind', async () => {
    const ids = Array.from({ length: 450 }, opened);
    for (const id of ids) typed(id);
    await recounted();
    toOffice();
    const running = service();
    await running.start(new AbortController().signal);
    await kit.clock.advance(0);
    await running.stop();
    // Back to what it was: what had been counted already must come back too.
    saveRule(parts, { ...rule('sla'), calendarId: calendar('around-the-clock').id }, null);
    await recounted();

    expect(new Set(ids.map((id) => dueAt(id)))).toEqual(new Set([startOfTest + 24 * hour]));
  });
});

test('clocks of a desk that knew no warnings get them, and no deadline moves by that', async () => {
  const id = opened();
  typed(id);
  kit.db.connection.exec('UPDATE incident_clock SET warn_at = NULL');

  await recounted();

  expect(kit.desk.clocks.ofIncident(id)).toMatchObject({
    warnAt: startOfTest + 12 * hour,
    dueAt: startOfTest + 24 * hour,
  });
  expect(moves(id)).toEqual([]);
});

describe('the zone of an incident', () => {
  test('is its region’s, and follows an asset that is bound', async () => {
    toOffice();
    const id = opened();
    typed(id);
    const before = dueAt(id);
    kit.db.connection.exec(`
      INSERT INTO region (id, key, name, zone, revision) VALUES (9, 'kam', 'Камчатский край', 'Asia/Kamchatka', 1);
      INSERT INTO asset (id, uuid, kind, external_id, code, region_id, revision)
        VALUES (7, 'a7', 'pole', '41208-P-41-1', '41208-P-41-1', 9, 1);`);

    bindAsset(kit.desk, { incidentId: id, assetId: 7 }, null);

    expect(before).toBe(officeDue);
    // Half past five in the afternoon there, and Monday is a holiday: the rest ends on Tuesday.
    const there = Date.UTC(2026, 2, 10, 5, 30);
    expect(dueAt(id)).toBe(there);
    expect(moves(id)).toEqual([{ kind: 'sla', because: 'region', name: 'Asia/Kamchatka' }]);

    await recounted();
    saveRegionZone(parts, { id: 9, zone: '' }, null);
    await recounted();

    expect(dueAt(id)).toBe(officeDue);
    expect(moves(id)).toHaveLength(2);
  });
});

describe('why this deadline', () => {
  test('tells the start, the length, the hours that counted, the days that did not and the end', () => {
    toOffice();
    const id = opened();
    saveDays(parts, [{ day: '2026-03-05', kind: 'off', name: 'Субботник' }], null);
    typed(id);

    const [own] = explainClocks(parts, id);

    expect(own?.steps.map(({ step }) => step)).toEqual([
      'started',
      'target-set',
      'length',
      'calendar',
      'counted',
      'skipped',
      'counted',
      'skipped',
      'skipped',
      'counted',
      'due',
    ]);
    expect(own?.steps[3]?.facts).toMatchObject({ name: 'Рабочее время', zone: 'Europe/Moscow' });
    expect(own?.steps[4]?.facts).toMatchObject({ day: '2026-03-04', text: '09:00–13:00, 14:00–18:00' });
    expect(own?.steps[5]?.facts).toMatchObject({ day: '2026-03-05', name: 'Субботник' });
    expect(own?.steps[7]?.facts).toMatchObject({ day: '2026-03-08', name: 'Международный женский день' });
  });
});

describe('what an administrator may not save', () => {
  const refused = (reason: string) => expect.objectContaining({ code: 'invalid-input', reason });

  test.each([
    ['calendar-empty', { week: Array.from({ length: 7 }, () => []) }],
    ['calendar-interval', { week: [[[600, 540]], [], [], [], [], [], []] }],
    [
      'calendar-overlap',
      {
        week: [
          [
            [540, 700],
            [690, 800],
          ],
          [],
          [],
          [],
          [],
          [],
          [],
        ],
      },
    ],
    ['calendar-overlap', { week: [[[540, 600]], [], [], [], [], [], [[1200, 2000]]] }],
    ['zone-unknown', { zone: 'Europe/Nowhere' }],
  ])('a calendar with %s', (reason, change) => {
    const draft = { ...asView('office'), ...(change as Partial<CalendarView>) };

    expect(() => saveCalendar(parts, draft, null)).toThrow(refused(reason));
  });

  test('a clock without its length, the incident’s own clock switched off, a day that does not exist', () => {
    expect(() => saveRule(parts, { ...rule('generator'), targetMinutes: null }, null)).toThrow(
      refused('clock-target'),
    );
    expect(() => saveRule(parts, { ...rule('sla'), active: false }, null)).toThrow(refused('clock-own'));
    expect(() => saveDays(parts, [{ day: '2026-02-30', kind: 'off', name: '' }], null)).toThrow(
      refused('day-unknown'),
    );
  });
});

test('a sample shows where a deadline would fall before anything is saved', () => {
  const { week, holidays } = asView('night');
  const sample = { zone: 'Asia/Yekaterinburg', aroundTheClock: false, week, holidays, minutes: 360 };

  const { dueAt: at, zone: shown, steps } = tryOut(parts, { ...sample, from: '2026-03-04T23:00' });

  expect(shown).toBe('Asia/Yekaterinburg');
  expect(at).toBe(Date.UTC(2026, 2, 5, 0));
  expect(steps.map(({ facts }) => facts['text'])).toEqual(['23:00–05:00']);
});
