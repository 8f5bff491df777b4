import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What to tell a person who has no browser; one line. */
export const chromiumAdvice =
  'Chromium is missing: apt-get install chromium, or npx playwright install chromium, or set CHROMIUM to its path';

/** A root user has no user namespace sandbox, and Chromium then refuses to start. */
export const chromiumArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The first browser found: CHROMIUM, the system's, then what Playwright fetched before. */
export function findChromium(environment: Environment = process.env): string | undefined {
  const chosen = environment['CHROMIUM'];
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  return [...systemBrowsers(environment), ...playwrightBrowsers(environment)].find((path) =>
    existsSync(path),
  );
}

/** As `findChromium`, and when there is none lets Playwright fetch one, for at most `limitMs`. */
export function findOrInstallChromium(limitMs = 120_000): string | undefined {
  const found = findChromium();
  if (found || process.env['CHROMIUM'] || process.env['PULT_NO_DOWNLOAD']) return found;
  process.stderr.write(`No Chromium found; Playwright tries to fetch one (at most ${limitMs / 1000} s)\n`);
  const playwright = join(import.meta.dirname, '../node_modules/.bin/playwright');
  spawnSync(playwright, ['install', 'chromium'], {
    timeout: limitMs,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  return findChromium();
}

function systemBrowsers(environment: Environment): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ];
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => environment[name]);
    return roots
      .filter((root) => root !== undefined)
      .map((root) => join(root, 'Google/Chrome/Application/chrome.exe'));
  }
  const folders = ['/usr/bin', ...(environment['PATH'] ?? '').split(delimiter)].filter(Boolean);
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Newest revision first; the folder names are Playwright's own. */
function playwrightBrowsers(environment: Environment): string[] {
  const cache = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? playwrightCache(environment);
  if (!existsSync(cache)) return [];
  const revisions = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]));
  const binaries = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  return revisions.flatMap((revision) => binaries.map((binary) => join(cache, revision, binary)));
}

function playwrightCache(environment: Environment): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? homedir(), 'ms-playwright');
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ms-playwright');
}
