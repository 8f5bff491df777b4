import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createExportJobs, type FileRequest } from './export-jobs.ts';
import { type ExportTable, moment, type Row } from './table.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'pult-export-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const request: Omit<FileRequest, 'table'> = {
  format: 'csv',
  separator: ';',
  name: 'incidents-2026-03-01-2026-03-31',
};

const tableOf = (rows: readonly Row[]): ExportTable => ({
  name: 'Инциденты',
  headings: ['Код', 'Тема'],
  total: rows.length,
  pieces: [rows],
});

function jobsOver(table: () => Promise<ExportTable>) {
  let made = 0;
  const jobs = createExportJobs({
    directory,
    zone: () => 'Europe/Moscow',
    newId: () => `id-${(made += 1)}`,
    mayStore: () => true,
    clock: systemClock,
    log: silentLogger,
  });
  return { ...jobs, start: (asked: Omit<FileRequest, 'table'>) => jobs.start({ ...asked, table }) };
}

async function written(rows: readonly Row[], part: Partial<FileRequest> = {}): Promise<Buffer> {
  const jobs = jobsOver(() => Promise.resolve(tableOf(rows)));
  const { id } = jobs.start({ ...request, ...part });
  await expect.poll(() => jobs.state(id).state).toBe('ready');
  return readFileSync(jobs.file(id)!.path);
}

const lines = async (rows: readonly Row[], part: Partial<FileRequest> = {}) =>
  (await written(rows, part)).toString('utf8').split('\r\n').slice(1, -1);

describe('a CSV file', () => {
  test('begins with the mark by which Excel knows UTF-8, and ends its lines as it expects', async () => {
    const text = (await written([['PLT-1', 'Нет питания']])).toString('utf8');

    expect(text).toBe('\uFEFFКод;Тема\r\nPLT-1;Нет питания\r\n');
  });

  test.each(['=1+1', '+7 900 100-22-33', '-2', '@SUM(A1)', '\tx', '\rx', '  =cmd', '\u00a0=cmd', '＝1+1'])(
    'keeps %j from becoming a formula',
    async (text) => {
      const [line = ''] = await lines([[text]]);

      expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
      expect(line).toContain(text.trim().slice(-1));
    },
  );

  test('leaves numbers numbers and moments on the wall of the desk’s zone', async () => {
    const at = moment(Date.UTC(2026, 2, 4, 21, 30, 5));

    expect(await lines([[-5.5, at, null]])).toEqual(['-5,5;2026-03-05 00:30:05;']);
    expect(await lines([[-5.5, at, null]], { separator: ',' })).toEqual(['-5.5,2026-03-05 00:30:05,']);
  });

  test('keeps separators, quotes and line ends inside their cell', async () => {
    expect((await written([['a;b', 'say "yes"\nnow']])).toString('utf8')).toContain(
      '"a;b";"say ""yes""\nnow"',
    );
  });
});

describe('a workbook', () => {
  const rows: readonly Row[] = [
    ['=1+1', -5.5],
    ['\u0001Щит\u000b', moment(Date.UTC(2026, 2, 4, 21, 30, 5))],
  ];

  test('holds text as text, numbers as numbers and dates as dates of the desk’s zone', async () => {
    const { sheets } = await readXlsx(await written(rows, { format: 'xlsx' }));

    const [sheet] = sheets;
    expect(sheet!.name).toBe('Инциденты');
    expect(sheet!.rows.slice(0, 2)).toEqual([
      ['Код', 'Тема'],
      ['=1+1', -5.5],
    ]);
    const [text, date] = sheet!.rows[2]!;
    expect(text).toBe('Щит');
    expect(date).toEqual(new Date('2026-03-05T00:30:05Z'));
  });
});

test('a long export tells how far it is and leaves the desk its turns', async () => {
  let turns = 0;
  const pieces = function* () {
    for (let piece = 0; piece < 50; piece += 1)
      yield Array.from({ length: 100 }, (_, row) => [piece * 100 + row]);
  };
  const jobs = jobsOver(() => Promise.resolve({ ...tableOf([]), total: 5000, pieces: pieces() }));
  const { id } = jobs.start(request);
  const turn = () => {
    turns += 1;
    if (jobs.state(id).state === 'running') setImmediate(turn);
  };
  turn();

  await expect.poll(() => jobs.state(id)).toMatchObject({ state: 'ready', rows: 5000, total: 5000 });
  expect(turns).toBeGreaterThan(40);
});

test('a cancelled export leaves no file', async () => {
  const endless = function* (): Generator<Row[]> {
    for (;;) yield [['x']];
  };
  const jobs = jobsOver(() => Promise.resolve({ ...tableOf([]), total: null, pieces: endless() }));
  const { id } = jobs.start(request);

  await jobs.cancel(id);

  expect(jobs.state(id).state).toBe('cancelled');
  expect([jobs.file(id), readdirSync(directory)]).toEqual([undefined, []]);
});

test('what cannot be counted is told as failed, with its reason', async () => {
  const jobs = jobsOver(() => Promise.reject(new Error('no such table')));
  const { id } = jobs.start(request);

  await expect.poll(() => jobs.state(id)).toMatchObject({ state: 'failed', reason: 'internal' });
});

test('a third export at a time is refused, and one that is long gone is not found', async () => {
  const jobs = jobsOver(() => new Promise(() => undefined));
  jobs.start(request);
  jobs.start(request);

  expect(() => jobs.start(request)).toThrow(expect.objectContaining({ reason: 'exports-running' }));
  expect(() => jobs.state('unknown')).toThrow(expect.objectContaining({ reason: 'export' }));
});
