import { createHash } from 'node:crypto';
import type { ImportField, ImportMapping, ImportRefusal } from '../../../shared/contract/assets.ts';
import { foldCode } from '../../../shared/domain/asset-code.ts';
import type { AssetKind } from '../../../shared/domain/asset-kinds.ts';
import { readAngle, readKind, readList, isEmail } from './read-cell.ts';
import { refuseTable, type TableRow } from './table.ts';

/** One row as the registry understands it. */
export type ReadAsset = {
  readonly row: number;
  readonly kind: AssetKind;
  readonly externalId: string;
  readonly code: string;
  readonly name: string;
  readonly state: string;
  /** Code or key of the pole, as written; '' for none. */
  readonly pole: string;
  readonly region: string;
  readonly regionName: string;
  readonly macroregion: string;
  readonly repairEmail: string;
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly operators: readonly ReadOperator[];
  readonly contractor: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly manager: string;
  readonly aliases: readonly string[];
  /** Over everything but the operators: rows that differ in those alone are one asset with several. */
  readonly hash: string;
};

export type ReadOperator = { readonly name: string; readonly group: string };

export type RowReader = (row: TableRow) => {
  readonly asset: ReadAsset | undefined;
  readonly refusals: readonly ImportRefusal[];
  /** Kind and key, known even of a refused row: what is refused is not gone. */
  readonly key: string | undefined;
};

const longest: Readonly<Partial<Record<ImportField, number>>> = {
  code: 64,
  externalId: 200,
  state: 60,
  address: 500,
};
const longestOther = 200;
const shownValue = 120;
const textFields = [
  'externalId',
  'code',
  'name',
  'state',
  'pole',
  'region',
  'regionName',
  'macroregion',
  'address',
  'contractor',
  'manager',
] as const satisfies readonly ImportField[];

export function assetKey(kind: AssetKind, externalId: string): string {
  return `${kind}\n${externalId}`;
}

/** Throws `invalid-input` (reasons `columns-missing`, `column-unmapped`) when the mapping is of another table. */
export function createRowReader(columns: readonly string[], mapping: ImportMapping): RowReader {
  const wanted = Object.entries(mapping.columns) as [ImportField, string][];
  const missing = wanted.filter(([, column]) => !columns.includes(column)).map(([, column]) => column);
  if (missing.length > 0) throw refuseTable('columns-missing', { columns: missing.join(', ').slice(0, 300) });
  if (mapping.columns.code === undefined) throw refuseTable('column-unmapped');
  const indexes = new Map(wanted.map(([field, column]) => [field, columns.indexOf(column)]));
  return (row) => readRow(row, mapping, (field) => row.cells[indexes.get(field) ?? -1] ?? '');
}

function readRow(
  { row, broken }: TableRow,
  mapping: ImportMapping,
  cell: (field: ImportField) => string,
): ReturnType<RowReader> {
  const refusals: ImportRefusal[] = [];
  const refuse = (field: string, reason: ImportRefusal['reason'], value: string) => {
    refusals.push({ row, field, reason, value: value.slice(0, shownValue) });
  };
  if (broken !== undefined) {
    refuse('', 'row-broken', broken);
    return { asset: undefined, refusals, key: undefined };
  }
  for (const field of textFields) {
    if (cell(field).length > (longest[field] ?? longestOther)) refuse(field, 'too-long', cell(field));
  }
  const kind = cell('kind') === '' ? mapping.kind : readKind(cell('kind'));
  if (!kind) refuse('kind', 'kind-unknown', cell('kind'));
  const code = cell('code');
  if (!/[\p{L}\p{N}]/u.test(foldCode(code))) refuse('code', 'code-missing', code);
  const pole = kind === 'station' ? cell('pole') : '';
  const place = readPlace(cell, refuse);
  const emails = readEmails('emails', cell, refuse);
  const [repairEmail = ''] = readEmails('repairEmail', cell, refuse);
  const externalId = cell('externalId') || ownKey(kind, code, pole);
  const key = kind && externalId !== '' ? assetKey(kind, externalId) : undefined;
  if (!kind || refusals.length > 0) return { asset: undefined, refusals, key };
  const said = {
    kind,
    externalId,
    code,
    name: cell('name'),
    state: cell('state'),
    pole,
    region: cell('region') || cell('regionName'),
    regionName: cell('regionName'),
    macroregion: cell('macroregion'),
    repairEmail,
    address: cell('address'),
    ...place,
    contractor: cell('contractor'),
    emails,
    phones: readList(cell('phones'), /[;,\n|]+/u).map((phone) => phone.slice(0, 40)),
    manager: cell('manager'),
    aliases: readList(cell('aliases'), /[;,\n|]+/u).map((alias) => alias.slice(0, 64)),
  };
  const hash = digest(JSON.stringify([mapping.columns, { ...said, pole: foldCode(pole) }]));
  return { asset: { ...said, row, operators: readOperators(cell), hash }, refusals, key };
}

/** Without a key of its own a thing is its code; a station's number means something only on its pole. */
function ownKey(kind: AssetKind | undefined, code: string, pole: string): string {
  return kind === 'station' && pole !== '' ? `${foldCode(code)} @ ${foldCode(pole)}` : foldCode(code);
}

type Refuse = (field: string, reason: ImportRefusal['reason'], value: string) => void;

function readPlace(cell: (field: ImportField) => string, refuse: Refuse) {
  const read = (field: 'latitude' | 'longitude', most: number) => {
    const text = cell(field);
    if (text === '') return null;
    const angle = readAngle(text);
    if (angle === undefined) refuse(field, 'number-wrong', text);
    else if (Math.abs(angle) > most) refuse(field, 'coordinates-outside', text);
    return angle ?? null;
  };
  const latitude = read('latitude', 90);
  const longitude = read('longitude', 180);
  // Half a place is none, and the middle of the ocean is how an empty one is exported.
  const isNowhere = latitude === null || longitude === null || (latitude === 0 && longitude === 0);
  return isNowhere ? { latitude: null, longitude: null } : { latitude, longitude };
}

function readEmails(field: 'emails' | 'repairEmail', cell: (field: ImportField) => string, refuse: Refuse) {
  const emails = readList(cell(field), /[;,\s|]+/u);
  const wrong = emails.find((email) => !isEmail(email));
  if (wrong !== undefined) refuse(field, 'email-wrong', wrong);
  return emails;
}

function readOperators(cell: (field: ImportField) => string): ReadOperator[] {
  const names = readList(cell('operator'), /[;|\n]+/u);
  const groups = readList(cell('operatorGroup'), /[;|\n]+/u);
  // Only the group is known: its own name stands for the branch.
  if (names.length === 0) return groups.map((group) => ({ name: group, group }));
  return names.map((name, index) => ({
    name,
    group: (groups.length === names.length ? groups[index] : groups[0]) ?? '',
  }));
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
