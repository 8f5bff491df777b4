/** `npm start`: builds what is missing or old, takes Electron where it can be had and the browser where not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseShell, takeShell, type Choice } from './choose-shell.ts';
import { findElectron, whyNoWindow } from './electron-binary.ts';
import { cacheDir, createFetchMemory, fetchElectron } from './electron-fetch.ts';
import { buildOut, root, runUntilDone } from './run.ts';
import { isStale } from './stale.ts';

const packageDir = join(root, 'node_modules/electron');
const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
const megabyte = 1024 * 1024;

async function choose(wanted: 'browser' | 'electron' | undefined): Promise<Choice> {
  const memory = createFetchMemory(
    join(cacheDir(process.platform, process.env), 'electron-fetch.json'),
    version,
    Date.now,
  );
  return chooseShell({
    wanted,
    noWindow: whyNoWindow(process.platform, process.env, process.getuid?.()),
    mayDownload: !process.env['PULT_NO_DOWNLOAD'],
    findElectron: () => findElectron(packageDir, process.env),
    memory,
    fetchElectron: async () => {
      console.log(`Electron ${version} is not installed; trying to fetch it once…`);
      const outcome = await fetchElectron({
        installer: join(packageDir, 'install.js'),
        dist: join(packageDir, 'dist'),
        environment: process.env,
        onProgress: showProgress,
      });
      if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
      return outcome;
    },
  });
}

function showProgress(bytes: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${Math.round(bytes / megabyte)} MB`);
}

async function launch(): Promise<number> {
  const { wanted, rest } = takeShell(process.argv.slice(2));
  if (isStale('out/renderer/index.html')) {
    console.log('Building Pult…');
    await buildOut('desk');
  }
  const choice = await choose(wanted);
  if (choice.shell === 'none') {
    console.error(`Electron was asked for and cannot be taken: ${choice.why}`);
    return 1;
  }
  console.log(`Shell: ${choice.shell} (${choice.why})`);
  return choice.shell === 'electron'
    ? runUntilDone(choice.program, [root, ...rest])
    : runUntilDone(process.execPath, [join(root, 'out/main/host.js'), ...rest, '--because', choice.why]);
}

try {
  process.exitCode = await launch();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
