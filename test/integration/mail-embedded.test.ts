import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { startEmbeddedMail, type EmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { letter, settingsFor, startRig, type MailRig } from './mail-rig.ts';

const soon = { timeout: 20_000, interval: 20 };
const account = { address: 'desk@towers.example', password: 'secret' };

/** What can be shown without Dovecot: the server of the demo, from npm. */
describe('mail that arrives over the embedded server', () => {
  let mail: EmbeddedMail;
  const rigs: MailRig[] = [];

  beforeEach(async () => {
    mail = await startEmbeddedMail({ account, clock: systemClock });
  });

  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.stop();
    await mail.stop();
  });

  const start = async () => {
    const rig = startRig();
    rigs.push(rig);
    const server = { host: mail.host, port: mail.ports.imap };
    const settings = settingsFor(server, { userName: account.address });
    rig.accounts.save({ id: null, settings, password: account.password, opensFrom: null }, null);
    await rig.start();
    await expect.poll(() => rig.health()?.state, soon).toBe('ok');
    return rig;
  };
  const subjects = (rig: MailRig) => rig.messages.map(({ subject }) => subject);

  test('letters come live and after a catch-up, each once', async () => {
    mail.deliver(Buffer.from(letter('waiting')), Date.now());
    const rig = await start();

    mail.deliver(Buffer.from(letter('live')), Date.now());

    await expect.poll(() => subjects(rig).toSorted(), soon).toEqual(['live', 'waiting']);
    expect(rig.copies).toEqual([]);
  });

  test('a thousand letters are caught up', async () => {
    for (let index = 0; index < 1000; index += 1)
      mail.deliver(Buffer.from(letter(`alarm ${index}`)), Date.now());
    const rig = await start();

    await expect.poll(() => new Set(subjects(rig)).size, { timeout: 60_000, interval: 50 }).toBe(1000);
    expect(rig.messages).toHaveLength(1000);
  });

  test('a refused password stops the account after a single login', async () => {
    const rig = startRig();
    rigs.push(rig);
    const settings = settingsFor({ host: mail.host, port: mail.ports.imap });
    rig.accounts.save({ id: null, settings, password: 'wrong', opensFrom: null }, null);
    await rig.start();

    await expect.poll(() => rig.health()?.state, soon).toBe('needs-attention');
    expect(rig.logins()).toBe(1);
  });
});
