/**
 * `npm run bench`: the figures of docs/bench.md. `--quick` takes a tenth of everything, `--only abcdefghijklmno` some parts,
 * `telegram` those of Telegram, `finding` that of codes in letters, `desk` those of the desk at full size and `reaching` those of notifications, `--seconds` a shorter flood, `--write` puts the result into docs/bench.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { hasDovecot, startDovecot, type Dovecot } from '../../test/support/dovecot.ts';
import { buildOut } from '../run.ts';
import { isStale } from '../stale.ts';
import { copyArchive, seededArchive } from './archive.ts';
import { openBrowser, openDesk, ownMemory, rendererMemory } from './browser.ts';
import { isMet, type Figure } from './figures.ts';
import { measureFinding } from './finding.ts';
import { openBenchHost, signIn } from './host.ts';
import { measureImport } from './importing.ts';
import { measureIntake } from './intake.ts';
import { measurePainting } from './painting.ts';
import { measureFilterQueries, measureQueue, measureSearches } from './queue.ts';
import { measureReaching } from './reaching.ts';
import { measureReports } from './reports.ts';
import { keepReport, printFigure, writeReport } from './report.ts';
import { measureStart } from './starting.ts';
import { measureTelegram } from './telegram.ts';

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { quick } = values;
const named = [
  positionals.includes('telegram') ? 'fghi' : '',
  positionals.includes('finding') ? 'j' : '',
  positionals.includes('desk') ? 'kl' : '',
  positionals.includes('reaching') ? 'mno' : '',
].join('');
const only = values.only ?? (named || 'abcdefghijklmno');
const needsMail = /[abk]/.test(only);
const sizes = quick
  ? {
      letters: 1000,
      rounds: 1,
      paints: 20,
      archive: { incidents: 10_000, letters: 100_000 },
      times: 20,
      searches: 60,
      desk: {
        archive: { incidents: 10_400, letters: 74_000, registry: { poles: 5000, stations: 8000, days: 365 } },
        times: 100,
        letters: 1000,
        rounds: 1,
      },
      telegram: {
        pushes: 20,
        seconds: 6,
        restores: 5,
        updates: { first: 2000, all: 10_000 },
      },
      reaching: {
        archive: { incidents: 10_000, letters: 100_000 },
        crowd: 60,
        starts: 40,
        stops: 30,
        messages: 1000,
        perSecond: 30,
      },
    }
  : {
      letters: 10_000,
      rounds: 3,
      paints: 100,
      archive: { incidents: 100_000, letters: 1_000_000 },
      times: 100,
      searches: 200,
      desk: {
        archive: {
          incidents: 104_000,
          letters: 740_000,
          registry: { poles: 50_000, stations: 80_000, days: 365 },
        },
        times: 400,
        letters: 5000,
        rounds: 3,
      },
      telegram: {
        pushes: 200,
        seconds: 60,
        restores: 30,
        updates: { first: 20_000, all: 100_000 },
      },
      reaching: {
        archive: { incidents: 10_000, letters: 100_000 },
        crowd: 200,
        starts: 200,
        stops: 100,
        messages: 10_000,
        perSecond: 30,
      },
    };
const telegramSizes = {
  ...sizes.telegram,
  ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
};
const megabyte = 1024 * 1024;

const figures: Figure[] = [];
const tell = (some: readonly Figure[]) => {
  figures.push(...some);
  for (const figure of some) printFigure(figure);
};

if (needsMail && !hasDovecot)
  throw new Error('The bench needs Dovecot: apt-get install dovecot-imapd dovecot-lmtpd');
if (/[a-ekl-o]/.test(only) && isStale('out/renderer/index.html')) await buildOut('desk');
if (/[fgi]/.test(only) && isStale('out-demo/renderer/index.html')) await buildOut('demo');
const startedAt = new Date();
const [loadBefore = 0] = loadavg();
const server = needsMail ? await startDovecot({ users: {} }) : undefined;
const browser = await openBrowser();
try {
  if (only.includes('j')) tell(measureFinding());
  if (server && only.includes('b')) tell(await measureIntake(server, sizes.letters, sizes.rounds));
  if (/[acde]/.test(only)) await workOnArchive(server, browser);
  if (server && only.includes('k')) await measureReports(server, sizes.desk, tell);
  if (only.includes('l')) await measureImport(sizes.desk.archive.registry, tell);
  if (/[fghi]/.test(only)) await measureTelegram({ browser, only, sizes: telegramSizes }, tell);
  if (/[mno]/.test(only)) await measureReaching({ only, sizes: sizes.reaching }, tell);
} finally {
  await browser.close();
  await server?.stop();
}
const run = {
  figures,
  startedAt,
  minutes: (Date.now() - startedAt.getTime()) / 60_000,
  load: { before: loadBefore, after: loadavg()[0] ?? 0 },
  browser: browser.version(),
};
console.log(`Kept in ${keepReport(run)}`);
if (values.write) writeReport(run);
const missed = figures.filter((figure) => isMet(figure) === false).length;
console.log(missed === 0 ? 'All figures MET' : `${missed} figures MISSED`);

/** One page and one backend all the way, so that memory is taken of what has worked. */
async function workOnArchive(mail: Dovecot | undefined, chromium: Browser): Promise<void> {
  const { incidents, letters } = sizes.archive;
  console.log(`Archive of ${incidents} incidents and ${letters} letters`);
  const archive = await seededArchive(sizes.archive);
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-archive-'));
  copyArchive(archive, dataDir);
  const first = await openBenchHost(dataDir);
  let { host } = first;
  let { client } = first;
  try {
    const page = await openDesk(chromium, await host.newLink());
    await page.locator('[role=grid] [role=gridcell]').first().waitFor({ timeout: 60_000 });
    if (only.includes('d')) {
      client.connection.close();
      const started = await measureStart({ page, host }, quick ? 2 : 10);
      host = started.host;
      client = await signIn(host);
      tell(started.figures);
    }
    if (only.includes('c')) {
      tell(await measureQueue(page, sizes.times));
      tell([await measureFilterQueries(client.rpc, sizes.times)]);
      tell(await measureSearches(client.rpc, sizes.searches));
    }
    if (mail && only.includes('a'))
      tell(await measurePainting({ page, server: mail, bench: { host, client } }, sizes.paints));
    if (only.includes('e')) tell(await measureMemory(host.pid, chromium));
  } finally {
    client.connection.close();
    await host.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The page is left alone for a moment, as between two letters: a renderer gives back what it no longer needs. */
async function measureMemory(pid: number, chromium: Browser): Promise<Figure[]> {
  await sleep(10_000);
  const size = (bytes: number | undefined) => (bytes ?? Number.NaN) / megabyte;
  const note = 'after all of the above and ten idle seconds';
  return [
    {
      part: 'e',
      name: "backend's own memory (RssAnon)",
      value: size(ownMemory(pid)),
      unit: 'MB',
      limit: { kind: 'most', value: 300 },
      note,
    },
    {
      part: 'e',
      name: "page's renderer (PSS)",
      value: size(await rendererMemory(chromium)),
      unit: 'MB',
      limit: { kind: 'most', value: 250 },
      note,
    },
  ];
}
