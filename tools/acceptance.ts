/**
 * Holds docs/acceptance.md to its word: each row's test file exists and contains a test of that title. What no test can
 * say is named otherwise: `docs/bench.md` with a figure of its last run that was met, `tools/check.ts` with one of its
 * checks, `.ci/run` with one of its commands. With `--complete` the list of what is not yet covered must be empty too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export type Acceptance = { readonly rows: number; readonly open: number; readonly faults: readonly string[] };

/** `readTest` gives a test file's text, or undefined when there is no such file. */
export function checkAcceptance(
  document: string,
  readTest: (path: string) => string | undefined,
): Acceptance {
  const [covered = '', rest = ''] = document.split(/^## Not yet covered$/m);
  const rows = covered
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(Sentence\b|:?-)/.test(line));
  const faults = rows.flatMap((row) => findRowFaults(row, readTest));
  if (rest === '' && !document.includes('## Not yet covered'))
    faults.push('the part "Not yet covered" is missing');
  return { rows: rows.length, open: rest.split('\n').filter((line) => line.startsWith('- ')).length, faults };
}

function findRowFaults(row: string, readTest: (path: string) => string | undefined): string[] {
  const cells = row.split(/(?<!\\)\|/).slice(1, -1);
  const sentence = (cells[0] ?? '').trim();
  const proofs = [...(cells[2] ?? '').matchAll(/`([^`]+)`:\s*"([^"]+)"/g)];
  if (cells.length !== 3) return [`"${sentence}" has ${cells.length} cells, not three`];
  if (proofs.length === 0) return [`"${sentence}" names no test as \`file\`: "title"`];
  return proofs.flatMap(([, file = '', title = '']) => {
    const text = readTest(file);
    if (text === undefined) return [`"${sentence}" names ${file}, which does not exist`];
    return proves(file, text, title) ? [] : [`"${sentence}" names "${title}", which ${file} does not prove`];
  });
}

function proves(file: string, text: string, title: string): boolean {
  if (file === 'docs/bench.md') return isMet(text, title);
  if (file === 'tools/check.ts') return text.includes(`tool('${title}'`) || text.includes(`name: '${title}'`);
  if (file === '.ci/run') return text.split('\n').includes(title);
  return /\.(?:test|e2e)\.tsx?$/.test(file) && hasTest(text, title);
}

/** The row of that figure in the table of the last run says MET. */
function isMet(text: string, figure: string): boolean {
  const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.some((cells) => cells[2] === figure && cells[5] === 'MET');
}

/** The title as a test's or a group's first argument; a mere mention elsewhere does not count. */
function hasTest(text: string, title: string): boolean {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("'", String.raw`\\?'`);
  return (
    new RegExp(String.raw`(?:test|it|describe)[\w.]*(?:\([^'"\`]*\))?\s*\(\s*['"\`]${quoted}['"\`]`).test(
      text,
    ) || eachTitle(text, quoted)
  );
}

/** `test.each(table)('title', …)`: the table may be long, so only the call's tail is looked at. */
function eachTitle(text: string, quoted: string): boolean {
  return /\.(?:each|for)\b/.test(text) && new RegExp(String.raw`\)\(\s*['"\`]${quoted}['"\`]`).test(text);
}

if (import.meta.main) {
  const read = (path: string): string | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const { rows, open, faults } = checkAcceptance(read('docs/acceptance.md') ?? '', read);
  for (const fault of faults) console.error(fault);
  console.log(`${rows} sentences proven, ${open} not yet covered`);
  const complete = process.argv.includes('--complete');
  process.exitCode = faults.length > 0 || (complete && open > 0) ? 1 : 0;
}
