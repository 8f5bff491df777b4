import { beforeEach, expect, test } from 'vitest';
import { createCoreKit, type CoreKit } from '../../../test/support/core-kit.ts';
import type { AppError } from '../../shared/errors.ts';
import { createListsFile, type ListsDesk } from './lists-file.ts';
import { seedClocks } from './seed-clocks.ts';

let kit: CoreKit;
let lists: ListsDesk;

const openDesk = () => {
  const made = createCoreKit();
  seedClocks({ db: made.db, ...made.stores });
  const desk = createListsFile({
    ...made.desk,
    store: made.stores.listsFile,
    settings: made.stores.settings,
  });
  return { made, desk };
};

beforeEach(() => {
  const { made, desk } = openDesk();
  kit = made;
  lists = desk;
});

type Item = Record<string, unknown> & { readonly key: string };
type File = Record<string, Item[]>;

const edited = (change: (file: File) => void): string => {
  const file = JSON.parse(lists.write()) as File;
  change(file);
  return JSON.stringify(file);
};
const refusal = (text: string) => {
  try {
    lists.preview(text);
  } catch (error) {
    const { details } = error as AppError;
    return `${String(details['where'])}: ${String(details['problem'])}`;
  }
  return undefined;
};

test('a file read by the desk that wrote it changes nothing, and another desk becomes the same', () => {
  expect(lists.preview(lists.write())).toEqual([]);
  expect(lists.read(lists.write(), null)).toBeNull();

  const text = edited((file) => {
    file['types']?.push({
      key: 'fire',
      name: 'Пожар',
      name_en: 'Fire',
      position: 99,
      active: true,
      sla_minutes: 60,
      subtypes: [],
    });
  });
  const other = openDesk();
  other.desk.read(text, null);
  lists.read(text, null);
  expect(other.desk.write()).toBe(lists.write());
});

test('shows what comes, changes and goes out of use, and does it by one entry that can be taken back', () => {
  const before = lists.write();
  const text = edited((file) => {
    file['categories']?.push({ key: 'roof', name: 'Кровля', name_en: 'Roof', position: 9, active: true });
    file['statuses'] = file['statuses']!.map((status) =>
      status.key === 'new' ? { ...status, name: 'Свежий', next: ['closed'] } : status,
    );
    file['types'] = file['types']!.filter(({ key }) => key !== 'planned');
  });

  expect(lists.preview(text)).toEqual([
    { list: 'statuses', added: [], changed: ['new'], retired: [] },
    { list: 'types', added: [], changed: [], retired: ['planned'] },
    { list: 'categories', added: ['roof'], changed: [], retired: [] },
  ]);
  expect(lists.write()).toBe(before);

  const sequence = lists.read(text, null) ?? 0;
  const fresh = kit.stores.reference.statusByKey('new');
  expect(fresh).toMatchObject({ name: 'Свежий', nextIds: [kit.statusId('closed')] });
  expect(kit.stores.reference.types().find(({ key }) => key === 'planned')).toMatchObject({ active: false });
  expect(kit.desk.journal.find(sequence)).toMatchObject({ kind: 'reference.imported' });

  lists.undo(sequence, null);
  const kept = JSON.parse(lists.write()) as File;
  expect(kept['statuses']).toEqual((JSON.parse(before) as File)['statuses']);
  expect(kept['types']).toEqual((JSON.parse(before) as File)['types']);
  expect(kept['categories']?.find(({ key }) => key === 'roof')).toMatchObject({ active: false });
});

test('an import is not taken back over somebody else’s change', () => {
  const sequence = lists.read(
    edited((file) => void file['days']?.pop()),
    null,
  );
  const [first] = kit.stores.reference.types();
  kit.db.transact((revision) => kit.stores.reference.saveType({ ...first!, name: 'Другое' }, revision));
  expect(() => lists.undo(sequence ?? 0, null)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
});

test('what incidents use stays theirs when it goes out of use', () => {
  const id = kit.open(
    {
      title: 'Щит',
      description: '',
      typeId: kit.typeId('planned'),
      assigneeId: null,
      asset: '',
      applicantName: '',
      applicantAddress: '',
      applicantPhone: '',
    },
    kit.addPerson('Орлова'),
  );
  lists.read(
    edited((file) => {
      file['types'] = [];
      file['clocks'] = [];
    }),
    null,
  );
  expect(kit.desk.incidents.require(id).typeId).toBe(kit.typeId('planned'));
});

test('what does not fit is told with its place and changes nothing', () => {
  expect(refusal('nonsense')).toBe('файл: это не JSON');
  expect(refusal('{"format":"pult-lists","version":2}')).toMatch(/^version: /);
  expect(refusal(edited((file) => Object.assign(file['types']![0]!, { sla_minutes: 'soon' })))).toMatch(
    /^types\.0\.sla_minutes: /,
  );
  expect(refusal(edited((file) => Object.assign(file['statuses']![0]!, { next: ['nowhere'] })))).toBe(
    'statuses.new.next: нет такого ключа: nowhere',
  );
  expect(refusal(edited((file) => void file['types']?.push(file['types'][0]!)))).toBe(
    'types.object-loss: ключ встречается дважды',
  );
});

test('ignore rules go along by field and value, keep who made them and how often they hit, and leave switched off', () => {
  const person = kit.addPerson('Орлова');
  const rule = { field: 'sender', active: true, createdBy: person, createdAt: 5 } as const;
  const { rules } = kit.stores;
  const ids = kit.db.transact((revision) => [
    rules.save({ ...rule, value: 'news@shop.example' }, revision),
    rules.save({ ...rule, value: 'old@shop.example' }, revision),
  ]);
  rules.countHit(ids[0] ?? 0);
  const other = openDesk();
  other.desk.read(lists.write(), null);
  expect(other.made.stores.rules.all().map(({ field, value, active }) => [field, value, active])).toEqual([
    ['sender', 'news@shop.example', true],
    ['sender', 'old@shop.example', true],
  ]);

  const text = JSON.stringify({
    format: 'pult-lists',
    version: 1,
    rules: [
      { field: 'sender', value: 'news@shop.example', active: false },
      { field: 'list-id', value: 'digest.shop.example', active: true },
    ],
  });
  expect(lists.preview(text)).toEqual([
    {
      list: 'rules',
      added: ['list-id:digest.shop.example'],
      changed: ['sender:news@shop.example'],
      retired: ['sender:old@shop.example'],
    },
  ]);
  const sequence = lists.read(text, person) ?? 0;
  expect(rules.active().map(({ value }) => value)).toEqual(['digest.shop.example']);
  expect(rules.find(ids[0] ?? 0)).toMatchObject({ hits: 1, createdBy: person, createdAt: 5 });

  lists.undo(sequence, person);
  expect(rules.active().map(({ value }) => value)).toEqual(['news@shop.example', 'old@shop.example']);
  const twice = { ...(JSON.parse(text) as object), rules: [{ ...rule, value: 'a' }] };
  expect(refusal(JSON.stringify(twice))).toMatch(/^rules\.0/);
});
