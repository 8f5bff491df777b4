import { localText } from '../../../shared/domain/local-day.ts';
import { type Cell, isMoment, type Row } from './table.ts';

/** Excel takes a file for UTF-8 by this mark alone. */
export const byteOrderMark = '\uFEFF';

export type CsvStyle = { readonly separator: ';' | ','; readonly zone: string };

export function csvLine(row: Row, style: CsvStyle): string {
  return `${row.map((cell) => csvCell(cell, style)).join(style.separator)}\r\n`;
}

function csvCell(cell: Cell, { separator, zone }: CsvStyle): string {
  if (cell === null) return '';
  // Where the semicolon separates, the comma is the decimal point.
  if (typeof cell === 'number') return separator === ';' ? String(cell).replace('.', ',') : String(cell);
  if (isMoment(cell)) return localText(cell.at, zone);
  return quote(guard(cell), separator);
}

/**
 * A letter's subject that begins like a formula must not become one on somebody's machine (OWASP, CSV injection):
 * an apostrophe before it keeps it text. Blanks before the sign do not help the spreadsheet, so they do not here.
 */
function guard(text: string): string {
  return /^[\s\u00a0]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

function quote(text: string, separator: string): string {
  const needs = text.includes(separator) || /["\r\n;,]/.test(text);
  return needs ? `"${text.replaceAll('"', '""')}"` : text;
}
