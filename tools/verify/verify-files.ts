import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Database from 'better-sqlite3';
import type { Check } from './verify-data.ts';

const mostFaults = 10;
const progressEvery = 200;

/** Every raw letter and attachment the database names is there, byte for byte. */
export async function verifyFiles(
  database: Database.Database,
  folder: string,
  progress: (text: string) => void,
): Promise<Check[]> {
  const raw = namedFiles(database, 'raw_message');
  const attachments = namedFiles(database, 'attachment');
  return [
    await verifyAll('raw letters', raw, (sha256) => join(folder, 'raw', sha256.slice(0, 2), `${sha256}.eml`)),
    await verifyAll('attachments', attachments, (sha256) =>
      join(folder, 'attachments', sha256.slice(0, 2), sha256),
    ),
  ];

  async function verifyAll(name: string, hashes: readonly string[], path: (sha256: string) => string) {
    const faults: string[] = [];
    for (const [index, sha256] of hashes.entries()) {
      if (index % progressEvery === 0) progress(`${name} ${index} of ${hashes.length}`);
      const file = path(sha256);
      if (!existsSync(file)) faults.push(`${sha256} is missing`);
      else if ((await hashOf(file)) !== sha256) faults.push(`${sha256} is not what was stored`);
    }
    const more = faults.length > mostFaults ? ` and ${faults.length - mostFaults} more` : '';
    const text = faults.length === 0 ? `${hashes.length} as stored` : faults.slice(0, mostFaults).join('; ');
    return { name, ok: faults.length === 0, text: text + more };
  }
}

/** What retention removed when its time was over is not missed; a database of an older version has no such thing. */
function namedFiles(database: Database.Database, table: 'raw_message' | 'attachment'): string[] {
  const columns = database.pragma(`table_info(${table})`) as readonly { readonly name: string }[];
  const kept = columns.some(({ name }) => name === 'expired_at') ? ' WHERE expired_at IS NULL' : '';
  return database.prepare<[], string>(`SELECT DISTINCT sha256 FROM ${table}${kept}`).pluck().all();
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
