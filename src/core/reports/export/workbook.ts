import { writeXlsxStream } from 'hucre/xlsx';
import { localText } from '../../../shared/domain/local-day.ts';
import { type Cell, isMoment, type Row } from './table.ts';

type Sheet = { readonly name: string; readonly headings: readonly string[]; readonly zone: string };

/** Excel's limit of a cell. */
const mostCharacters = 32_767;
/** Not allowed in XML 1.0; Excel calls a file with one of them damaged. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text is written as text: a cell that begins like a formula is none. */
export function workbook(
  rows: AsyncIterable<Row>,
  { name, headings, zone }: Sheet,
): ReadableStream<Uint8Array> {
  return writeXlsxStream(cells(rows, headings, zone), { name, freezePane: { rows: 1 } });
}

async function* cells(rows: AsyncIterable<Row>, headings: readonly string[], zone: string) {
  yield [...headings];
  for await (const row of rows) yield row.map((cell) => toValue(cell, zone));
}

function toValue(cell: Cell, zone: string): string | number | Date | null {
  if (typeof cell === 'string') return cell.replaceAll(forbidden, '').slice(0, mostCharacters);
  // A sheet knows no zones: the wall's time is written as if it were UTC.
  if (isMoment(cell)) return new Date(`${localText(cell.at, zone).replace(' ', 'T')}Z`);
  return cell;
}
