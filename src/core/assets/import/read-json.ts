import {
  cleanColumns,
  type ReadOptions,
  refuseTable,
  type Table,
  tableLimits,
  type TableRow,
  toRow,
} from './table.ts';

type Flat = ReadonlyMap<string, string>;

/** Deeper than this nobody keeps a code. */
const deepest = 4;

/** Points of GeoJSON, or a list of objects at a path. Throws `not-json`, `list-missing`, `too-many-rows`, …. */
export function readJson(bytes: Uint8Array, { listPath = '' }: ReadOptions): Table {
  const root = parse(bytes);
  const isGeo = isObject(root) && root['type'] === 'FeatureCollection' && Array.isArray(root['features']);
  const list = isGeo ? root['features'] : at(root, listPath);
  if (!Array.isArray(list))
    throw refuseTable(isObject(root) || Array.isArray(root) ? 'list-missing' : 'not-a-table');
  if (list.length > tableLimits.rows) throw refuseTable('too-many-rows', { most: tableLimits.rows });
  const objects = list.map((item: unknown) => (isGeo ? featureOf(item) : flatten(item)));
  const names = new Set<string>();
  for (const object of objects) for (const name of object?.keys() ?? []) names.add(name);
  // An empty list is a table without rows: whether that is right, the guard asks.
  const columns = names.size === 0 ? [] : cleanColumns([...names]);
  return {
    format: isGeo ? 'geojson' : 'json',
    columns,
    encoding: 'utf-8',
    separator: ';',
    rows: rowsOf(objects, [...names]),
  };
}

function* rowsOf(objects: readonly (Flat | undefined)[], names: readonly string[]): Generator<TableRow> {
  for (const [index, object] of objects.entries()) {
    if (!object) {
      yield { row: index + 1, cells: [], broken: 'no object' };
      continue;
    }
    const row = toRow(
      index + 1,
      names.map((name) => object.get(name) ?? ''),
      names.length,
    );
    if (row) yield row;
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw refuseTable('not-json');
  }
}

function at(root: unknown, path: string): unknown {
  let value = root;
  for (const step of path.split('.').filter((part) => part !== '')) {
    value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** Properties as columns; of a point its coordinates too, which GeoJSON gives as longitude and latitude. */
function featureOf(item: unknown): Flat | undefined {
  if (!isObject(item)) return undefined;
  const flat = new Map(flatten(item['properties'] ?? {}) ?? []);
  const { geometry, id } = item;
  if (id !== undefined && !flat.has('id')) flat.set('id', scalar(id));
  if (isObject(geometry) && geometry['type'] === 'Point' && Array.isArray(geometry['coordinates'])) {
    const [longitude, latitude] = geometry['coordinates'] as unknown[];
    flat.set('latitude', scalar(latitude));
    flat.set('longitude', scalar(longitude));
  }
  return flat;
}

/** `{ site: { code } }` has the column `site.code`; a list of plain values is one cell. */
function flatten(item: unknown): Flat | undefined {
  if (!isObject(item)) return undefined;
  const flat = new Map<string, string>();
  const walk = (value: Readonly<Record<string, unknown>>, prefix: string, depth: number) => {
    for (const [key, inside] of Object.entries(value)) {
      if (flat.size > tableLimits.columns) return;
      if (isObject(inside)) {
        if (depth < deepest) walk(inside, `${prefix}${key}.`, depth + 1);
      } else if (Array.isArray(inside)) flat.set(prefix + key, inside.map(scalar).filter(Boolean).join('; '));
      else flat.set(prefix + key, scalar(inside));
    }
  };
  walk(item, '', 1);
  return flat;
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
