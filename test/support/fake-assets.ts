import type { z } from 'zod';
import type {
  AssetRow,
  AssetSource,
  AssetView,
  ImportMapping,
  ImportRefusal,
  ImportRun,
  IncidentAsset,
} from '../../src/shared/contract/assets.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import { AppError } from '../../src/shared/errors.ts';

type Group = PultContract['assets'];
type Input<Name extends keyof Group> = z.output<Group[Name]['input']>;
type Output<Name extends keyof Group> = z.output<Group[Name]['output']>;

export type FakeAssets = {
  /** For createFakeDesk and createFakePage. */
  readonly answers: Readonly<Record<string, (input: never) => unknown>>;
  /** What the page asked to change, by name, in order. */
  readonly asked: { readonly name: string; readonly input: unknown }[];
  /** What stands beside an incident; a test may change it. */
  readonly bound: IncidentAsset[];
  readonly sources: AssetSource[];
  readonly runs: ImportRun[];
  /** What the next dry run, import or sync answers. */
  next: { readonly run: Partial<ImportRun>; readonly refusals?: readonly ImportRefusal[] };
};

const operators = ['Т2', 'Вымпел', 'Мегафон-Север'] as const;
const regions = ['Свердловская область', 'Тюменская область', 'Пермский край'] as const;
const contractors = ['Бригада Север', 'Волга АВР'] as const;

/** The row at a place: two poles for three stations, as many as a test wants without making them all. */
function assetAt(index: number): AssetRow {
  const isPole = index % 5 < 2;
  const number = String(index).padStart(6, '0');
  return {
    id: index + 1,
    kind: isPole ? 'pole' : 'station',
    code: isPole ? `41208-P-52-${number}` : `KA${number}`,
    name: isPole ? `Опора у дороги ${index}` : '',
    state: isPole ? 'Работает' : 'На линии',
    address: `Дорожная, ${index % 90}`,
    region: regions[index % 3] ?? '',
    operators: isPole ? [] : [operators[index % 3] ?? ''],
    contractor: contractors[index % 2] ?? '',
    openIncidents: index % 40 === 3 ? 2 : 0,
    goneAt: null,
  };
}

function assetView(row: AssetRow): AssetView {
  return {
    ...row,
    sourceName: null,
    externalId: row.code,
    macroregion: 'Урал',
    pole: row.kind === 'station' ? { id: 1, code: '41208-P-52-000000' } : null,
    stations: row.kind === 'pole' ? [{ id: 3, code: 'KA000002', operators: ['Мегафон-Север'] }] : [],
    operatorIds: row.kind === 'station' ? [1] : [],
    regionId: 1,
    contractorId: 1,
    emails: ['noc@sever.example'],
    phones: ['+7 900 000-00-17'],
    ownContacts: false,
    coordinates: { latitude: 56.8519, longitude: 60.6122 },
    manager: 'Лебедев П. А.',
    repairEmail: 'remont@ural.example',
    aliases: ['Башня у моста'],
    incidents: [
      {
        id: 42,
        code: 'PLT-1042',
        title: 'Отсутствует ВЭС',
        registeredAt: Date.UTC(2026, 10, 20),
        open: true,
      },
    ],
    revision: 1,
  };
}

export const sampleRun: ImportRun = {
  id: 0,
  sourceId: 1,
  sourceName: 'Реестр опор',
  startedAt: Date.UTC(2026, 10, 21, 9),
  endedAt: Date.UTC(2026, 10, 21, 9, 2),
  actorId: 1,
  state: 'done',
  guard: null,
  guardOf: null,
  rows: 130_000,
  rowsTotal: 130_000,
  added: 12,
  changed: 3,
  gone: 1,
  refused: 2,
  error: null,
};

const sampleMapping: ImportMapping = {
  kind: 'pole',
  columns: { code: 'Шифр', name: 'Название', region: 'Регион' },
  encoding: 'windows-1251',
  separator: ';',
  complete: true,
  listPath: '',
};

export const sampleRefusals: readonly ImportRefusal[] = [
  { row: 17, field: 'code', reason: 'code-missing', value: '' },
  { row: 40, field: 'latitude', reason: 'number-wrong', value: '=HYPERLINK("x")' },
];

