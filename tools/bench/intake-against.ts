import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { copyArchive } from './archive.ts';
import { addMailbox, openBenchHost } from './host.ts';
import { makeMailbox } from './letters.ts';

type Options = {
  readonly letters: number;
  /** undefined: an empty desk. */
  readonly archive: string | undefined;
  readonly round: string;
};

const pollMs = 20;
const longestMs = 600_000;

/** Letters a second from the account's being saved until each is a message of the desk. */
export async function takeLetters(server: Dovecot, { letters, archive, round }: Options): Promise<number> {
  const user = `${round}@towers.example`;
  server.setPassword(user, 'secret');
  server.fill(user, makeMailbox(letters));
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-growth-'));
  if (archive !== undefined) copyArchive(archive, dataDir);
  const { host, client } = await openBenchHost(dataDir);
  const database = new Database(join(dataDir, 'pult.db'), { readonly: true });
  try {
    const done = database
      .prepare<[string], number>(
        `SELECT count(*) FROM raw_message r JOIN account a ON a.id = r.account_id WHERE a.address = ? AND r.state = 'parsed'`,
      )
      .pluck();
    const startedAt = performance.now();
    await addMailbox(client.rpc, server, user);
    // Counting walks the account's letters: seldom, so that it costs the desk nothing to speak of.
    for (let found = 0; found < letters; found = done.get(user) ?? 0) {
      if (performance.now() - startedAt > longestMs) throw new Error('Intake did not end in time');
      await sleep(found < letters * 0.8 ? 500 : pollMs);
    }
    return (letters * 1000) / (performance.now() - startedAt);
  } finally {
    database.close();
    client.connection.close();
    await host.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
}
