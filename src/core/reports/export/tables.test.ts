import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../../test/support/asset-kit.ts';
import { startOfTest } from '../../../../test/support/core-kit.ts';
import { bindAsset } from '../../incidents/bind-assets.ts';
import { seedClocks } from '../../settings/seed-clocks.ts';
import { toPeriod } from '../period.ts';
import { incidentTable } from './incident-table.ts';
import { journalTable } from './other-tables.ts';
import type { ExportTable } from './table.ts';

let kit: AssetKit;
let incidentId: number;

beforeEach(() => {
  kit = createAssetKit();
  seedClocks({ db: kit.db, ...kit.stores });
  kit.db.connection.exec(`INSERT INTO macroregion (id, name, revision) VALUES (1, 'Поволжье', 1);
    INSERT INTO region (id, key, name, macroregion_id, revision) VALUES (1, 'NN', 'Нижегородская', 1, 1);`);
  const pole = kit.add({
    code: '41208-P-52-1-1',
    regionId: 1,
    latitude: 56.3,
    longitude: 44,
    address: 'ул. Полевая, 1',
    manager: 'Зуев',
  });
  incidentId = kit.open(
    {
      title: '=HYPERLINK("x")',
      description: '',
      applicantName: 'Дежурный',
      applicantPhone: '+7 900',
      applicantAddress: 'noc@tele-op.example',
      asset: '',
      typeId: kit.stores.reference.types()[0]!.id,
      assigneeId: kit.actor,
    },
    kit.actor,
  );
  bindAsset(kit.desk, { incidentId, assetId: pole }, kit.actor);
});
afterEach(() => kit.end());

const rowOf = (table: ExportTable, row = 0) => {
  const [first] = [...table.pieces].flat().slice(row);
  return Object.fromEntries(table.headings.map((heading, index) => [heading, first![index]]));
};
const incidents = (language: 'ru' | 'en') =>
  incidentTable([incidentId], {
    store: kit.stores.exports,
    reports: kit.stores.reports,
    language,
    now: kit.clock.now(),
  });

test('an incident is exported with its place, people and clocks, and longitude is longitude', () => {
  const row = rowOf(incidents('ru'));

  expect(row).toMatchObject({
    ID: incidentId,
    Код: 'PLT-1001',
    Тема: '=HYPERLINK("x")',
    Зарегистрирован: { at: startOfTest },
    Закрыт: null,
    Завершён: 'нет',
    Опора: '41208-P-52-1-1',
    Адрес: 'ул. Полевая, 1',
    Широта: 56.3,
    Долгота: 44,
    Регион: 'Нижегородская',
    Макрорегион: 'Поволжье',
    'Ответственный менеджер': 'Зуев',
    Диспетчер: 'Орлова',
    'Почта заявителя': 'noc@tele-op.example',
  });
  expect(Object.keys(row).filter((heading) => heading.endsWith(': срок')).length).toBeGreaterThan(0);
});

test('every row is as wide as its headings, in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    const table = incidents(language);
    expect([...table.pieces].flat().map((row) => row.length)).toEqual([table.headings.length]);
    expect(new Set(table.headings).size).toBe(table.headings.length);
  }
});

test('the journal of a period comes in order and whole, over more than one piece of it', () => {
  kit.db.transact(() => {
    for (let id = 0; id < 2300; id += 1) {
      kit.desk.journal.append({
        kind: 'setting.saved',
        subject: 'setting',
        subjectId: 0,
        actorId: kit.actor,
        facts: { keys: ['zone'] },
      });
    }
  });
  const period = toPeriod({ from: '2026-03-04', to: '2026-03-04' }, 'Europe/Moscow');

  const table = journalTable(kit.stores.exports, period, 'ru');

  const rows = [...table.pieces].flat();
  expect(rows).toHaveLength(table.total!);
  expect(rows.map(([sequence]) => sequence)).toEqual(rows.map((_, index) => index + 1));
  expect(rowOf(journalTable(kit.stores.exports, period, 'ru'), rows.length - 1)).toMatchObject({
    Кто: 'Орлова',
    Событие: 'setting.saved',
    Содержание: '{"keys":["zone"]}',
  });
  const other = toPeriod({ from: '2026-03-05', to: '2026-03-05' }, 'Europe/Moscow');
  expect([...journalTable(kit.stores.exports, other, 'ru').pieces].flat()).toEqual([]);
});
