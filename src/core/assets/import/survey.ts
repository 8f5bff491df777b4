import type { ImportMapping, ImportRefusal, ImportRun } from '../../../shared/contract/assets.ts';
import { foldCode } from '../../../shared/domain/asset-code.ts';
import type { AssetParts } from '../parts.ts';
import type { OpenTable } from './open-table.ts';
import { assetKey, createRowReader, digest, type ReadAsset, type ReadOperator } from './read-row.ts';

/** What is to be done with one asset of the source. */
export type Wanted = {
  readonly row: number;
  /** Of all its rows together. */
  readonly hash: string;
  readonly operators: readonly ReadOperator[];
};

/** A source looked through from end to end, before anything of it is written. */
export type Survey = {
  readonly rows: number;
  /** New and changed ones by key; the rest stands in the registry as the source says it. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly added: number;
  readonly changed: number;
  /** Assets of the source that it no longer has. */
  readonly gone: readonly number[];
  readonly refusals: readonly ImportRefusal[];
  /** Rows that were refused: one row may be refused for several fields. */
  readonly refused: number;
  readonly guard: ImportRun['guard'];
  readonly guardOf: number | null;
};

type Entry = {
  readonly row: number;
  readonly hash: string;
  /** Folded; kept for poles only, whose stations name them by it. */
  readonly poleCode: string;
  readonly pole: string;
  operators: readonly ReadOperator[];
};

type Parts = Pick<AssetParts, 'assets' | 'assetImports' | 'clock'>;

type Input = {
  readonly signal?: AbortSignal | undefined;
  readonly table: OpenTable;
  readonly mapping: ImportMapping;
  readonly sourceId: number | undefined;
};

const marksPage = 5000;
/** After so many rows the pages of the desk get their turn. */
const pauseRows = 2000;
/** Less than this share of the last time is a source cut short. */
const muchSmaller = 0.7;
const manyGoneShare = 0.05;
const manyGoneLeast = 100;

export async function surveyTable(
  parts: Parts,
  { table, mapping, sourceId, signal }: Input,
): Promise<Survey> {
  const { rows, entries, seen, refusals } = await readAll(table, mapping, signal);
  await refusePoles(parts, entries, sourceId, refusals);
  const marks = await marksOf(parts, sourceId);
  const wanted = new Map<string, Wanted>();
  let added = 0;
  let looked = 0;
  for (const [key, entry] of entries) {
    looked += 1;
    if (looked % pauseRows === 0) await parts.clock.sleep(0);
    const hash = wholeHash(entry);
    const mark = marks.get(key);
    if (mark && !mark.gone && mark.hash === hash) continue;
    if (!mark) added += 1;
    wanted.set(key, { row: entry.row, hash, operators: entry.operators });
  }
  const present = [...marks].filter(([, mark]) => !mark.gone);
  const gone = mapping.complete ? present.filter(([key]) => !seen.has(key)).map(([, { id }]) => id) : [];
  return {
    rows,
    wanted,
    added,
    changed: wanted.size - added,
    gone,
    refusals: refusals.toSorted((a, b) => a.row - b.row),
    refused: new Set(refusals.map(({ row }) => row)).size,
    ...guardOf(
      parts,
      { sourceId, rows, valid: entries.size, gone: gone.length, present: present.length },
      mapping,
    ),
  };
}

async function readAll(table: OpenTable, mapping: ImportMapping, signal: AbortSignal | undefined) {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  const refusals: ImportRefusal[] = [];
  let rows = 0;
  try {
    // A list without objects has no columns either; the guard asks about it.
    const read = table.head.columns.length === 0 ? undefined : createRowReader(table.head.columns, mapping);
    for await (const batch of table.batches()) {
      signal?.throwIfAborted();
      for (const row of batch) {
        rows += 1;
        const found = read?.(row);
        if (!found) continue;
        if (found.key !== undefined) seen.add(found.key);
        refusals.push(...found.refusals);
        if (found.asset && found.key !== undefined) addEntry(entries, found.key, found.asset, refusals);
      }
    }
  } finally {
    await table.close();
  }
  return { rows, entries, seen, refusals };
}

