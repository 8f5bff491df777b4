import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readXlsx } from './read-xlsx.ts';
import { type ReadOptions, type Table, type TableFormat } from './table.ts';

/** By what the bytes are, not by the name they came under. */
export function readTable(bytes: Uint8Array, options: ReadOptions): Promise<Table> | Table {
  const format = options.format ?? formatOf(bytes);
  switch (format) {
    case 'xlsx':
      return readXlsx(bytes);
    case 'geojson':
    case 'json':
      return readJson(bytes, options);
    case 'csv':
      return readCsv(bytes, options);
  }
}

function formatOf(bytes: Uint8Array): TableFormat {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'xlsx';
  const head = new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .replace(/^\ufeff/u, '')
    .trimStart();
  return head.startsWith('{') || head.startsWith('[') ? 'json' : 'csv';
}
