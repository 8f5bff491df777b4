import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankAsset } from '../support/asset-kit.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await startDesk({ provision: provisionFor(undefined) });
});
afterEach(() => desk.stop());

const upload = async (content: string): Promise<string> => {
  const response = await desk.backend.web(
    new Request('http://desk.invalid/upload', {
      method: 'POST',
      body: content,
      headers: { 'x-file-name': 'poles.csv' },
    }),
  );
  return ((await response.json()) as { sha256: string }).sha256;
};

test('a file goes from the upload to the card of an incident and back, by what the page can call', async () => {
  const rpc = await desk.page();
  const uploadId = await upload(
    'Вид;Код;Опора;Регион;Подрядчик;E-mail;Оператор\nопора;41208-P-52-1-1;;NN;Север;n@x.example;\nБС;KA000412;41208-P-52-1-1;NN;;;ООО Запад\nБС;KA1;нет такой;;;;',
  );

  const preview = await rpc.assets.preview({ uploadId, fileName: 'poles.csv', mapping: null });
  const how = { uploadId, fileName: 'poles.csv', sourceName: 'Реестр', mapping: preview.mapping };
  const dry = await rpc.assets.importFile({ ...how, dryRun: true });
  const { run, refusals } = await rpc.assets.importFile({ ...how, dryRun: false });
  const listed = await rpc.assets.list({ text: 'ка0004', offset: 0, limit: 10 });
  const station = listed.rows[0]!;
  const opened = await rpc.incidents.open({
    title: 'Нет питания',
    description: '',
    applicantName: '',
    applicantPhone: '',
    applicantAddress: '',
    asset: '',
    typeId: null,
    assigneeId: null,
  });
  const { undo } = await rpc.assets.bind({ incidentId: opened.id, assetId: station.id });
  const { assets } = await rpc.assets.ofIncident({ incidentId: opened.id });
  const card = await rpc.incidents.card({ id: opened.id });
  await rpc.incidents.undo({ sequence: undo! });

  expect([preview.format, preview.rows, preview.mapping.columns.pole]).toEqual(['csv', 3, 'Опора']);
  expect(dry.refusals).toEqual(refusals);
  expect(run).toMatchObject({ state: 'done', added: 2, refused: 1 });
  expect(await rpc.assets.refusals({ runId: run.id })).toEqual({ total: 1, refusals });
  expect(assets).toMatchObject([
    { code: '41208-P-52-1-1', contractor: 'Север', emails: ['n@x.example'], foundBy: 'parent' },
    { code: 'KA000412', operators: ['ООО Запад'], foundBy: 'hand' },
  ]);
  expect(card.row.asset).toBe('41208-P-52-1-1 · KA000412');
  expect((await rpc.assets.ofIncident({ incidentId: opened.id })).assets).toEqual([]);
  expect(await rpc.assets.view({ id: station.id })).toMatchObject({
    pole: { code: '41208-P-52-1-1' },
    incidents: [],
  });
  expect((await rpc.assets.complete({ text: 'KA000421' })).nearest).toBe(true);
  expect(await rpc.assets.lists({})).toMatchObject({
    total: 2,
    regions: [{ key: 'NN' }],
    operators: [{ name: 'ООО Запад' }],
  });
  expect((await rpc.assets.sources({})).sources).toMatchObject([
    { kind: 'file', name: 'Реестр', lastRun: { id: run.id } },
  ]);
  expect((await rpc.assets.runs({})).runs).toHaveLength(1);
});

test('an asset by hand, its group and a source that is not there answer in words', async () => {
  const rpc = await desk.page();
  const { id } = await rpc.assets.save({ ...blankAsset, code: 'A-1' });
  await rpc.assets.saveGroup({ name: 'Запад', domains: ['west.example'] });
  const source = {
    name: 'Сеть',
    url: 'http://127.0.0.1:9/poles',
    authHeader: '',
    secret: 'x',
    everyMinutes: null,
    active: true,
    mapping: {
      kind: 'pole',
      columns: { code: 'code' },
      encoding: 'utf-8',
      separator: ';',
      complete: true,
      listPath: '',
    },
  } as const;
  const saved = await rpc.assets.saveSource(source);

  await expect(rpc.assets.save({ ...blankAsset, code: 'a-1' })).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'code-taken', id },
  });
  await expect(rpc.assets.syncSource({ id: saved.id })).rejects.toMatchObject({
    code: 'unavailable',
    details: { reason: 'source-unreachable' },
  });
  await expect(rpc.assets.saveRegion({ id: 99, repairEmail: '' })).rejects.toMatchObject({
    details: { reason: 'region' },
  });
  await expect(rpc.assets.unbind({ incidentId: 99, assetId: id })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(
    rpc.assets.preview({ uploadId: 'f'.repeat(64), fileName: 'x', mapping: null }),
  ).rejects.toMatchObject({ details: { reason: 'upload-gone' } });
});
