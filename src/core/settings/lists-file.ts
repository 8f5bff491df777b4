import { ru } from 'zod/locales';
import type { ListChanges } from '../../shared/contract/keeping.ts';
import { isZone } from '../../shared/domain/roster.ts';
import { AppError } from '../../shared/errors.ts';
import {
  listNames,
  type ListItem,
  type ListName,
  type ListsFileStore,
  listTables,
} from '../db/lists-file-store.ts';
import type { Db } from '../db/open.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import { listsSchema, type ListsFile } from './lists-schema.ts';

export type ListsDesk = {
  /** Every list as one text. */
  write(): string;
  /** What an import would change. Throws `invalid-input` (reason `lists-file`, with `where` and `problem`). */
  preview(text: string): ListChanges[];
  /** In one transaction; the sequence takes it back, null when nothing differed. */
  read(text: string, actor: number | null): number | null;
  /** Throws `conflict` (reason `changed-since`) when the lists were changed after that import. */
  undo(sequence: number, actor: number | null): void;
};

type Parts = {
  readonly db: Db;
  readonly store: ListsFileStore;
  readonly settings: SettingStore;
  readonly journal: Journal;
  readonly clock: Clock;
};

type Lists = Readonly<Partial<Record<ListName, readonly ListItem[]>>>;
type Kept = { readonly sequence: number; readonly before: string; readonly after: string };

const keptKey = 'lists-before-import';
const localeOf = ru().localeError;

export function createListsFile(parts: Parts): ListsDesk {
  const { db, store, settings, journal, clock } = parts;
  const current = (): Lists => Object.fromEntries(listNames.map((list) => [list, store.items(list)]));
  const write = () => JSON.stringify({ format: 'pult-lists', version: 1, ...current() }, null, 2);

  function apply(wanted: Lists, actor: number | null, undoes: number | null): number | null {
    const changes = compare(current(), wanted);
    if (changes.length === 0) return null;
    return db.transact((revision) => {
      for (const { list, added, changed } of changes) {
        for (const item of itemsOf(wanted, list, [...added, ...changed])) {
          store.save(list, item, clock.now(), revision);
        }
      }
      for (const { list, added, changed, retired } of changes) {
        for (const item of itemsOf(wanted, list, [...added, ...changed])) store.savePairs(list, item);
        for (const key of retired) store.retire(list, key, clock.now(), revision);
      }
      db.touch('reference');
      db.touch('rule');
      const lists = Object.fromEntries(changes.map(({ list, ...keys }) => [list, keys]));
      return journal.append({
        kind: 'reference.imported',
        subject: 'reference',
        subjectId: 0,
        actorId: actor,
        facts: { undoes, lists },
      });
    });
  }

  return {
    write,
    preview: (text) => compare(current(), parse(text, current())),
    read(text, actor) {
      return db.transact((revision) => {
        const before = write();
        const sequence = apply(parse(text, current()), actor, null);
        const kept: Kept | null = sequence === null ? null : { sequence, before, after: write() };
        if (kept) settings.set(keptKey, kept, revision);
        return sequence;
      });
    },
    undo(sequence, actor) {
      const kept = settings.get(keptKey) as Kept | null | undefined;
      if (kept?.sequence !== sequence || kept.after !== write()) {
        throw new AppError('conflict', { details: { reason: 'changed-since' } });
      }
      db.transact((revision) => {
        apply(JSON.parse(kept.before) as Lists, actor, sequence);
        settings.set(keptKey, null, revision);
      });
    },
  };
}

type Changes = ListChanges & { readonly list: ListName };

/** What is in the desk and not in the file goes out of use; it is never deleted, since incidents name it. */
function compare(current: Lists, wanted: Lists): Changes[] {
  return listNames.flatMap((list): Changes[] => {
    const next = wanted[list];
    if (!next) return [];
    const known = new Map((current[list] ?? []).map((item) => [String(item['key']), item]));
    const there = new Set(next.map(({ key }) => String(key)));
    const keys = (items: readonly ListItem[]) => items.map(({ key }) => String(key));
    const isRetired = (item: ListItem) => item['active'] === false;
    const changes = {
      added: keys(next.filter(({ key }) => !known.has(String(key)))),
      changed: keys(
        next.filter((item) => {
          const before = known.get(String(item['key']));
          return before !== undefined && toText(before) !== toText(item);
        }),
      ),
      retired: keys(
        [...known.values()].filter((item) => !there.has(String(item['key'])) && !isRetired(item)),
      ),
    };
    const isSame = changes.added.length + changes.changed.length + changes.retired.length === 0;
    return isSame ? [] : [{ list, ...changes }];
  });
}

function itemsOf(lists: Lists, list: ListName, keys: readonly string[]): readonly ListItem[] {
  const wanted = new Set(keys);
  return (lists[list] ?? []).filter(({ key }) => wanted.has(String(key)));
}

/** The order of fields and of what a field names does not make a difference. */
function toText(item: ListItem): string {
  const sorted = Object.entries(item)
    .map(([name, value]) => [name, isKeys(value) ? value.toSorted() : value] as const)
    .toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify(sorted);
}

function isKeys(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function parse(text: string, current: Lists): Lists {
  const parsed = listsSchema.safeParse(readJson(text), { error: localeOf });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(whereOf(issue?.path ?? []), issue?.message ?? '');
  }
  const { format: _format, version: _version, ...lists } = parsed.data;
  requireKnown(lists, current);
  return lists as Lists;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refused('файл', 'это не JSON');
  }
}

/** Every key that is named must be in the file, or in the desk where the file has no such list; and each once. */
function requireKnown(lists: Omit<ListsFile, 'format' | 'version'>, current: Lists): void {
  const given = lists as Lists;
  const keysIn = (list: ListName) =>
    new Set((given[list] ?? current[list] ?? []).map(({ key }) => String(key)));
  for (const list of listNames) {
    const items = given[list] ?? [];
    const twice = items.find(({ key }, index) => items.findIndex((other) => other['key'] === key) !== index);
    if (twice) throw refused(`${list}.${String(twice['key'])}`, 'ключ встречается дважды');
    for (const item of items) {
      for (const { field, keys, other } of namedBy(list, item)) {
        const known = keysIn(other);
        const unknown = keys.find((key) => !known.has(key));
        if (unknown !== undefined) {
          throw refused(`${list}.${String(item['key'])}.${field}`, `нет такого ключа: ${unknown}`);
        }
      }
    }
  }
  const badZone = lists.calendars?.find(({ zone }) => zone !== '' && !isZone(zone));
  if (badZone) throw refused(`calendars.${badZone.key}.zone`, `нет такого пояса: ${badZone.zone}`);
}

function namedBy(list: ListName, item: ListItem) {
  const table = listTables[list];
  const listOf = (name: string): ListName =>
    listNames.find((other) => listTables[other].table === name) ?? 'statuses';
  const one = Object.entries(table.references as Readonly<Record<string, { readonly table: string }>>);
  const many = Object.entries(table.referenceLists as Readonly<Record<string, { readonly table: string }>>);
  const pairs = 'pairs' in table ? [[table.pairs.field, { table: table.pairs.otherTable }] as const] : [];
  return [...one, ...many, ...pairs].map(([field, { table: other }]) => ({
    field,
    other: listOf(other),
    keys: [item[field] ?? []].flat().map(String),
  }));
}

function whereOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'файл' : path.map(String).join('.');
}

function refused(where: string, problem: string): AppError {
  return new AppError('invalid-input', { details: { reason: 'lists-file', where, problem } });
}
