import { expect, test } from 'vitest';
import { createIntakeBench, inbound } from '../../../test/support/intake-bench.ts';
import { createSearchStore, type IncidentCondition } from '../db/search-store.ts';
import { createSearch } from './search.ts';

function createBench() {
  const bench = createIntakeBench();
  const store = createSearchStore(bench.db);
  const search = createSearch({ store, codePrefix: () => 'PLT' });
  const find = (text: string, condition?: IncidentCondition, limit = 50) =>
    search.find({ text, condition, limit });
  return {
    ...bench,
    store,
    find,
    ids: (text: string, condition?: IncidentCondition) =>
      find(text, condition).map(({ messageId }) => messageId),
    indexIncident: (id: number, title: string) =>
      store.indexIncident(id, {
        code: bench.desk.code(id),
        title,
        asset: '',
        applicantName: '',
        applicantAddress: '',
        applicantPhone: '8 (900) 000-11-22',
        description: '',
      }),
  };
}

const letter = `Коллеги, на опоре 41208‑Р‑52-1-1 (БС №КА000412) отключён щит, ёмкость АКБ 20 %.
Тел. +7 (900) 000-11-22, Иван.`;

const found: string[] = [
  'щит',
  'ЩИТ',
  'отключен',
  'отключён щит',
  'емкость',
  'ёмкость',
  'отклю',
  '41208-P-52-1-1',
  '41208-Р-52',
  '41208–p–52',
  '41208p52',
  '41208',
  'KA000412',
  'KA0412',
  'ка0412',
  '8 900 000-11-22',
  '+79000001122',
  '9000001122',
  '000-11-22',
  '"отключен щит"',
  'щит коллеги',
  'noc@op.example',
  'op.example',
  'нет ВЭС',
];

test.each(found)('"%s" finds the letter and shows where', (text) => {
  const { accept, find } = createBench();
  const { messageId } = accept(inbound({ subject: 'Нет ВЭС', text: letter }));
  accept(inbound({ subject: 'Другое', text: 'Ничего общего', sender: 'x@else.example' }));

  const hits = find(text);

  expect(hits.map((hit) => hit.messageId)).toEqual([messageId]);
  expect(hits[0]?.marks.length).toBeGreaterThan(0);
});

test.each([
  'щит отсутствует',
  '"щит отключен"',
  'рубильник',
  '8 900 000-11-23',
  '41208-P-53',
  'KA0413',
  'ключен',
  '"',
])('"%s" does not find it', (text) => {
  const { accept, find } = createBench();
  accept(inbound({ subject: 'Нет ВЭС', text: letter }));

  expect(find(text)).toEqual([]);
});

test('the marks stand on the words in the snippet', () => {
  const { accept, find } = createBench();
  accept(inbound({ text: `${'Вводные слова. '.repeat(40)}Отключён ЩИТ на опоре.\nКонец.` }));

  const [hit] = find('отключен щит');

  expect(hit!.marks.map(([from, to]) => hit!.snippet.slice(from, to))).toEqual(['Отключён', 'ЩИТ']);
  expect(hit!.snippet).not.toContain('\n');
});

test('an incident whose code was typed comes first, in any spelling', () => {
  for (const text of ['PLT-1001', 'plt 1001', 'рlт-1001', 'PLT—1001']) {
    const { accept, find, indexIncident } = createBench();
    accept(inbound({ subject: 'Первая' }));
    accept(inbound({ subject: 'Re: PLT-1001', text: 'ответ' }));
    indexIncident(1, 'Первая');

    expect(find(text)[0]).toMatchObject({ incidentId: 1, messageId: null, code: 'PLT-1001' });
  }
});

test('an incident is found by its title and phone, by the new words after a change and not by the old', () => {
  const { find, indexIncident, desk } = createBench();
  desk.openByHand('Звонок');
  indexIncident(1, 'Сгорел трансформатор');
  indexIncident(1, 'Сгорел рубильник');

  expect(find('рубильник').map(({ incidentId }) => incidentId)).toEqual([1]);
  expect(find('трансформатор')).toEqual([]);
  expect(find('+7 900 000 11 22')).toHaveLength(1);
});

test('the newest come first and no more than asked', () => {
  const { accept, find } = createBench();
  for (let minute = 0; minute < 60; minute += 1) {
    accept(inbound({ text: `щит ${minute}`, receivedAt: minute * 60_000, subject: `н ${minute}` }));
  }

  const hits = find('щит ');

  expect(hits).toHaveLength(50);
  expect(hits.map(({ at }) => at)).toEqual(hits.map(({ at }) => at).toSorted((a, b) => b - a));
  expect(hits[0]?.at).toBe(59 * 60_000);
});

test('letters without an incident are found too, unless a filter asks about incidents', () => {
  const { accept, find } = createBench();
  accept(inbound({ text: 'щит' }), false);
  accept(inbound({ text: 'щит и кабель' }));
  const open = { sql: 'i.finished_at IS NULL', parameters: {} };

  expect(find('щит')).toHaveLength(2);
  expect(find('щит', open).map(({ incidentId }) => incidentId)).toEqual([1]);
});

test('however common the word and however narrow the filter, what is there is found', () => {
  const { accept, db, ids, find } = createBench();
  db.transact(() => {
    for (let index = 0; index < 2500; index += 1) {
      const rare = index % 500 === 7 ? 'трансформатор' : '';
      accept(inbound({ text: `авария на линии ${rare}`, subject: `н ${index}`, receivedAt: index }));
    }
    db.prepare("UPDATE incident SET asset = 'узкий' WHERE id IN (3, 8, 1508)").run();
    return undefined;
  });
  const narrow = { sql: 'i.asset = :asset', parameters: { asset: 'узкий' } };
  const wide = { sql: 'i.id > :id', parameters: { id: 100 } };
  const nobody = { sql: 'i.assignee_id = :id', parameters: { id: 9 } };

  expect(ids('авария ', narrow)).toEqual([1508, 8, 3]);
  expect(ids('авари', narrow)).toEqual([1508, 8, 3]);
  expect(ids('линии трансф', narrow)).toEqual([1508, 8]);
  expect(ids('трансформатор', wide)).toEqual([2008, 1508, 1008, 508]);
  expect(ids('трансформ')).toEqual([2008, 1508, 1008, 508, 8]);
  expect(find('авария', wide)).toHaveLength(50);
  expect(find('авария', nobody)).toEqual([]);
});
