import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumAdvice, chromiumArguments, findChromium } from '../find-chromium.ts';

const firstPerson = 'Анна Белова';

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(chromiumAdvice);
  return chromium.launch({ executablePath, args: [...chromiumArguments] });
}

/** A tab on the desk, signed in, with rows of the queue on the screen. */
export async function openDesk(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  // Plain JavaScript: it runs in the page, before the page's own code.
  await page.addInitScript({ path: join(import.meta.dirname, 'probes.js') });
  await page.goto(link);
  await page.getByRole('button', { name: firstPerson }).click();
  await page.getByRole('banner').waitFor();
  return page;
}

/** Memory of the busiest renderer that nobody else shares, in bytes; undefined where Linux's /proc is missing. */
export async function rendererMemory(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => kilobytes(`/proc/${id}/smaps_rollup`, 'Pss'))
    .filter((size) => size !== undefined);
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

/** The process's own memory, without files it maps. */
export const ownMemory = (pid: number): number | undefined => kilobytes(`/proc/${pid}/status`, 'RssAnon');

function kilobytes(file: string, field: string): number | undefined {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    // Not Linux, or the process ended meanwhile.
    return undefined;
  }
}
