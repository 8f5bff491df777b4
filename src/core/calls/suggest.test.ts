import { beforeEach, expect, test } from 'vitest';
import { createTechnicianKit, type TechnicianKit } from '../../../test/support/technician-kit.ts';
import { addOverride } from './on-call.ts';
import { suggestTechnicians } from './suggest.ts';

let kit: TechnicianKit;
beforeEach(() => {
  kit = createTechnicianKit();
});

const suggest = (part: Partial<Parameters<typeof suggestTechnicians>[1]> = {}) =>
  suggestTechnicians(kit.parts, {
    regionId: null,
    skillId: null,
    exclude: [],
    at: kit.clock.now(),
    ...part,
  });
const names = (part?: Partial<Parameters<typeof suggestTechnicians>[1]>) =>
  suggest(part).map(({ name }) => name);
const fitting = (part?: Partial<Parameters<typeof suggestTechnicians>[1]>) =>
  suggest(part)
    .filter(({ fits }) => fits)
    .map(({ name }) => name);

test('whoever serves the region comes first, whoever serves only others is never gone on to', () => {
  const north = kit.region('Север');
  const south = kit.region('Юг');
  kit.add('Борис', { regionIds: [south] });
  kit.add('Антон', {});
  kit.add('Виктор', { regionIds: [north, south] });

  expect(names({ regionId: north })).toEqual(['Виктор', 'Антон', 'Борис']);
  expect(fitting({ regionId: north })).toEqual(['Виктор', 'Антон']);
  expect(suggest({ regionId: north }).map(({ reasons }) => reasons.region)).toEqual([
    'own',
    'everywhere',
    'other',
  ]);
});

test('who can do it comes before who is near, also among those a person has to choose from', () => {
  const north = kit.region('Север');
  const south = kit.region('Юг');
  const power = kit.skill('Электрика');
  kit.add('Антон', { regionIds: [north] });
  kit.add('Борис', { skillIds: [power], regionIds: [south] });
  const asked = { regionId: north, skillId: power };
  expect(names(asked)).toEqual(['Борис', 'Антон']);
  expect(fitting(asked)).toEqual([]);

  kit.add('Виктор', { skillIds: [power] });
  expect(names(asked)).toEqual(['Виктор', 'Борис', 'Антон']);
  expect(fitting(asked)).toEqual(['Виктор']);
});

test('whoever is on call comes first; whoever has a plan and is free now is left to a person', () => {
  kit.add('Антон', {});
  const free = kit.add('Борис', {});
  const duty = kit.add('Виктор', {});
  // It is Wednesday, 08:30 in Moscow.
  kit.plan(duty, { startsMinute: 8 * 60, endsMinute: 20 * 60 });
  kit.plan(free, { startsMinute: 20 * 60, endsMinute: 8 * 60 });

  expect(names()).toEqual(['Виктор', 'Антон', 'Борис']);
  expect(fitting()).toEqual(['Виктор', 'Антон']);
  expect(suggest()[0]?.reasons).toMatchObject({
    duty: 'on-call',
    onCallUntil: Date.UTC(2026, 2, 4, 17, 0, 0),
  });
});

test('one whose only duty is still to come is not called before it', () => {
  const anton = kit.add('Антон', {});
  const from = kit.clock.now() + 3_600_000;
  const duty = { contactId: anton, onDuty: true, from, to: from + 3_600_000, reason: '' };
  addOverride(kit.parts, duty, kit.anna);

  expect(fitting()).toEqual([]);
  expect(fitting({ at: from })).toEqual(['Антон']);
});

test('whoever is off, out of use or asked already is not suggested; the end of a leave brings them back', () => {
  const until = kit.clock.now() + 3_600_000;
  const asked = kit.add('Антон', {});
  kit.add('Борис', { availability: 'off', availableUntil: until });
  kit.add('Виктор', { active: false });
  kit.add('Глеб', { availability: 'busy' });
  kit.add('Денис', {});

  expect(names({ exclude: [asked] })).toEqual(['Денис', 'Глеб']);
  expect(names({ exclude: [asked], at: until })).toEqual(['Борис', 'Денис', 'Глеб']);
});

test('the less busy comes first, and whoever has their hands full is left to a person', () => {
  const anton = kit.add('Антон', { mostCalls: 4 });
  const boris = kit.add('Борис', { mostCalls: 2 });
  const viktor = kit.add('Виктор', { mostCalls: 1 });
  kit.call(anton);
  kit.call(boris);
  kit.call(viktor);
  kit.call(viktor, 'completed');

  expect(names()).toEqual(['Антон', 'Борис', 'Виктор']);
  expect(fitting()).toEqual(['Антон', 'Борис']);
  expect(suggest().map(({ reasons }) => reasons.load)).toEqual([1, 1, 1]);
});

test('of equals the one who was asked longest ago is next', async () => {
  const anton = kit.add('Антон', {});
  const boris = kit.add('Борис', {});
  kit.call(boris, 'completed');
  await kit.clock.advance(60_000);
  kit.call(anton, 'completed');

  expect(names()).toEqual(['Борис', 'Антон']);
});

test('people of other kinds are never called', () => {
  kit.addContact('Контрагент', 'contractor');

  expect(names()).toEqual([]);
});
