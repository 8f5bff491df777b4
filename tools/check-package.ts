/**
 * Packs the desk without Electron's binary: the configuration is validated, a stand-in takes Electron's place, and the
 * host is started from what was packed. Shows wrong file globs and a native module left inside the archive.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, type Configuration, Platform } from 'electron-builder';

import config from '../electron-builder.config.ts';
import { smokeHost } from './host-smoke.ts';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

type Asar = {
  createPackage(source: string, archive: string): Promise<void>;
  extractAll(archive: string, folder: string): void;
  listPackage(archive: string, options: { isPack: boolean }): string[];
};

/** electron-builder's own parts: what it packs with is what we look into the package with. */
const builder = createRequire(
  createRequire(require.resolve('electron-builder/package.json')).resolve('app-builder-lib/package.json'),
);
const asar = builder('@electron/asar') as Asar;

/** Nothing of these may lie in a packed desk. */
const unwanted = [
  /^\/out-demo\//,
  /^\/(src|test|tools|docs)\//,
  /^\/node_modules\/node(-linux|-win|-darwin|-bin|\/)/,
  /hoodiecrow/,
  /smtp-server/,
  /\.map$/,
];
const wanted = [
  '/package.json',
  '/out/main/index.js',
  '/out/main/host.js',
  '/out/preload/index.cjs',
  '/out/renderer/index.html',
];

const work = mkdtempSync(join(tmpdir(), 'pult-pack-'));
try {
  await pack(await makeStandIn(join(work, 'electron')), join(work, 'dist'));
  const app = join(work, 'dist/linux-unpacked/resources');
  const faults = findFaults(app);
  for (const fault of faults) console.error(`package: ${fault}`);
  if (faults.length > 0) throw new Error('The package is not what it should be');
  asar.extractAll(join(app, 'app.asar'), join(work, 'app'));
  const { startedMs } = await smokeHost(join(work, 'app/out/main/host.js'));
  console.log(`packed, and the host started from the package in ${startedMs} ms`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** What electron-builder looks for in an Electron distribution, and no more. */
async function makeStandIn(folder: string): Promise<{ readonly folder: string; readonly version: string }> {
  const { version } = require('electron/package.json') as { version: string };
  for (const part of ['locales', 'resources', 'source']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'source/index.js'), '');
  await asar.createPackage(join(folder, 'source'), join(folder, 'resources/default_app.asar'));
  rmSync(join(folder, 'source'), { recursive: true });
  for (const file of [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/en-US.pak',
    'locales/ru.pak',
  ]) {
    writeFileSync(join(folder, file), '');
  }
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(folder, 'electron'), 0o755);
  return { folder, version };
}

async function pack(electron: { folder: string; version: string }, output: string): Promise<void> {
  // A shell script has no fuses to set; the validation of the whole configuration runs all the same.
  const { electronFuses: _fuses, ...rest } = config;
  const standIn: Configuration = {
    ...rest,
    electronDist: electron.folder,
    electronVersion: electron.version,
    directories: { ...config.directories, output },
  };
  await validate(config);
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    config: standIn,
    publish: 'never',
  });
}

/** The same schema check electron-builder does first, on the configuration as it is, fuses included. */
async function validate(whole: Configuration): Promise<void> {
  const { validateConfiguration } = builder('./out/util/config/config.js') as {
    validateConfiguration: (config: Configuration, log: object) => Promise<void>;
  };
  await validateConfiguration(whole, { add() {}, isEnabled: false });
}

function findFaults(resources: string): string[] {
  const packed = asar
    .listPackage(join(resources, 'app.asar'), { isPack: false })
    .map((path) => path.replaceAll('\\', '/'));
  const faults = wanted.filter((path) => !packed.includes(path)).map((path) => `${path} is missing`);
  for (const pattern of unwanted) {
    const stray = packed.find((path) => pattern.test(path));
    if (stray) faults.push(`${stray} may not be packed`);
  }
  const unpacked = join(resources, 'app.asar.unpacked');
  const natives = existsSync(unpacked)
    ? readdirSync(unpacked, { recursive: true }).filter((path) => String(path).endsWith('.node'))
    : [];
  if (natives.length === 0) faults.push('no native module lies beside the archive');
  return faults;
}
