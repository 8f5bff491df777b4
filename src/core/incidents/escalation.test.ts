import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreKit, startOfTest, type CoreKit } from '../../../test/support/core-kit.ts';
import { savePerson } from '../people/people.ts';
import { silentLogger } from '../platform/logger.ts';
import { acknowledge } from './alarms.ts';
import { moveToStatus, setType } from './change-incident.ts';
import { openFromLetter } from './open-incident.ts';
import { createSlaWatch } from './sla-watch.ts';

const minute = 60_000;
const hour = 60 * minute;

let kit: CoreKit;
let watch: ReturnType<typeof createSlaWatch>;

async function watching(of: CoreKit): Promise<void> {
  watch = createSlaWatch(of.desk, silentLogger);
  await watch.start(new AbortController().signal);
}

beforeEach(async () => {
  kit = createCoreKit();
  await watching(kit);
});
afterEach(() => watch.stop());

const opened = (of = kit, registeredAt = startOfTest) =>
  openFromLetter(of.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt,
    channel: 'mail',
    accountId: 1,
  }).id;
const lead = (name: string, onDuty: boolean) => {
  const id = kit.addPerson(name, onDuty);
  const person = { id, name, role: 'lead', email: '', phone: '', active: true } as const;
  savePerson(kit.desk, person, null);
  return id;
};
/** A desk whose incidents have the one clock that a test is about. */
const only = (of: CoreKit, key: 'sla' | 'reaction') =>
  of.db.transact((revision) => {
    for (const rule of of.desk.clockRules.all()) {
      of.desk.clockRules.save({ ...rule, active: rule.key === key || rule.starts === 'hand' }, revision);
    }
  });
const typed = (id: number, of = kit) =>
  setType(of.desk, { id, expected: of.db.revision(), typeId: of.typeId('power-moscow') }, null);
const told = (id: number, of = kit) =>
  of.desk.journal
    .ofSubject('incident', id)
    .filter(({ kind }) => /warning|at-risk|overdue|escalated/.test(kind))
    .map(({ kind, payload }) => {
      const { percent } = JSON.parse(payload) as { percent?: number };
      return (
        kind.replace('incident.', '').replace('clock-', '') + (percent === undefined ? '' : ` ${percent}`)
      );
    });
const sounding = (personId: number) => kit.desk.alarms.sounding(personId).map(({ kind }) => kind);

test('a deadline warns at its steps, each to the second and once', async () => {
  only(kit, 'sla');
  const id = opened();
  typed(id);

  await kit.clock.advance(2 * hour - 1);
  expect(told(id)).toEqual([]);
  await kit.clock.advance(1);
  expect(told(id)).toEqual(['warning 50']);
  await kit.clock.advance(hour);
  await kit.clock.advance(36 * minute);
  expect(told(id).filter((kind) => !kind.startsWith('escalated'))).toEqual([
    'warning 50',
    'at-risk',
    'warning 90',
  ]);
  await kit.clock.advance(24 * minute + 1);
  expect(told(id).at(-1)).toBe('overdue');
});

test('a machine that slept through all of it tells what has become of it, not what it missed', async () => {
  only(kit, 'sla');
  const id = opened();
  typed(id);

  kit.clock.jump(48 * hour);
  await kit.clock.advance(15_000);

  expect(told(id)).toEqual(['overdue']);
});

test('after a sleep the steps that came due are raised at once, in the order they came due', async () => {
  only(kit, 'sla');
  const [late, later] = [opened(kit, startOfTest - hour), opened()];
  for (const id of [late, later]) typed(id);

  kit.clock.jump(2 * hour + 30 * minute);
  await kit.clock.advance(15_000);

  expect(told(late)).toEqual(['warning 50', 'at-risk']);
  expect(told(later)).toEqual(['warning 50']);
});

test('what nobody acknowledges goes to the lead on duty, once, and says so in the history', async () => {
  const away = lead('Ким', false);
  const onDuty = lead('Орлова', true);
  const dispatcher = kit.addPerson('Зуева');
  only(kit, 'sla');
  const id = opened();
  const settled = { id, expected: kit.db.revision(), typeId: kit.typeId('power-moscow') };
  setType(kit.desk, settled, dispatcher);
  await kit.clock.advance(2 * hour);
  expect(sounding(onDuty)).toEqual(['warning']);

  await kit.clock.advance(10 * minute - 1);
  expect(told(id)).toEqual(['warning 50']);
  await kit.clock.advance(1);

  expect(sounding(onDuty)).toEqual(['warning', 'escalated']);
  expect(sounding(away)).toEqual(['warning']);
  expect(sounding(dispatcher)).toEqual(['warning']);
  await kit.clock.advance(30 * minute);
  expect(told(id)).toEqual(['warning 50', 'escalated']);
});

test('with no lead on duty every lead is told; with no lead at all, everybody', async () => {
  const leads = [lead('Ким', false), lead('Орлова', false)];
  const id = opened();
  await kit.clock.advance(5 * minute);
  expect(leads.map(sounding)).toEqual([
    ['new', 'warning', 'escalated'],
    ['new', 'warning', 'escalated'],
  ]);
  expect(told(id)).toContain('escalated');

  const alone = createCoreKit();
  const other = opened(alone);
  await watch.stop();
  await watching(alone);
  await alone.clock.advance(5 * minute);
  expect(alone.desk.alarms.sounding(null).map(({ kind }) => kind)).toContain('escalated');
  expect(told(other, alone)).toContain('escalated');
});

test('an alarm that was acknowledged is nobody else’s trouble, and answers what the lead was told', async () => {
  const chief = lead('Орлова', true);
  const dispatcher = kit.addPerson('Зуева');
  const quick = opened();
  acknowledge(kit.desk, [quick], dispatcher);
  await kit.clock.advance(4 * minute);
  expect(told(quick)).toEqual([]);

  const slow = opened();
  await kit.clock.advance(5 * minute);
  expect(kit.desk.alarms.sounding(chief).filter(({ incidentId }) => incidentId === slow)).toHaveLength(3);
  acknowledge(kit.desk, [slow], dispatcher);
  expect(kit.desk.alarms.sounding(chief).filter(({ incidentId }) => incidentId === slow)).toEqual([]);
});

test('warnings and escalations live in the database: a restart loses none and repeats none', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pult-escalation-'));
  try {
    const file = join(directory, 'desk.db');
    const first = createCoreKit(file);
    only(first, 'sla');
    const id = opened(first);
    typed(id, first);
    await watch.stop();
    await watching(first);
    await first.clock.advance(2 * hour);
    await watch.stop();
    first.db.close();

    const second = createCoreKit(file, 2);
    second.clock.jump(2 * hour + 20 * minute);
    await watching(second);
    await second.clock.advance(15_000);

    expect(told(id, second)).toEqual(['warning 50', 'escalated']);
    await watch.stop();
    second.db.close();
    await watching(kit);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('the lead is not called to what was closed meanwhile', async () => {
  only(kit, 'sla');
  const leadId = lead('Старшая', true);
  const id = opened();
  await kit.clock.advance(minute);
  kit.db.transact((revision) => {
    const incident = kit.desk.incidents.require(id);
    moveToStatus(
      kit.desk,
      incident,
      { statusId: kit.statusId('closed'), why: 'auto-close', actor: null },
      revision,
    );
  });

  await kit.clock.advance(hour);

  expect(told(id)).toEqual([]);
  expect(sounding(leadId)).not.toContain('escalated');
});
