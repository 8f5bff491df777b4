import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ImapFlow } from 'imapflow';
import PostalMime from 'postal-mime';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { cpuTimes, spentCpu } from './cpu.ts';
import { median, type Figure } from './figures.ts';
import { lettersPerIncident, makeMailbox } from './letters.ts';
import { addMailbox, openBenchHost } from './host.ts';

const part = 'b';
const pollMs = 20;

/** Intake of a mailbox, all committed, against reading and parsing it without storing; taken in turns, medians compared. */
export async function measureIntake(server: Dovecot, letters: number, rounds: number): Promise<Figure[]> {
  const user = 'intake@towers.example';
  server.setPassword(user, 'secret');
  server.fill(user, makeMailbox(letters));
  // Dovecot's first look at a mailbox builds its index: neither side pays for it.
  await readPlainly(server, user, letters);
  const ceilings: Speed[] = [];
  const intakes: Speed[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ceilings.push(await readPlainly(server, user, letters));
    intakes.push(await takeIn(server, user, letters));
    const [plain, desk] = [ceilings.at(-1), intakes.at(-1)];
    console.log(
      `  round ${round + 1}: plain ${Math.round(plain?.perSecond ?? 0)}/s, intake ${Math.round(desk?.perSecond ?? 0)}/s`,
    );
  }
  ceilings.push(await readPlainly(server, user, letters));
  return report({
    ceilings,
    intakes,
    note: `${letters.toLocaleString('en-US')} letters, median of ${rounds} rounds in turns`,
  });
}

type Speed = {
  readonly perSecond: number;
  /** Microseconds of processor time a letter: of the busiest thread, and of all. */
  readonly busiest: number;
  readonly all: number;
};

type Speeds = {
  readonly ceilings: readonly Speed[];
  readonly intakes: readonly Speed[];
  readonly note: string;
};

function report({ ceilings, intakes, note }: Speeds): Figure[] {
  const middle = (speeds: readonly Speed[], key: keyof Speed) => median(speeds.map((speed) => speed[key]));
  const share = (100 * middle(intakes, 'perSecond')) / middle(ceilings, 'perSecond');
  return [
    {
      part,
      name: 'fetch and parse without storing',
      value: middle(ceilings, 'perSecond'),
      unit: 'letters/s',
      note,
    },
    {
      part,
      name: 'intake, everything committed',
      value: middle(intakes, 'perSecond'),
      unit: 'letters/s',
      note,
    },
    {
      part,
      name: 'intake as a share of the plain reading',
      value: share,
      unit: '%',
      limit: { kind: 'least', value: 50 },
      note,
    },
    {
      part,
      name: 'plain reading, processor time of its busiest thread',
      value: middle(ceilings, 'busiest'),
      unit: 'µs/letter',
      note: `${Math.round(middle(ceilings, 'all'))} with all threads; depends less on what else the machine does`,
    },
    {
      part,
      name: 'intake, processor time of its busiest thread',
      value: middle(intakes, 'busiest'),
      unit: 'µs/letter',
      note: `${Math.round(middle(intakes, 'all'))} with all threads; the main thread, which stores, is the busiest`,
    },
  ];
}

function speedOf(letters: number, ms: number, cpu: ReturnType<typeof spentCpu>): Speed {
  return {
    perSecond: (letters * 1000) / ms,
    busiest: (cpu.busiest * 1000) / letters,
    all: (cpu.all * 1000) / letters,
  };
}

/** Letters a second of one FETCH with postal-mime in its loop, the login included. */
async function readPlainly(server: Dovecot, user: string, expected: number): Promise<Speed> {
  const before = cpuTimes(process.pid);
  const startedAt = performance.now();
  const client = new ImapFlow({
    host: server.host,
    port: server.imap,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: 'secret' },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let parsed = 0;
  for await (const { source } of client.fetch('1:*', { uid: true, source: true })) {
    if (source === undefined) continue;
    const letter = await PostalMime.parse(source);
    if (letter.from !== undefined) parsed += 1;
  }
  const ms = performance.now() - startedAt;
  const cpu = spentCpu(before, cpuTimes(process.pid));
  await client.logout();
  if (parsed !== expected) throw new Error(`Plain reading found ${parsed} of ${expected} letters`);
  return speedOf(expected, ms, cpu);
}

/** Letters a second from the account's being saved until the last letter is a message of the desk. */
async function takeIn(server: Dovecot, user: string, expected: number): Promise<Speed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-intake-'));
  const { host, client } = await openBenchHost(dataDir);
  const { rpc } = client;
  const database = new Database(join(dataDir, 'pult.db'), { readonly: true });
  try {
    const waiting = database
      .prepare<[], number>(`SELECT count(*) FROM raw_message WHERE state = 'stored'`)
      .pluck();
    const cursor = database
      .prepare<[], number>(`SELECT last_uid FROM mail_folder WHERE role = 'inbox'`)
      .pluck();
    const before = cpuTimes(host.pid);
    const startedAt = performance.now();
    await addMailbox(rpc, server, user);
    while ((cursor.get() ?? 0) < expected || waiting.get() !== 0) {
      if (performance.now() - startedAt > 300_000) throw new Error('Intake did not end within five minutes');
      await sleep(pollMs);
    }
    const ms = performance.now() - startedAt;
    const cpu = spentCpu(before, cpuTimes(host.pid));
    const messages = database.prepare<[], number>('SELECT count(*) FROM message').pluck().get();
    if (messages !== expected) throw new Error(`Intake made ${messages} messages of ${expected} letters`);
    const incidents = database.prepare<[], number>('SELECT count(*) FROM incident').pluck().get() ?? 0;
    if (incidents !== Math.ceil(expected / lettersPerIncident))
      throw new Error(`Intake opened ${incidents} incidents`);
    return speedOf(expected, ms, cpu);
  } finally {
    database.close();
    client.connection.close();
    await host.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
}
