/** Draws resources/icons/pult.svg as PNGs, in the sizes desktops ask for. Run by hand when the drawing changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { chromiumAdvice, chromiumArguments, findChromium } from './find-chromium.ts';

const folder = join(import.meta.dirname, '../resources/icons');
const sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024];

const executablePath = findChromium();
if (!executablePath) {
  console.error(chromiumAdvice);
  process.exit(69);
}
const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
const drawing = readFileSync(join(folder, 'pult.svg'), 'utf8');
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`,
  );
  await page.screenshot({ path: join(folder, `${size}x${size}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
