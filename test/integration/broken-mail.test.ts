import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startScriptedImap } from '../support/scripted-imap.ts';
import { letter, settingsFor, startRig } from './mail-rig.ts';

const folder = join(import.meta.dirname, '../fixtures/mail');
const broken = readdirSync(folder).filter((name) => name.endsWith('.eml'));

test('broken letters between good ones: the good all arrive, each broken one is readable or in quarantine', async () => {
  const server = await startScriptedImap();
  const rig = startRig();
  try {
    server.deliver(letter('good 0'));
    for (const [index, name] of broken.entries()) {
      server.deliver(readFileSync(join(folder, name)));
      server.deliver(letter(`good ${index + 1}`));
    }
    rig.accounts.save({ id: null, settings: settingsFor(server), password: 'secret', opensFrom: 0 }, null);
    await rig.start();

    const uids = broken.length * 2 + 1;
    const arrived = () =>
      rig.messages.map(({ subject }) => subject).filter((words) => /^good \d+$/.test(words));
    await expect.poll(() => new Set(arrived()).size, { timeout: 60_000 }).toBe(broken.length + 1);
    await expect.poll(() => rig.raw.waitingCount(), { timeout: 20_000 }).toBe(0);
    expect(arrived()).toHaveLength(broken.length + 1);

    const rows = Array.from({ length: uids }, (_, index) => rig.raw.find(index + 1));
    const quarantined = rig.raw.quarantined(uids);
    const unread = rows.filter((row) => row?.state !== 'parsed').map((row) => row?.id);
    expect(new Set(unread)).toEqual(new Set(quarantined.map(({ id }) => id)));
    expect(quarantined.every(({ reason }) => reason !== null && reason !== '')).toBe(true);
    expect(rows.filter((row) => row?.state === 'parsed' && row.messageId === null)).toEqual([]);
  } finally {
    await rig.stop();
    await server.stop();
  }
}, 90_000);
