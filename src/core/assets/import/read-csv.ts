import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportMapping } from '../../../shared/contract/assets.ts';
import { cleanColumns, type ReadOptions, refuseTable, type Table, type TableRow, toRow } from './table.ts';

type Encoding = ImportMapping['encoding'];
type Separator = ImportMapping['separator'];
type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

const sampleBytes = 64 * 1024;
const chunkBytes = 256 * 1024;
/** Characters between two line ends; a quote that never ends stops here instead of swallowing the file. */
const longestRecord = 200_000;

/** Throws `encoding-wrong`, `not-a-table`, `too-many-columns`, `file-damaged`. */
export async function readCsv(bytes: Uint8Array, options: ReadOptions): Promise<Table> {
  if (bytes.subarray(0, sampleBytes).includes(0)) throw refuseTable('not-a-table');
  const encoding = options.encoding ?? guessEncoding(bytes);
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, sampleBytes), { stream: true });
  const separator = options.separator ?? guessSeparator(head);
  const firstLine = /[^\r\n]*/u.exec(head)?.[0].length ?? 0;
  if (bytes.length > longestRecord && firstLine >= sampleBytes / 2)
    throw refuseTable('too-many-columns', { most: 200 });
  const records = parseRecords(bytes, encoding, separator);
  const first = await records.next();
  if (first.done) throw refuseTable('not-a-table');
  if ('broken' in first.value) throw refuseTable('file-damaged');
  const columns = cleanColumns(first.value.record);
  return { format: 'csv', columns, encoding, separator, rows: toRows(records, columns.length) };
}

type Record =
  | { readonly line: number; readonly record: string[] }
  | { readonly line: number; readonly broken: string };

async function* parseRecords(
  bytes: Uint8Array,
  encoding: Encoding,
  separator: Separator,
): AsyncGenerator<Record, void> {
  const skipped: Record[] = [];
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
  });
  parser.on('skip', (error: { lines?: number; code?: string } | undefined) => {
    skipped.push({ line: error?.lines ?? 0, broken: error?.code ?? '' });
  });
  const source = Readable.from(decoded(bytes, encoding));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  for await (const item of parser as AsyncIterable<Parsed>) {
    // The parser is ahead of whoever reads: what it skipped may stand far behind this record.
    const before = skipped.findIndex(({ line }) => line >= item.info.lines);
    yield* skipped.splice(0, before === -1 ? skipped.length : before);
    yield { line: item.info.lines, record: item.record };
  }
  yield* skipped;
}

async function* toRows(records: AsyncGenerator<Record, void>, width: number): AsyncGenerator<TableRow> {
  for await (const item of records) {
    if ('broken' in item) {
      yield { row: item.line, cells: [], broken: item.broken };
      continue;
    }
    const row = toRow(item.line, item.record, width);
    if (row) yield row;
  }
}

function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      yield decoder.decode(bytes.subarray(at, at + chunkBytes), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refuseTable('encoding-wrong');
    throw error;
  }
}

/** Windows letters are no valid UTF-8, so what decodes is UTF-8. */
function guessEncoding(bytes: Uint8Array): Encoding {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 4 * 1024 * 1024), { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

/** The sign the heading has most of, outside of quotes. */
function guessSeparator(head: string): Separator {
  const line = (/[^\r\n]*/u.exec(head.replace(/^\ufeff/u, ''))?.[0] ?? '').replaceAll(/"[^"]*"/gu, '');
  const count = (sign: string) => line.split(sign).length;
  const all: readonly Separator[] = [';', ',', '\t'];
  return all.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
