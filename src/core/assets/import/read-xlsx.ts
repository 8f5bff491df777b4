import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/universal';
import { AppError } from '../../../shared/errors.ts';
import { cleanColumns, refuseTable, type Table, tableLimits, type TableRow, toRow } from './table.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const mostEntries = 2000;
/** A title and blank lines above the heading. */
const mostRowsAbove = 100;
/** The end record may have a comment behind it. */
const longestEnd = 65_557;

/** The first sheet. Throws `unpacks-too-large`, `file-damaged`, `too-many-columns`, `too-many-rows`, `not-a-table`. */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  refuseBomb(bytes);
  const data = await sheetOf(bytes);
  const first = data.findIndex((cells) => cells.some((cell) => cell !== null));
  const columns = cleanColumns((data[first] ?? []).map(toText));
  if (data.length - first - 1 > tableLimits.rows)
    throw refuseTable('too-many-rows', { most: tableLimits.rows });
  const rows = rowsOf(data, first + 1, columns.length);
  return { format: 'xlsx', columns, encoding: 'utf-8', separator: ';', rows };
}

type Cell = string | number | boolean | Date | null;

async function sheetOf(bytes: Uint8Array): Promise<Cell[][]> {
  try {
    const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return (await readSheet(copy)) as Cell[][];
  } catch (error) {
    throw new AppError('invalid-input', { details: { reason: 'file-damaged' }, cause: error });
  }
}

function* rowsOf(data: readonly Cell[][], from: number, width: number): Generator<TableRow> {
  for (let at = from; at < data.length; at += 1) {
    const row = toRow(at + 1, (data[at] ?? []).map(toText), width);
    if (row) yield row;
  }
}

function toText(cell: Cell): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

/**
 * What the directory of the archive promises must fit, and what is in it must keep the promise: a kilobyte can unpack to
 * gigabytes.
 */
function refuseBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw refuseTable('file-damaged');
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) throw refuseTable('unpacks-too-large');
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature)
      throw refuseTable('file-damaged');
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    total += size;
    if (total > tableLimits.unpackedBytes) throw refuseTable('unpacks-too-large');
    if (view.getUint16(at + 10, true) === 8) {
      refuseFarCells(unpackAtMost(bytes, view, view.getUint32(at + 42, true), packed, size));
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function unpackAtMost(
  bytes: Uint8Array,
  view: DataView,
  local: number,
  packed: number,
  size: number,
): Buffer {
  if (local + 30 > view.byteLength) throw refuseTable('file-damaged');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  try {
    return inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw refuseTable(code === 'ERR_BUFFER_TOO_LARGE' ? 'unpacks-too-large' : 'file-damaged');
  }
}

/** One cell at the far corner makes the reader fill in everything before it: sixteen thousand million cells. */
function refuseFarCells(content: Buffer): void {
  const text = content.toString('latin1');
  for (const [, column = '', row = ''] of text.matchAll(/\sr="([A-Z]{0,3})(\d{1,9})"/gu)) {
    if (Number(row) > tableLimits.rows + mostRowsAbove)
      throw refuseTable('too-many-rows', { most: tableLimits.rows });
    if (columnNumber(column) > tableLimits.columns) {
      throw refuseTable('too-many-columns', { most: tableLimits.columns });
    }
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let at = 0; at < letters.length; at += 1) number = number * 26 + letters.charCodeAt(at) - 64;
  return number;
}

function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - longestEnd);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return undefined;
}
