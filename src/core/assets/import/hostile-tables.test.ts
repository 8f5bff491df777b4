import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorkbook, makeXlsx } from '../../../../test/support/make-xlsx.ts';
import { createOpenTable } from './open-table.ts';
import type { ReadOptions, TableRow } from './table.ts';

const open = createOpenTable(join(import.meta.dirname, 'table-worker.ts'));
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

async function read(content: string | Uint8Array, options: ReadOptions = {}) {
  const table = await open({ bytes: bytesOf(content) }, options);
  const rows: TableRow[] = [];
  for await (const batch of table.batches()) rows.push(...batch);
  return { columns: table.head.columns, rows };
}

const zeros = (size: number) => ({ name: 'xl/media/bomb.xml', content: new Uint8Array(size) });

test.each<[string, string | Uint8Array, string, ReadOptions?]>([
  ['a million columns', Array.from({ length: 1_000_000 }, () => 'c').join(';'), 'too-many-columns'],
  [
    'three hundred columns',
    `${Array.from({ length: 300 }, (_, at) => `c${at}`).join(';')}\n1`,
    'too-many-columns',
  ],
  ['a workbook that unpacks to 300 MB', makeWorkbook('', [zeros(300 * 1024 * 1024)]), 'unpacks-too-large'],
  [
    'a workbook that hides what it unpacks to',
    makeWorkbook('', [{ ...zeros(64 * 1024 * 1024), claimedSize: 100 }]),
    'unpacks-too-large',
  ],
  [
    'half a workbook',
    makeXlsx([
      ['a', 'b'],
      [1, 2],
    ]).slice(0, 900),
    'file-damaged',
  ],
  ['an archive that is no workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'file-damaged'],
  ['an old binary workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'not-a-table'],
  ['nothing', '', 'not-a-table'],
  ['blank headings', ';;;\n1;2;3;4', 'not-a-table'],
  [
    'letters that are no UTF-8',
    Uint8Array.from([0xd8, 0x3b, 0xe8, 0x0a]),
    'encoding-wrong',
    { encoding: 'utf-8' },
  ],
  ['JSON that breaks off', '{"type":"FeatureCollection","features":[', 'not-json'],
  ['JSON without a list', '{"items":{}}', 'list-missing', { listPath: 'items' }],
  ['a list behind the prototype', '{"a":1}', 'list-missing', { listPath: '__proto__.constructor' }],
])('%s is refused in words', async (_name, content, reason, options) => {
  await expect(read(content, options)).rejects.toMatchObject({ code: 'invalid-input', details: { reason } });
});

test('a cell far away does not take the desk down with it', async () => {
  const sheet =
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Код</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>';

  await expect(read(makeWorkbook(sheet))).rejects.toMatchObject({ details: { reason: 'too-many-rows' } });
  await expect(read(makeWorkbook(sheet.replaceAll('1048576', '2')))).rejects.toMatchObject({
    details: { reason: 'too-many-columns' },
  });
});

test('a quote that never ends costs its own row, cells without a heading theirs', async () => {
  const { rows } = await read(
    'Код;Имя\nA-1;ООО "Ромашка"\nA-2;x;лишнее\nA-3\n\n;\nA-4;"так\nи так"\nA-5;"без конца',
  );

  expect(rows.map(({ cells, broken }) => (broken === undefined ? cells.join('|') : 'broken'))).toEqual([
    'A-1|ООО "Ромашка"',
    'broken',
    'A-3|',
    'A-4|так\nи так',
    'broken',
  ]);
});

test('a formula stays the text it is, and the one that keeps a zero gives its text', async () => {
  const { rows } = await read('Код;Имя\n"=""014417""";=1+1\n+7;@x');

  expect(rows.map(({ cells }) => cells)).toEqual([
    ['014417', '=1+1'],
    ['+7', '@x'],
  ]);
});

test('headings are told apart, and nested JSON has its path', async () => {
  expect((await read('Код;Код;;Имя\n1;2;3;4')).columns).toEqual(['Код', 'Код (2)', '#3', 'Имя']);
  const json =
    '{"data":{"items":[{"site":{"code":"A-1","__proto__":{"x":1}},"mails":["a","b"],"none":null}, 5]}}';
  expect(await read(json, { format: 'json', listPath: 'data.items' })).toEqual({
    columns: ['site.code', 'site.__proto__.x', 'mails', 'none'],
    rows: [
      { row: 1, cells: ['A-1', '1', 'a; b', ''] },
      { row: 2, cells: [], broken: 'no object' },
    ],
  });
});