/** A second row of the same asset is welcome when all it adds is an operator: that is how stations of several are listed. */
function addEntry(
  entries: Map<string, Entry>,
  key: string,
  asset: ReadAsset,
  refusals: ImportRefusal[],
): void {
  const known = entries.get(key);
  if (!known) {
    const { row, hash, pole, operators } = asset;
    const poleCode = asset.kind === 'pole' ? foldCode(asset.code) : '';
    entries.set(key, { row, hash, poleCode, pole, operators });
    return;
  }
  const isKnown = ({ name, group }: ReadOperator) =>
    known.operators.some((other) => other.name === name && other.group === group);
  const more = asset.operators.filter((operator) => !isKnown(operator));
  if (known.hash === asset.hash && more.length > 0) known.operators = [...known.operators, ...more];
  else refusals.push({ row: asset.row, field: 'code', reason: 'code-twice', value: asset.code });
}

/** A station's pole must be in the source or in the registry, and be one. */
async function refusePoles(
  { assets, clock }: Parts,
  entries: Map<string, Entry>,
  sourceId: number | undefined,
  refusals: ImportRefusal[],
): Promise<void> {
  const known = new Map<string, number>();
  const count = (pole: string) => {
    const cached = known.get(pole);
    if (cached !== undefined) return cached;
    // The source may name a pole by its own key for it.
    const isKey = entries.has(assetKey('pole', pole)) || assets.bySource(sourceId ?? null, 'pole', pole);
    const found = isKey ? 1 : assets.idsByCode('pole', pole).length;
    known.set(pole, found);
    return found;
  };
  const codes = codesOf(entries);
  let looked = 0;
  for (const [key, { row, pole }] of entries) {
    if (pole === '') continue;
    looked += 1;
    if (looked % pauseRows === 0) await clock.sleep(0);
    const times = codes.get(foldCode(pole)) ?? count(pole);
    if (times === 1) continue;
    entries.delete(key);
    refusals.push({ row, field: 'pole', reason: times === 0 ? 'pole-unknown' : 'pole-several', value: pole });
  }
}

/** How many poles of the source have each code. */
function codesOf(entries: ReadonlyMap<string, Entry>): Map<string, number> {
  const codes = new Map<string, number>();
  for (const { poleCode } of entries.values()) {
    if (poleCode !== '') codes.set(poleCode, (codes.get(poleCode) ?? 0) + 1);
  }
  return codes;
}

function wholeHash({ hash, operators }: Entry): string {
  const names = operators.map(({ name, group }) => `${group}\n${name}`).toSorted();
  return digest([hash, ...names].join('\n\n'));
}

type Mark = { readonly id: number; readonly hash: string; readonly gone: boolean };

async function marksOf({ assets, clock }: Parts, sourceId: number | undefined): Promise<Map<string, Mark>> {
  const marks = new Map<string, Mark>();
  if (sourceId === undefined) return marks;
  for (let after = 0; ;) {
    const page = assets.marks(sourceId, after, marksPage);
    for (const { id, kind, externalId, sourceHash, gone } of page) {
      marks.set(assetKey(kind, externalId), { id, hash: sourceHash, gone: gone === 1 });
      after = id;
    }
    if (page.length < marksPage) return marks;
    await clock.sleep(0);
  }
}

type Counts = {
  readonly sourceId: number | undefined;
  readonly rows: number;
  readonly valid: number;
  readonly gone: number;
  readonly present: number;
};

function guardOf(
  { assetImports }: Parts,
  { sourceId, rows, valid, gone, present }: Counts,
  { complete }: ImportMapping,
): Pick<Survey, 'guard' | 'guardOf'> {
  const last = sourceId === undefined ? undefined : assetImports.lastDone(sourceId);
  if (valid === 0) return { guard: 'empty', guardOf: last?.rows ?? null };
  if (complete && last && rows < last.rows * muchSmaller)
    return { guard: 'much-smaller', guardOf: last.rows };
  if (complete && gone > manyGoneLeast && gone > present * manyGoneShare) {
    return { guard: 'many-gone', guardOf: present };
  }
  return { guard: null, guardOf: null };
}
