import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBackend } from '../core/app.ts';
import { restoreDesk } from '../core/restore-desk.ts';
import { defaultDataDir } from '../host/default-data-dir.ts';
import { readProvision } from '../host/provision.ts';
import { runDesk } from './run-desk.ts';

const environment = process.env;

runDesk({
  folder: import.meta.dirname,
  names: { ru: 'Пульт', en: 'Pult' },
  place({ data }) {
    const dataDir = resolve(
      data ?? defaultDataDir({ platform: process.platform, home: homedir(), environment }),
    );
    return { dataDir, electronDir: join(dataDir, 'electron') };
  },
  async open({ config }) {
    const provision = config === undefined ? undefined : readProvision(resolve(config), { environment });
    return {
      createBackend,
      options: provision ? { provision } : {},
      secretStore: 'system',
      restore: restoreDesk,
    };
  },
});
