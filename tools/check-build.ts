/**
 * Looks at what a build emitted. The training server and its libraries must never reach a dispatcher's program, and an
 * entry that silently vanished is found here rather than on the desk.
 */
import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

const entries = [
  'main/index.js',
  'main/host.js',
  'main/parse-worker.js',
  'main/table-worker.js',
  'main/paper-worker.js',
  'preload/index.cjs',
  'renderer/index.html',
];

/** Traces of the training build: an import of its servers, or the bundler's comment above a module of its own. */
const forbidden: readonly RegExp[] = [
  /(?:\bfrom|\bimport|\brequire\()\s*\(?["'](?:hoodiecrow-imap|smtp-server)["']/,
  /^\/\/\s?(?:#region )?(?:src\/core\/training\/|src\/host\/(?:demo|lesson|rehearsal)\.ts|src\/main\/training|node_modules\/(?:hoodiecrow-imap|smtp-server)\/)/m,
];

const testKey = join(root, 'test/support/telegram-dc/test-key.pem');

/** The key of Telegram's test servers in every spelling a bundle could carry it in. */
export function spellingsOfTestKey(pem: string): string[] {
  const lines = pem.split('\n').filter((line) => /^[\w+/=]{40,}$/.test(line));
  const { n = '' } = createPublicKey(pem.slice(pem.indexOf('-----BEGIN'))).export({ format: 'jwk' });
  const modulus = Buffer.from(n, 'base64url').toString('hex');
  return [...lines, n, modulus, BigInt(`0x${modulus}`).toString()];
}

/** What is wrong with the build in `folder`, one line each; empty when it may be packed. */
export function findBuildFaults(folder: string): string[] {
  const faults = entries
    .filter((entry) => !existsSync(join(folder, entry)))
    .map((entry) => `${entry} was not built`);
  for (const entry of ['main/demo.js', 'main/rehearsal.js', 'main/training.js']) {
    if (existsSync(join(folder, entry))) faults.push(`${entry} is of the training build and may not be here`);
  }
  for (const file of programFiles(folder)) {
    const text = readFileSync(file, 'utf8');
    const trace = forbidden.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
    if (trace !== undefined) faults.push(`${relative(folder, file)} carries training code: ${trace}`);
  }
  return [
    ...faults,
    ...findTestServerFaults(folder),
    ...findPreloadFaults(join(folder, 'preload/index.cjs')),
  ];
}

/** What could make a program in `folder` talk to Telegram's test servers; neither desk nor packed lesson may. */
export function findTestServerFaults(folder: string): string[] {
  const keys = spellingsOfTestKey(readFileSync(testKey, 'utf8'));
  return programFiles(folder).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const pointer = /PULT_(?:TEST|DEMO)_TELEGRAM/.exec(text)?.[0];
    return [
      ...(keys.some((key) => text.includes(key))
        ? [`${relative(folder, file)} trusts the key of Telegram's test servers`]
        : []),
      ...(pointer === undefined ? [] : [`${relative(folder, file)} can be pointed elsewhere: ${pointer}`]),
    ];
  });
}

/** The sandbox gives a preload no module loader and no node_modules: it would fail only on a desk with Electron. */
function findPreloadFaults(preload: string): string[] {
  if (!existsSync(preload)) return [];
  const text = readFileSync(preload, 'utf8');
  const stranger = [...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].find(
    ([, name]) => name !== 'electron',
  );
  return [
    ...(/^\s*(import|export)\s/m.test(text)
      ? ['preload/index.cjs is a module, and a sandboxed preload may not be one']
      : []),
    ...(stranger ? [`preload/index.cjs requires ${stranger[1]}, which the sandbox does not give`] : []),
  ];
}

function programFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(c?js|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.main) {
  const faults = findBuildFaults(join(root, 'out'));
  for (const fault of faults) console.error(`out: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
