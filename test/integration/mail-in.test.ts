import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { letter, settingsFor, startRig, type MailRig, type RigOptions } from './mail-rig.ts';

const soon = { timeout: 20_000, interval: 20 };

describe.skipIf(!hasDovecot)('mail that arrives over a real IMAP server', () => {
  let dovecot: Dovecot;
  let proxy: Awaited<ReturnType<typeof startTcpProxy>>;
  const rigs: MailRig[] = [];

  beforeEach(async () => {
    dovecot = await startDovecot();
    proxy = await startTcpProxy(dovecot.imap);
  });

  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.stop();
    await proxy.stop();
    await dovecot.stop();
  });

  const start = async (options: RigOptions = {}, settings = settingsFor(proxy)) => {
    const rig = startRig(options);
    rigs.push(rig);
    rig.accounts.save({ id: null, settings, password: 'secret', opensFrom: null }, null);
    await rig.start();
    return rig;
  };
  const isOk = (rig: MailRig) => expect.poll(() => rig.health()?.state, soon).toBe('ok');
  const subjects = (rig: MailRig) => rig.messages.map(({ subject }) => subject);
  const arrives = (rig: MailRig, wanted: readonly string[]) =>
    expect.poll(() => subjects(rig).toSorted(), soon).toEqual(wanted.toSorted());

  test('a letter is there as soon as the server tells of it', async () => {
    const rig = await start({ timing: { probe: 60_000 } });
    await isOk(rig);

    await dovecot.deliver('desk', letter('alarm 1'));

    await arrives(rig, ['alarm 1']);
    expect(rig.messages[0]).toMatchObject({ accountId: 1, direction: 'in', mayOpen: true });
  });

  test('a letter sent from another mail client is seen in Sent, first between two looks and then by its own connection', async () => {
    const rig = await start();
    dovecot.fill('desk', [letter('answered by phone 1')], 'Sent');
    await arrives(rig, ['answered by phone 1']);
    await expect.poll(() => proxy.connections, soon).toBe(2);

    dovecot.fill('desk', [letter('answered by phone 2')], 'Sent');

    await arrives(rig, ['answered by phone 1', 'answered by phone 2']);
    expect(rig.messages.map(({ direction, mayOpen }) => [direction, mayOpen])).toEqual([
      ['out', false],
      ['out', false],
    ]);
  });

  test('letters go on coming after the connection was killed', async () => {
    const rig = await start();
    await isOk(rig);

    dovecot.killConnections();
    await dovecot.deliver('desk', letter('after the cut'));

    await arrives(rig, ['after the cut']);
  });

  test('a line that died without a word is found out and replaced', async () => {
    const rig = await start();
    await isOk(rig);

    proxy.stall();
    await dovecot.deliver('desk', letter('into the hole'));
    await expect.poll(() => rig.health()?.state, soon).toBe('degraded');
    proxy.flow();

    await arrives(rig, ['into the hole']);
    await isOk(rig);
  });

  test('a folder that was renumbered is read again, and no letter is doubled or missed', async () => {
    const rig = await start();
    for (const name of ['one', 'two', 'three']) await dovecot.deliver('desk', letter(name));
    await arrives(rig, ['one', 'two', 'three']);

    dovecot.resetUidValidity('desk');
    await dovecot.deliver('desk', letter('four'));

    await arrives(rig, ['one', 'two', 'three', 'four']);
    await expect.poll(() => rig.copies.length, soon).toBe(3);
    const kinds = rig.journal.ofSubject('account', 1).map(({ kind }) => kind);
    expect(kinds).toContain('account.folder-reset');
  });

  test('letters deleted by somebody else between two looks confuse nobody', async () => {
    const rig = await start();
    for (const name of ['one', 'two', 'three']) await dovecot.deliver('desk', letter(name));
    await arrives(rig, ['one', 'two', 'three']);

    await dovecot.expunge('desk', '1:2');
    await dovecot.deliver('desk', letter('four'));

    await arrives(rig, ['one', 'two', 'three', 'four']);
    expect(rig.copies).toEqual([]);
  });

  test('a refused password stops the account after a single login, until a person mends it', async () => {
    const rig = startRig();
    rigs.push(rig);
    const settings = settingsFor(proxy);
    rig.accounts.save({ id: null, settings, password: 'wrong', opensFrom: null }, null);
    await rig.start();
    await expect
      .poll(() => rig.health(), soon)
      .toMatchObject({ state: 'needs-attention', reason: 'password-refused' });
    const loginsBefore = rig.logins();

    rig.accounts.save({ id: 1, settings, password: 'secret', opensFrom: null }, null);
    await dovecot.deliver('desk', letter('mended'));

    await arrives(rig, ['mended']);
    expect(loginsBefore).toBe(1);
    expect(rig.accounts.list().accounts[0]?.haltedReason).toBeNull();
  });

  test('a full disk stops intake before the cursor moves, and it goes on when there is room', async () => {
    let hasRoom = true;
    const rig = await start({ mayStore: () => hasRoom });
    await isOk(rig);
    hasRoom = false;
    await dovecot.deliver('desk', letter('no room'));
    await expect.poll(() => rig.health()?.reason, soon).toBe('disk-full');
    expect(rig.raw.folder(1, 'inbox')?.lastUid).toBe(0);

    hasRoom = true;

    await arrives(rig, ['no room']);
    await isOk(rig);
  });

  test('letters from before the start are kept and never open; much older ones stay on the server', async () => {
    const day = 86_400_000;
    dovecot.fill('desk', [{ raw: letter('ancient'), receivedAt: Date.now() - 400 * day }]);
    await dovecot.uids('desk');
    dovecot.fill('desk', [{ raw: letter('last week'), receivedAt: Date.now() - 7 * day }]);
    const rig = await start();
    await dovecot.deliver('desk', letter('today', { Date: new Date().toUTCString() }));

    await arrives(rig, ['last week', 'today']);

    expect(rig.messages.map(({ subject, mayOpen }) => [subject, mayOpen])).toEqual(
      expect.arrayContaining([
        ['last week', false],
        ['today', true],
      ]),
    );
  });

  test('a letter above 25 MB comes whole, one above 100 MB is shown with its headers, and the next one comes', async () => {
    const body = (mb: number) =>
      `${'0123456789abcdef'.repeat(4)}\r\n`.repeat(Math.ceil((mb * 1024 * 1024) / 66));
    const big = `${letter('big')}${body(30)}`;
    dovecot.fill('desk', [big, `${letter('huge')}${body(101)}`, letter('small')]);
    const rig = await start();

    await arrives(rig, ['big', 'small']);

    await expect.poll(() => rig.raw.quarantined(10).length, soon).toBe(1);
    const [entry] = await rig.quarantine.list();
    expect(entry).toMatchObject({ reason: 'letter-too-large', folder: 'inbox', uid: 2 });
    expect(entry?.head).toContain('Subject: huge');
    expect(entry?.size).toBeGreaterThan(100 * 1024 * 1024);
    const bigRow = rig.raw.find(1);
    expect(bigRow?.size).toBe(Buffer.byteLength(big));
  });

  test('a letter intake chokes on goes to quarantine, the others go on, and it can be tried again', async () => {
    let isBroken = true;
    const rig = await start({
      beforeAccept({ subject }) {
        if (isBroken && subject === 'poison') throw new Error('choked');
      },
    });
    dovecot.fill(
      'desk',
      ['a', 'poison', 'b'].map((name) => letter(name)),
    );
    await arrives(rig, ['a', 'b']);
    await expect.poll(() => rig.raw.quarantined(10).length, soon).toBe(1);
    const [entry] = await rig.quarantine.list();
    expect(entry).toMatchObject({ reason: 'intake-failed', attempts: 1 });

    isBroken = false;
    rig.quarantine.retry(entry!.rawId, null);

    await arrives(rig, ['a', 'b', 'poison']);
    expect(rig.raw.quarantined(10)).toEqual([]);
  });

  test('a mailbox moved to another server, renumbered and with a rewritten header, doubles nothing', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `moved ${index}`);
    dovecot.fill(
      'desk',
      names.map((name) => letter(name)),
    );
    const rig = await start();
    await arrives(rig, names);

    const other = await startDovecot();
    try {
      const padding = letter('already there');
      const moved = names.toReversed().map((name) => `X-Moved-By: migration\r\n${letter(name)}`);
      other.fill('desk', [padding, ...moved, letter('new at the new place')]);
      const settings = settingsFor({ host: other.host, port: other.imap });
      rig.accounts.save({ id: 1, settings, password: null, opensFrom: null }, null);

      await arrives(rig, [...names, 'already there', 'new at the new place']);
      await expect.poll(() => rig.copies.length, soon).toBe(40);
    } finally {
      await rig.mail.stop();
      await other.stop();
    }
  });

  test('a week of outage is caught up: five thousand letters, none missing, none twice', async () => {
    const rig = await start();
    await isOk(rig);
    await dovecot.halt();
    await expect.poll(() => rig.health()?.state, soon).toBe('degraded');
    const names = Array.from({ length: 5000 }, (_, index) => `outage ${index}`);
    dovecot.fill(
      'desk',
      names.map((name) => letter(name)),
    );
    const startedAt = performance.now();
    await dovecot.resume();

    await expect.poll(() => rig.messages.length, { timeout: 90_000, interval: 50 }).toBe(5000);

    console.log(`5,000 letters caught up in ${Math.round(performance.now() - startedAt)} ms`);
    expect(new Set(subjects(rig)).size).toBe(5000);
    expect(rig.copies).toEqual([]);
    expect(rig.raw.folder(1, 'inbox')?.lastUid).toBe(5000);
  });

  test('nothing is left running after a stop', async () => {
    const rig = await start();
    await isOk(rig);
    await expect.poll(() => proxy.connections, soon).toBe(2);

    await rig.mail.stop();

    await expect.poll(() => proxy.connections, soon).toBe(0);
  });

  test('a stop does not wait for a line that says nothing', async () => {
    const rig = await start({ timing: { probe: 60_000, command: 60_000, noop: 60_000, connect: 60_000 } });
    await isOk(rig);
    proxy.stall();
    rig.mail.checkNow(null);
    const startedAt = performance.now();

    await rig.mail.stop();

    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
