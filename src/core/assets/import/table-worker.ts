import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../../shared/errors.ts';
import { readTable } from './read-table.ts';
import { refuseTable, tableLimits, type TableRow } from './table.ts';
import type { TableMessage, TableRequest, TableWorkerData } from './table-protocol.ts';

/** Worker entry: one table, in batches, each asked for. Whatever a file does here, the desk goes on. */
const port = parentPort;
if (port === null) throw new Error('table-worker is started as a worker thread');

/** A transaction of so many new assets takes some 40 ms: longer ones are felt at the pages. */
const batchRows = 200;
const { source, options } = workerData as TableWorkerData;
const messages = read();

port.on('message', (_next: TableRequest) => {
  void messages
    .next()
    .then(({ value }) => port.postMessage(value ?? ({ kind: 'end' } satisfies TableMessage)));
});

async function* read(): AsyncGenerator<TableMessage, void> {
  try {
    const bytes = 'file' in source ? readFileSync(source.file) : source.bytes;
    const { rows, ...head } = await readTable(bytes, options);
    yield { kind: 'head', head };
    let batch: TableRow[] = [];
    let count = 0;
    for await (const row of rows) {
      count += 1;
      if (count > tableLimits.rows) throw refuseTable('too-many-rows', { most: tableLimits.rows });
      batch.push(row);
      if (batch.length === batchRows) {
        yield { kind: 'rows', rows: batch };
        batch = [];
      }
    }
    if (batch.length > 0) yield { kind: 'rows', rows: batch };
    yield { kind: 'end' };
  } catch (thrown) {
    const { code, message, details } = toAppError(thrown);
    yield { kind: 'error', code, message, details };
  }
}
