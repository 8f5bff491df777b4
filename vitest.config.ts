import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

import { chromiumArguments, findChromium } from './tools/find-chromium.ts';

const chromium = findChromium();

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/renderer/**/*.browser.test.ts'],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: 'contract',
          environment: 'node',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: 'house',
          environment: 'node',
          include: ['test/house/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts', 'test/support/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The Telegram suite once more over the package that would take the place of GramJS, see ADR 6.
        resolve: { alias: [{ find: /^telegram(?=\/|$)/, replacement: 'telegram-successor' }] },
        test: {
          name: 'successor',
          environment: 'node',
          include: ['test/integration/telegram-*.test.ts', 'test/support/telegram-dc/**/*.test.ts'],
          exclude: [
            // Corrections of GramJS's own faults: another package has others.
            'test/integration/telegram-corrections.test.ts',
            // Their servers and hosts are processes of their own, which load the installed package.
            'test/support/telegram-dc/control-client.test.ts',
            'test/integration/telegram-{kill-9,secrets}.test.ts',
          ],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'component',
          include: ['src/**/*.test.tsx'],
          testTimeout: 15_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [...chromiumArguments],
              },
              contextOptions: { locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
