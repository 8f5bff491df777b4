import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { attachmentPath } from '../../src/core/mail/parse/attachment-files.ts';
import type { SocketClient } from '../../test/support/socket-client.ts';
import { percentile, type Figure } from './figures.ts';
import { openBenchHost } from './host.ts';

type Size = { readonly poles: number; readonly stations: number };
type Rpc = SocketClient['rpc'];

const part = 'l';
/** A key press that waits longer is felt. */
const mostMs = 100;
const regions = 85;

/** A whole registry from two files in one go, while somebody works with the queue. */
export async function measureImport({ poles, stations }: Size, tell: (figures: readonly Figure[]) => void) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-import-'));
  const { host, client } = await openBenchHost(dataDir);
  try {
    const upload = (name: string, lines: readonly string[]) =>
      importFile(client.rpc, { name, uploadId: keep(dataDir, lines.join('\n')) });
    const answers: number[] = [];
    const worker = watchQueue(client.rpc, answers);
    const polesMs = await upload('опоры.csv', poleLines(poles));
    const stationsMs = await upload('станции.csv', stationLines(stations, poles));
    await worker.stop();
    const { total } = await client.rpc.assets.lists({});
    if (total !== poles + stations) throw new Error(`${total} assets instead of ${poles + stations}`);
    const rate = (count: number, ms: number): Pick<Figure, 'value' | 'unit' | 'note'> => ({
      value: count / (ms / 1000),
      unit: 'rows/s',
      note: `${count} rows in ${(ms / 1000).toFixed(1)} s, looked through and written`,
    });
    tell([
      { part, name: 'import of poles', ...rate(poles, polesMs) },
      { part, name: 'import of stations', ...rate(stations, stationsMs) },
      {
        part,
        name: 'the queue answers during an import, p95',
        value: percentile(answers, 0.95),
        unit: 'ms',
        limit: { kind: 'most', value: mostMs },
        note: `n = ${answers.length}, the slowest ${Math.max(...answers).toFixed(0)} ms`,
      },
    ]);
  } finally {
    client.connection.close();
    await host.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Where the page's upload would have put it. */
function keep(dataDir: string, text: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const file = attachmentPath(join(dataDir, 'attachments'), sha256);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return sha256;
}

async function importFile(
  rpc: Rpc,
  { name, uploadId }: { readonly name: string; readonly uploadId: string },
) {
  const from = performance.now();
  const { mapping } = await rpc.assets.preview({ uploadId, fileName: name, mapping: null });
  const { run } = await rpc.assets.importFile({
    uploadId,
    fileName: name,
    sourceName: name,
    mapping,
    dryRun: false,
    force: false,
  });
  if (run.state !== 'done' || run.refused > 0)
    throw new Error(`${name}: ${run.state}, ${run.refused} refused`);
  return performance.now() - from;
}

/** One question after another with a breath between, as a page under a hand asks. */
function watchQueue(rpc: Rpc, answers: number[]): { stop(): Promise<void> } {
  let isOn = true;
  const asking = (async () => {
    while (isOn) {
      const from = performance.now();
      await rpc.incidents.queue({
        filter: {},
        sort: { key: 'urgency', descending: false },
        offset: 0,
        limit: 100,
      });
      answers.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      isOn = false;
      await asking;
    },
  };
}

const poleCode = (index: number) => `${10_000 + (index % 90_000)}-P-${10 + (index % 89)}-${index % 9}`;

function poleLines(count: number): string[] {
  return [
    'Шифр опоры;Регион;Адрес;Широта;Долгота;Подрядчик;E-mail',
    ...Array.from(
      { length: count },
      (_, index) =>
        `${poleCode(index)};Область ${index % regions};дорога ${index % 400};55.${index % 9999};44.${index % 9999};Бригада ${index % 60};avr${index % 60}@brigade.example`,
    ),
  ];
}

function stationLines(count: number, poles: number): string[] {
  return [
    'Шифр опоры;Имя БС;Оператор;Группа операторов',
    ...Array.from(
      { length: count },
      (_, index) =>
        `${poleCode(index % poles)};KA${String(index).padStart(6, '0')};ООО Сеть ${index % 5};Сеть ${index % 5}`,
    ),
  ];
}
