import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../../test/support/asset-kit.ts';
import { makeXlsx } from '../../../../test/support/make-xlsx.ts';

let kit: AssetKit;

beforeEach(() => {
  kit = createAssetKit();
});
afterEach(() => kit.end());

const all = { text: '', kinds: [], regionIds: [], contractorIds: [], withOpenIncidents: false, gone: false };
const codes = (gone = false) => kit.assets.list({ ...all, gone }, 0, 200).rows.map(({ code }) => code);
const view = (code: string) =>
  kit.assets.view(kit.assets.complete({ text: code, poleId: null }).assets[0]!.id);
const poles = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${from + index};${10_000 + from + index}-P-52-1`);
const heading = 'SiteId;Шифр';

describe('a file', () => {
  const line = ['Шифр', 'Адрес', 'Широта', 'Долгота', 'Подрядчик', 'E-mail подрядчика', 'Телефон подрядчика'];
  const cells = [
    '41208-P-52-1-1',
    'дер. Сосновка; д. 1',
    '56,88',
    '44.12',
    'Север',
    'a@n.example b@n.example',
    '+7 900',
  ];
  const quoted = (separator: string) =>
    [line, cells].map((row) => row.map((cell) => `"${cell}"`).join(separator)).join('\r\n');
  const cp1251 = (text: string) =>
    Uint8Array.from([...text], (letter) => {
      const code = letter.codePointAt(0)!;
      return code < 128 ? code : code - 0x410 + 0xc0;
    });
  const feature = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [44.12, 56.88] },
    properties: Object.fromEntries(
      line.map((name, index) => [name, cells[index]]).filter(([name]) => !name!.endsWith('та')),
    ),
  };

  test.each([
    ['CSV with semicolons and a byte order mark', `\ufeff${quoted(';')}`, 'csv'],
    ['CSV with commas', quoted(','), 'csv'],
    ['CSV with tabs', quoted('\t'), 'csv'],
    ['CSV in windows-1251', cp1251(quoted(';')), 'csv'],
    ['a workbook', makeXlsx([line, cells]), 'xlsx'],
    ['GeoJSON', JSON.stringify({ type: 'FeatureCollection', features: [feature] }), 'geojson'],
  ] as const)('as %s is read without a word of help', async (_name, content, format) => {
    const uploadId = kit.upload(content);

    const preview = await kit.assets.preview({ uploadId, mapping: null });
    const { run, refusals } = await kit.assets.importFile(
      { uploadId, sourceName: 'Опоры', mapping: preview.mapping, dryRun: false, force: false },
      kit.actor,
    );

    expect([preview.format, preview.rows, refusals]).toEqual([format, 1, []]);
    expect(run).toMatchObject({ state: 'done', rows: 1, added: 1, refused: 0 });
    expect(view('41208-P-52-1-1')).toMatchObject({
      kind: 'pole',
      address: 'дер. Сосновка; д. 1',
      coordinates: { latitude: 56.88, longitude: 44.12 },
      contractor: 'Север',
      emails: ['a@n.example', 'b@n.example'],
      phones: ['+7 900'],
      sourceName: 'Опоры',
    });
  });

  test('of poles is not taken for one of stations because it has an empty column for them', async () => {
    const lines = ['№ п/п;Шифр опоры;Имя БС', '1;41208-P-52-1-1;', '2;41209-P-52-1-1;'];

    const { mapping } = await kit.assets.preview({ uploadId: kit.upload(lines.join('\n')), mapping: null });

    // Nor is the number of a row a key: it moves with every new row above it.
    expect(mapping).toMatchObject({ kind: 'pole', columns: { code: 'Шифр опоры' } });
    expect(Object.keys(mapping.columns)).toEqual(['code']);
  });

  test('of the same shape is read as the last one was', async () => {
    await kit.load(['Колонка;Прочее', '41208-P-52-1-1;Склад'], {
      sourceName: 'Склады',
      mapping: {
        kind: 'site',
        columns: { code: 'Колонка', name: 'Прочее' },
        encoding: 'utf-8',
        separator: ';',
        complete: true,
        listPath: '',
      },
    });

    const next = await kit.assets.preview({ uploadId: kit.upload('Колонка;Прочее\n1;2'), mapping: null });

    expect(next).toMatchObject({
      sourceName: 'Склады',
      mapping: { kind: 'site', columns: { code: 'Колонка', name: 'Прочее' }, complete: true },
    });
  });

  test('tries out with the same report and leaves nothing behind', async () => {
    const lines = ['Шифр;Широта;Долгота', 'A-1;95;10', 'A-2;x;10', ';1;1', 'A-3;1;1', 'A-3;2;2'];

    const dry = await kit.load(lines, { dryRun: true });
    const before = [codes(), kit.assets.runs(), kit.assets.sources()];
    const real = await kit.load(lines);

    expect(before).toEqual([[], [], []]);
    expect(dry.refusals).toEqual(real.refusals);
    expect(dry.run).toMatchObject({ id: 0, state: 'done', rows: 5, added: 1, refused: 4 });
    expect(real.refusals).toEqual([
      { row: 2, field: 'latitude', reason: 'coordinates-outside', value: '95' },
      { row: 3, field: 'latitude', reason: 'number-wrong', value: 'x' },
      { row: 4, field: 'code', reason: 'code-missing', value: '' },
      { row: 6, field: 'code', reason: 'code-twice', value: 'A-3' },
    ]);
    expect(kit.assets.refusals(real.run.id, 1, 2)).toEqual({ total: 4, refusals: real.refusals.slice(1, 3) });
  });

  test('that lacks a column of the mapping is refused whole and leaves no source', async () => {
    const lines = ['Шифр;Имя', 'A-1;x'];
    const mapping = {
      kind: 'pole',
      columns: { code: 'Код' },
      encoding: 'utf-8',
      separator: ';',
      complete: false,
      listPath: '',
    } as const;

    await expect(kit.load(lines, { dryRun: true, mapping })).rejects.toMatchObject({
      details: { reason: 'columns-missing', columns: 'Код' },
    });
  });
});

describe('stations', () => {
  const head = 'Шифр опоры;Имя БС;Оператор;Группа операторов';

  test('stand on their poles, and one listed for two operators is one', async () => {
    await kit.load([heading, ...poles(2)], { sourceName: 'Опоры' });

    const { run, refusals } = await kit.load(
      [
        head,
        '10000-P-52-1;KA000412;ООО Запад;Запад',
        '10000-Р-52-1;KA000412;ООО Восток;Восток',
        '10009-P-52-1;KA1;;',
      ],
      { sourceName: 'Станции' },
    );

    expect(refusals).toMatchObject([
      { row: 4, field: 'pole', reason: 'pole-unknown', value: '10009-P-52-1' },
    ]);
    expect(run).toMatchObject({ added: 1, refused: 1 });
    expect(view('KA000412')).toMatchObject({
      kind: 'station',
      pole: { code: '10000-P-52-1' },
      operators: ['ООО Запад', 'ООО Восток'],
    });
  });

  test('may stand above their poles in one file', async () => {
    const { run, refusals } = await kit.load([
      'Вид;Код;Опора',
      'БС;KA000412;10000-P-52-1',
      'опора;10000-P-52-1;',
      'чудо;X-1;',
    ]);

    expect(refusals).toMatchObject([{ row: 4, field: 'kind', reason: 'kind-unknown', value: 'чудо' }]);
    expect(run).toMatchObject({ state: 'done', added: 2 });
    expect(view('KA000412').pole?.code).toBe('10000-P-52-1');
  });

  test('are not hung on a pole whose code several have', async () => {
    const { refusals } = await kit.load([
      'Вид;ID;Код;Опора',
      'опора;1;undefined-1;',
      'опора;2;undefined-1;',
      'БС;3;KA1;undefined-1',
      'БС;4;KA2;2',
    ]);

    expect(refusals).toMatchObject([{ row: 4, reason: 'pole-several' }]);
    expect(view('KA2').pole?.code).toBe('undefined-1');
  });
});

describe('importing again', () => {
  test('changes what differs, keeps what people added and writes nothing for the rest', async () => {
    const lines = (name: string) => [
      'SiteId;Шифр;Имя;E-mail',
      `1;A-1;${name};a@x.example`,
      '2;A-2;Два;b@x.example',
    ];
    await kit.load(lines('Один'));
    const before = view('A-1');
    const blank = {
      kind: 'pole',
      state: '',
      poleId: null,
      regionId: null,
      contractorId: null,
      operatorIds: [],
      address: '',
      latitude: null,
      longitude: null,
      manager: '',
    } as const;
    kit.assets.save(
      {
        ...blank,
        id: before.id,
        code: 'Другой',
        name: 'Другое',
        emails: ['own@x.example'],
        phones: [],
        aliases: ['Горка'],
      },
      kit.actor,
    );

    const { run } = await kit.load(lines('Первый'));

    expect(run).toMatchObject({ added: 0, changed: 1, gone: 0, rows: 2 });
    expect(view('A-1')).toMatchObject({
      id: before.id,
      code: 'A-1',
      name: 'Первый',
      emails: ['own@x.example'],
      ownContacts: true,
      aliases: ['Горка'],
    });
    expect(kit.assets.complete({ text: 'горка', poleId: null }).assets).toMatchObject([{ code: 'A-1' }]);
  });

  test('keeps the thing when its code changes under the same key of the source', async () => {
    await kit.load([heading, '7;A-1']);
    const { id } = view('A-1');

    await kit.load([heading, '7;B-1']);

    expect(view('B-1').id).toBe(id);
    expect(codes()).toEqual(['B-1']);
  });

  test('marks as gone what a complete source no longer has, and brings it back with it', async () => {
    const complete = { with: { complete: true } };
    await kit.load([heading, ...poles(10)], complete);

    const less = await kit.load([heading, ...poles(9)], complete);
    const gone = codes(true);
    const more = await kit.load([heading, ...poles(10)], complete);

    expect([less.run.gone, gone]).toEqual([1, ['10009-P-52-1']]);
    expect([more.run.changed, codes(true)]).toEqual([1, []]);
  });

  test('does not take a refused row for a thing that is gone', async () => {
    const head = 'SiteId;Шифр;Широта;Долгота';
    await kit.load([head, '1;A-1;1;1', '2;A-2;1;1'], { with: { complete: true } });

    const { run } = await kit.load([head, '1;A-1;1;1', '2;A-2;слон;1'], { with: { complete: true } });

    expect(run).toMatchObject({ refused: 1, gone: 0 });
    expect(codes()).toEqual(['A-1', 'A-2']);
  });
});

describe('a guard', () => {
  const complete = { complete: true };

  test.each([
    ['empty', [heading]],
    ['empty', [heading, 'x;']],
    ['much-smaller', [heading, ...poles(699)]],
    ['many-gone', [heading, ...poles(1000, 150)]],
  ] as const)('stops at %s and asks, and goes on when a person says so', async (guard, lines) => {
    await kit.load([heading, ...poles(1000)], { with: complete });

    const asked = await kit.load(lines, { with: complete });
    const untouched = kit.assets.lists().total;
    const forced = await kit.load(lines, { with: complete, force: true });

    expect([asked.run.state, asked.run.guard, untouched]).toEqual(['asks', guard, 1000]);
    expect(forced.run).toMatchObject({ state: 'done', guard: null });
    expect(kit.assets.lists().total).toBe(Math.max(0, lines.filter((line) => /P-52/.test(line)).length));
  });

  test('lets a source shrink a little', async () => {
    await kit.load([heading, ...poles(1000)], { with: complete });

    const { run } = await kit.load([heading, ...poles(955)], { with: complete });

    expect(run).toMatchObject({ state: 'done', gone: 45 });
  });
});

test('a run that a crash left is told as failed, and the same import completes it', async () => {
  await kit.load([heading, ...poles(700)]);
  const [done] = kit.assets.runs();
  kit.db.transact((revision) =>
    kit.stores.assetImports.insert({ ...done!, state: 'running', endedAt: null }, revision),
  );

  await kit.assets.sync.start(new AbortController().signal);
  const { run } = await kit.load([heading, ...poles(1200)]);
  await kit.assets.sync.stop();

  expect(kit.assets.runs()[1]).toMatchObject({ state: 'failed', error: 'interrupted' });
  expect(run).toMatchObject({ state: 'done', added: 500, changed: 0 });
});

test('the pages of the desk get their turn between chunks, and see the bar move', async () => {
  const seen = new Set<number>();
  let kinds = 0;
  kit.db.onCommit((change) => {
    if (!change.kinds.has('asset-import')) return;
    kinds += 1;
    const [run] = kit.assets.runs();
    if (run?.rowsTotal === 5000) seen.add(run.rows);
  });

  await kit.load([heading, ...poles(5000)]);

  expect(kinds).toBeGreaterThan(10);
  expect([...seen]).toEqual([0, ...Array.from({ length: 25 }, (_, index) => (index + 1) * 200)]);
});

test('closing the desk ends an import between two chunks, told as interrupted', async () => {
  const stopped = new Promise<void>((resolve) => {
    kit.db.onCommit(({ kinds }) => {
      if (kinds.has('asset')) resolve(kit.assets.sync.stop());
    });
  });

  await expect(kit.load([heading, ...poles(5000)])).rejects.toMatchObject({ code: 'cancelled' });
  await stopped;

  expect(kit.assets.runs()).toMatchObject([{ state: 'failed', error: 'interrupted' }]);
  expect(kit.assets.lists().total).toBeLessThan(5000);
});

test('two imports at once are refused', async () => {
  const first = kit.load([heading, ...poles(2000)]);
  const uploadId = kit.upload(`${heading}\n1;A-1`);
  const { mapping } = await kit.assets.preview({ uploadId, mapping: null });
  const input = { uploadId, sourceName: 'Вторая', mapping, dryRun: false, force: false };
  await expect.poll(() => kit.assets.runs().length).toBe(1);

  await expect(kit.assets.importFile(input, kit.actor)).rejects.toMatchObject({
    details: { reason: 'import-running' },
  });
  await first;
});
