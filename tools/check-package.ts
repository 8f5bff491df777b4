/**
 * Packs the desk and the training desk without Electron's binary: each configuration is validated, stand-ins take
 * Electron's place, and what was packed is started from the package. Shows wrong file globs, a native module left
 * inside the archive and a lesson that could reach test servers.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, type Configuration, Platform } from 'electron-builder';

import desk from '../electron-builder.config.ts';
import training from '../electron-builder.training.config.ts';
import { findTestServerFaults } from './check-build.ts';
import { smokeElectron } from './electron-smoke.ts';
import { smokeHost } from './host-smoke.ts';
import { buildOut } from './run.ts';
import { isStale } from './stale.ts';

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

type Program = {
  readonly config: Configuration;
  readonly wanted: readonly string[];
  /** Nothing of these may be packed. */
  readonly unwanted: readonly RegExp[];
  /** Starts what was packed and says how that went. */
  start(app: string): Promise<string>;
};

const neverWanted = [
  /^\/(src|test|tools|docs|dist)\//,
  /^\/node_modules\/node(-linux|-win|-darwin|-bin|\/)/,
  /^\/node_modules\/[^/]+\/tests?\//,
  /\.map$/,
];

const programs: readonly Program[] = [
  {
    config: desk,
    wanted: [
      '/package.json',
      '/out/main/index.js',
      '/out/main/host.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ],
    unwanted: [...neverWanted, /^\/out-demo\//, /hoodiecrow/, /smtp-server/],
    async start(app) {
      const host = await smokeHost(join(app, 'out/main/host.js'));
      const shell = await smokeElectron(app, 'out/main/index.js', '');
      if (!shell.leftBehind) throw new Error('The packed desk kept nothing of its data');
      return `the host started from the package in ${host.startedMs} ms, the shell in ${shell.startedMs} ms`;
    },
  },
  {
    config: training,
    wanted: [
      '/package.json',
      '/out-demo/main/training.js',
      '/out-demo/main/parse-worker.js',
      '/out-demo/preload/index.cjs',
      '/out-demo/renderer/index.html',
    ],
    unwanted: [...neverWanted, /^\/out\//, /^\/out-demo\/main\/(demo|host|index|rehearsal)\.js$/],
    async start(app) {
      const faults = findTestServerFaults(app);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      const shell = await smokeElectron(app, 'out-demo/main/training.js', '-training/lesson');
      if (shell.leftBehind) throw new Error('The lesson was left on the disk');
      if (shell.tray !== training.productName && !shell.tray.includes('учебная'))
        throw new Error(`The tray of the lesson says "${shell.tray}"`);
      return `the lesson in ${shell.startedMs} ms`;
    },
  },
];

const work = mkdtempSync(join(tmpdir(), 'pult-pack-'));
try {
  if (isStale('out-demo/renderer/index.html')) await buildOut('demo');
  const electron = await makeStandIn(join(work, 'electron'));
  const told: string[] = [];
  for (const program of programs) told.push(await check(program, electron));
  console.log(`packed; ${told.join(', ')}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function check(program: Program, electron: StandIn): Promise<string> {
  const name = program.config.productName ?? '';
  const folder = join(work, name);
  await pack(program.config, electron, join(folder, 'dist'));
  const resources = join(folder, 'dist/linux-unpacked/resources');
  const faults = findFaults(program, resources);
  for (const fault of faults) console.error(`package ${name}: ${fault}`);
  if (faults.length > 0) throw new Error(`The package ${name} is not what it should be`);
  const app = join(folder, 'app');
  asar.extractAll(join(resources, 'app.asar'), app);
  return program.start(app);
}

type StandIn = { readonly folder: string; readonly version: string };

/** What electron-builder looks for in an Electron distribution, and no more. */
async function makeStandIn(folder: string): Promise<StandIn> {
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

async function pack(config: Configuration, electron: StandIn, output: string): Promise<void> {
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

function findFaults({ wanted, unwanted }: Program, resources: string): string[] {
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
