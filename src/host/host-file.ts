import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isProven, prove } from './control-proof.ts';

const hostFile = z.object({
  /** Where the host listens, or listened last. */
  port: z.int().min(0).max(65_535),
  /** Signs sessions and lets the next `npm start` ask the running host for a link. */
  secret: z.string().regex(/^[\w-]{43}$/),
});
export type HostFile = z.infer<typeof hostFile>;

const controlAnswer = z.object({ link: z.url(), proof: z.string() });

/** Names a desk among others on this machine, in addresses and cookies. */
export function instanceName(dataDir: string): string {
  return createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 10);
}

/** What the last host on this directory left; a new secret when there was none. */
export function readHostFile(dataDir: string): HostFile {
  return findHostFile(dataDir) ?? { port: 0, secret: randomBytes(32).toString('base64url') };
}

/** Only its owner may read it: whoever can is let into the desk. */
export function writeHostFile(dataDir: string, content: HostFile): void {
  writePrivateFile(join(dataDir, 'host.json'), JSON.stringify(content));
}

/** A whole file or none, mode 0600, also when the power goes. */
export function writePrivateFile(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/**
 * A fresh link from the host that already works on this directory; undefined when none answers (Electron has it, or it
 * hangs).
 */
export async function requestLink(dataDir: string, limitMs = 3000): Promise<string | undefined> {
  const found = findHostFile(dataDir);
  if (!found?.port) return undefined;
  const url = `http://127.0.0.1:${found.port}/${instanceName(dataDir)}/control/link`;
  const { secret } = found;
  const at = String(Date.now());
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Pult ${at}.${prove(secret, 'ask', at)}` },
      signal: AbortSignal.timeout(limitMs),
    });
    if (!answer.ok) return undefined;
    const { link, proof } = controlAnswer.parse(await answer.json());
    return isProven(proof, secret, { purpose: 'answer', text: link }) ? link : undefined;
  } catch {
    // Nobody listens there, or somebody else: the caller says so.
    return undefined;
  }
}

function findHostFile(dataDir: string): HostFile | undefined {
  try {
    return hostFile.safeParse(JSON.parse(readFileSync(join(dataDir, 'host.json'), 'utf8'))).data;
  } catch {
    // Missing or torn: a new one is written at the start.
    return undefined;
  }
}
