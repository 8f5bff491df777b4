import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../run.ts';
import { asNumber, limitText, verdict, type Figure } from './figures.ts';

export type Run = {
  readonly figures: readonly Figure[];
  readonly startedAt: Date;
  readonly minutes: number;
  readonly load: { readonly before: number; readonly after: number };
  readonly browser: string;
};

export function printFigure(figure: Figure): void {
  const { part, name, value, unit, note } = figure;
  const limit = limitText(figure);
  console.log(
    `${verdict(figure).padEnd(6)} (${part}) ${name}: ${asNumber(value)} ${unit}${limit ? ` (${limit})` : ''} — ${note}`,
  );
}

/** Each has its markers in docs/bench.md, so that one can be measured without the other. */
const sections = [
  { marker: 'run', parts: 'abcde', other: 'Dovecot on the same machine' },
  { marker: 'run telegram', parts: 'fghi', other: "Telegram's test servers in a process of their own" },
  { marker: 'run finding', parts: 'j', other: 'nothing else' },
  { marker: 'run desk', parts: 'kl', other: 'Dovecot on the same machine' },
  { marker: 'run reaching', parts: 'mno', other: 'the services on loopback in the process of the bench' },
] as const;

/** Replaces what lies between the markers of docs/bench.md; the words around them are people's. */
export function writeReport(run: Run): void {
  const file = join(root, 'docs/bench.md');
  const text = sections.reduce(
    (written, { marker, parts, other }) => {
      const figures = run.figures.filter(({ part }) => parts.includes(part));
      if (figures.length === 0) return written;
      const [before, rest = ''] = written.split(`<!-- ${marker} -->\n`);
      const after = rest.split(`<!-- /${marker} -->\n`)[1] ?? '';
      const told = describe({ ...run, figures }, other);
      return `${before}<!-- ${marker} -->\n\n${told}\n<!-- /${marker} -->\n${after}`;
    },
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, text);
}

/** For one run beside another, where the document must stay as it is. */
export function keepReport(run: Run): string {
  const folder = join(root, '.reports');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'bench.json');
  writeFileSync(file, JSON.stringify(run, null, 2));
  return file;
}

function describe({ figures, startedAt, minutes, load, browser }: Run, other: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const [processor] = cpus();
  const facts = [
    `Run on ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC at \`${commit}\`, ${asNumber(minutes)} minutes.`,
    `Machine: ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}, Chromium ${browser}, ${other}.`,
    `Load average before and after: ${load.before.toFixed(1)} and ${load.after.toFixed(1)} on ${cpus().length} cores.`,
  ];
  const lines = figures.map(
    (figure) =>
      `| ${figure.part} | ${figure.name} | ${asNumber(figure.value)} ${figure.unit} | ${limitText(figure)} | ${verdict(figure)} | ${figure.note.replaceAll('|', '/')} |`,
  );
  return [
    ...facts.flatMap((fact) => [fact, '']),
    '| | figure | measured | promised | | note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
