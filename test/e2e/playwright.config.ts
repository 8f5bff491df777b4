import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

import { chromiumAdvice, chromiumArguments, findOrInstallChromium } from '../../tools/find-chromium.ts';

const root = join(import.meta.dirname, '../..');
const chromium = findOrInstallChromium();
if (!chromium) console.error(chromiumAdvice);

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.e2e.ts',
  outputDir: join(root, 'test-results'),
  fullyParallel: true,
  workers: 2,
  // A second try is a bug report, not a remedy: CI shows it as flaky.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['line']],
  use: {
    actionTimeout: 10_000,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: [...chromiumArguments] },
  },
});