/** A registry without a core: `total` rows by place, and whatever the page asks to change. */
export function createFakeAssets(total = 130_000): FakeAssets {
  const asked: FakeAssets['asked'] = [];
  const bound: IncidentAsset[] = [];
  const sources: AssetSource[] = [];
  const runs: ImportRun[] = [];

  const note = <T>(name: string, input: unknown, answer: T): T => {
    asked.push({ name, input });
    return answer;
  };

  function list({ offset, limit, ...filter }: Input<'list'>): Output<'list'> {
    asked.push({ name: 'list', input: { offset, ...filter } });
    const needle = filter.text.toLowerCase();
    const isAll = needle === '' && filter.kinds.length === 0 && !filter.withOpenIncidents;
    if (isAll) {
      const length = Math.max(0, Math.min(limit, total - offset));
      return { total, rows: Array.from({ length }, (_, index) => assetAt(offset + index)) };
    }
    const found = Array.from({ length: Math.min(total, 2000) }, (_, index) => assetAt(index)).filter(
      ({ code, kind, openIncidents }) =>
        code.toLowerCase().includes(needle) &&
        (filter.kinds.length === 0 || filter.kinds.includes(kind)) &&
        (!filter.withOpenIncidents || openIncidents > 0),
    );
    return { total: found.length, rows: found.slice(offset, offset + limit) };
  }

  function complete({ text }: Input<'complete'>): Output<'complete'> {
    const rows = Array.from({ length: Math.min(total, 200) }, (_, index) => assetAt(index));
    const found = rows.filter(({ code }) => code.toLowerCase().includes(text.toLowerCase())).slice(0, 8);
    if (found.length > 0) return { assets: found, nearest: false };
    return { assets: text.startsWith('?') ? [] : rows.slice(2, 5), nearest: true };
  }

  function save(input: Input<'save'>): Output<'save'> {
    if (input.code === 'KA000002') {
      throw new AppError('conflict', { details: { reason: 'code-taken', id: 3 } });
    }
    return note('save', input, { id: input.id ?? 900, undo: null });
  }

  function importFile(input: Input<'importFile'>): Output<'importFile'> {
    const { run, refusals = [] } = fake.next;
    const id = input.dryRun ? 0 : 7;
    const asks = run.guard !== undefined && run.guard !== null && !input.force;
    const state = asks ? 'asks' : 'done';
    return note('importFile', input, {
      run: { ...sampleRun, state, ...run, id, ...(input.force ? { guard: null } : {}) },
      refusals: [...refusals],
    });
  }

  const answers: { readonly [Name in keyof Group]?: (input: Input<Name>) => unknown } = {
    list,
    complete,
    save,
    importFile,
    view: ({ id }) => assetView(assetAt(id - 1)),
    lists: (): Output<'lists'> => ({
      regions: regions.map((name, index) => ({
        id: index + 1,
        key: `r${index}`,
        name,
        macroregion: 'Урал',
        repairEmail: index === 0 ? 'remont@ural.example' : '',
      })),
      operators: operators.map((name, index) => ({ id: index + 1, name, group: name })),
      groups: operators.map((name, index) => ({
        id: index + 1,
        name,
        domains: index === 0 ? ['tele-op.example'] : [],
        autoCloseMinutes: null,
      })),
      total,
    }),
    saveGroup: (input) => note('saveGroup', input, { id: input.id ?? 9 }),
    saveRegion: (input) => note('saveRegion', input, {}),
    ofIncident: (): Output<'ofIncident'> => ({ assets: bound }),
    bind: (input) => note('bind', input, { undo: 71 }),
    unbind: (input) => note('unbind', input, { undo: 72 }),
    preview: (input) =>
      note('preview', input, {
        uploadId: 'a'.repeat(64),
        format: 'csv',
        columns: ['Шифр', 'Название', 'Регион', 'Статус'],
        sample: [
          ['41208-P-52-1-1', 'Опора у дороги', 'Свердловская область', 'Работает'],
          ['41208-P-52-1-2', 'Опора на горе', 'Свердловская область', 'Работает'],
        ],
        rows: 130_000,
        mapping: input.mapping ?? sampleMapping,
        sourceName: null,
      } satisfies Output<'preview'>),
    runs: (): Output<'runs'> => ({ runs }),
    refusals: (): Output<'refusals'> => ({ total: sampleRefusals.length, refusals: [...sampleRefusals] }),
    sources: (): Output<'sources'> => ({ sources }),
    saveSource: (input) => note('saveSource', input, { id: input.id ?? 5 }),
    trySource: (input) =>
      note('trySource', input, {
        columns: ['site.code', 'site.name'],
        sample: [['KA0412', 'Площадка 12']],
        rows: 80_000,
        mapping: { ...sampleMapping, kind: 'station', columns: { code: 'site.code' } },
      } satisfies Output<'trySource'>),
    syncSource: (input) => note('syncSource', input, { run: { ...sampleRun, id: 8, ...fake.next.run } }),
  };
  const named = Object.entries(answers).map(([name, answer]) => [`assets.${name}`, answer]);
  const fake: FakeAssets = {
    asked,
    bound,
    sources,
    runs,
    next: { run: {} },
    answers: {
      ...(Object.fromEntries(named) as FakeAssets['answers']),
      'directory.list': () => ({ contacts: contractors.map(contactOf) }),
    },
  };
  return fake;
}

export function httpSource(part: Partial<AssetSource> = {}): AssetSource {
  return {
    id: 5,
    kind: 'http',
    name: 'Учёт площадок',
    mapping: { ...sampleMapping, columns: { code: 'site.code' } },
    url: 'https://sites.example/api/stations',
    authHeader: 'Authorization',
    hasSecret: true,
    everyMinutes: 60,
    nextAt: Date.UTC(2026, 10, 21, 15),
    active: true,
    lastRun: sampleRun,
    ...part,
  };
}

/** A station the letter's subject names by its number, on a pole. */
export function incidentAsset(part: Partial<IncidentAsset> = {}): IncidentAsset {
  return {
    assetId: 412,
    kind: 'station',
    code: 'KA0412',
    name: '',
    pole: '41208-P-52-1-1',
    region: 'Свердловская область',
    address: 'Дорожная, 12',
    operators: ['Т2'],
    contractor: 'Бригада Север',
    contractorId: 1,
    emails: ['noc@sever.example'],
    phones: [],
    state: 'suggested',
    foundBy: 'subject',
    confidence: 60,
    evidence: { rule: 'number', place: 'subject', words: 'KA0412' },
    ...part,
  };
}

function contactOf(name: string, index: number) {
  return {
    id: index + 1,
    kind: 'contractor',
    name,
    organisation: '',
    phone: '',
    email: '',
    note: '',
    active: true,
    chatIds: [],
  };
}
