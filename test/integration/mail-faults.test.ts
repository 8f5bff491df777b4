import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailTiming } from '../../src/core/mail/mail-timing.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import type { ScriptedImap } from '../support/scripted-imap.ts';
import { startScriptedImap, throttled } from '../support/scripted-imap.ts';
import { letter, settingsFor, startRig, type MailRig, type RigOptions } from './mail-rig.ts';

const soon = { timeout: 20_000, interval: 20 };

describe('a mail server that misbehaves', () => {
  let server: ScriptedImap;
  const rigs: MailRig[] = [];

  beforeEach(async () => {
    server = await startScriptedImap();
  });

  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.stop();
    await server.stop();
  });

  const start = async (options: RigOptions = {}) => {
    const rig = startRig(options);
    rigs.push(rig);
    rig.accounts.save({ id: null, settings: settingsFor(server), password: 'secret', opensFrom: null }, null);
    await rig.start();
    return rig;
  };
  const isOk = (rig: MailRig) => expect.poll(() => rig.health()?.state, soon).toBe('ok');
  const arrives = (rig: MailRig, wanted: readonly string[]) =>
    expect.poll(() => rig.messages.map(({ subject }) => subject).toSorted(), soon).toEqual(wanted.toSorted());
  const isBodyOf = (args: string, uid: number) => {
    const [set = ''] = args.split(' ');
    const covers = set.split(',').some((part) => {
      const [first = 0, last = first] = part.split(':').map(Number);
      return first <= uid && uid <= last;
    });
    return covers && /BODY\.PEEK\[\]/i.test(args);
  };

  test('a letter at which the connection breaks every time is set aside, and those after it come', async () => {
    server.on('UID FETCH', async (exchange) => {
      if (isBodyOf(exchange.args, 3)) exchange.connection.drop();
      else await exchange.fallBack();
    });
    for (const name of ['one', 'two', 'poison', 'four', 'five']) server.deliver(letter(name));
    const rig = await start({ limits: { useless: 20 } });

    await arrives(rig, ['one', 'two', 'four', 'five']);

    const [entry] = await rig.quarantine.list();
    expect(entry).toMatchObject({ uid: 3, reason: 'letter-refused' });
    expect(entry?.head).toContain('Subject: poison');
  });

  test('a letter the server refuses to give is set aside within the same connection', async () => {
    server.on('UID FETCH', async (exchange) => {
      if (isBodyOf(exchange.args, 2)) exchange.no('internal error, message is corrupted');
      else await exchange.fallBack();
    });
    for (const name of ['one', 'broken', 'three']) server.deliver(letter(name));
    const rig = await start();

    await arrives(rig, ['one', 'three']);

    const [entry] = await rig.quarantine.list();
    expect(entry).toMatchObject({ uid: 2, reason: 'letter-refused' });
    expect(rig.logins()).toBeLessThanOrEqual(2);
  });

  test('an incident can be opened from what could not be read, with the raw letter attached', async () => {
    server.on('UID FETCH', async (exchange) => {
      if (isBodyOf(exchange.args, 1)) exchange.no('corrupted');
      else await exchange.fallBack();
    });
    server.deliver(letter('unreadable'));
    const rig = await start();
    await expect.poll(() => rig.raw.quarantined(10).length, soon).toBe(1);

    const { incidentId } = await rig.quarantine.open(1, null);

    expect(incidentId).toBeGreaterThan(0);
    expect(rig.messages[0]).toMatchObject({ subject: 'unreadable', notes: ['quarantined'] });
    expect(rig.messages[0]?.attachments[0]).toMatchObject({ fileName: 'letter.eml' });
    expect(await rig.quarantine.list()).toEqual([]);
  });

  test('only headers were kept of it: it cannot be read again, and the desk says so', async () => {
    server.on('UID FETCH', async (exchange) => {
      if (isBodyOf(exchange.args, 1)) exchange.no('corrupted');
      else await exchange.fallBack();
    });
    server.deliver(letter('unreadable'));
    const rig = await start();
    await expect.poll(() => rig.raw.quarantined(10).length, soon).toBe(1);

    expect(() => rig.quarantine.retry(1, null)).toThrow(
      expect.objectContaining({ reason: 'letter-not-whole' }),
    );
  });

  test('letters are never passed over because an answer came back empty', async () => {
    let isForgetful = true;
    server.on('UID FETCH', async (exchange) => {
      if (isForgetful && isBodyOf(exchange.args, 1)) exchange.ok();
      else await exchange.fallBack();
    });
    server.deliver(letter('withheld'));
    server.deliver(letter('next'));
    const rig = await start();
    await expect.poll(() => rig.raw.folder(1, 'inbox')?.lastUid, soon).toBe(2);
    isForgetful = false;

    await arrives(rig, ['next']);
    expect((await rig.quarantine.list())[0]).toMatchObject({ uid: 1, reason: 'letter-refused' });
  });

  test('a server that went back in time and gives old numbers to new letters hides none of them', async () => {
    for (const name of ['one', 'two', 'three']) server.deliver(letter(name));
    const rig = await start();
    await arrives(rig, ['one', 'two', 'three']);

    const inbox = server.state.folders.get('INBOX')!;
    inbox.messages.splice(1);
    inbox.uidNext = 2;
    server.deliver(letter('other two'));
    server.dropAll();

    await arrives(rig, ['one', 'two', 'three', 'other two']);
  });

  test('a folder that keeps its UIDVALIDITY by chance after a move is read again all the same', async () => {
    for (const name of ['one', 'two']) server.deliver(letter(name));
    const rig = await start();
    await arrives(rig, ['one', 'two']);

    const other = await startScriptedImap();
    try {
      for (const name of ['x', 'y', 'two', 'one']) other.deliver(letter(name));
      rig.accounts.save({ id: 1, settings: settingsFor(other), password: null, opensFrom: null }, null);

      await arrives(rig, ['one', 'two', 'x', 'y']);
    } finally {
      await rig.mail.stop();
      await other.stop();
    }
  });

  test('a login that is throttled waits as long as the server asks', async () => {
    const free = server.on('LOGIN', throttled(700));
    const rig = await start();
    await expect.poll(() => rig.health()?.reason, soon).toBe('throttled');
    rig.mail.checkNow(null);
    free();

    await isOk(rig);
    expect(rig.accounts.list().accounts[0]?.haltedReason).toBeNull();
  });

  test('a server that says goodbye for the day is met again', async () => {
    const rig = await start();
    await isOk(rig);

    server.byeAll('Session expired, please login again.');
    server.deliver(letter('after the goodbye'));

    await arrives(rig, ['after the goodbye']);
  });

  test('a new signature costs no login, another password does', async () => {
    const rig = await start({ timing: { sentConnectionAfter: 600_000 } });
    await isOk(rig);
    const settings = settingsFor(server);

    rig.accounts.save(
      { id: 1, settings: { ...settings, signature: 'Dispatch' }, password: null, opensFrom: null },
      null,
    );
    server.deliver(letter('meanwhile'));
    await arrives(rig, ['meanwhile']);
    expect(rig.logins()).toBe(1);
    rig.accounts.save({ id: 1, settings, password: 'secret-2', opensFrom: null }, null);

    await expect.poll(() => rig.logins(), soon).toBe(2);
  });

  test('a server that cuts every session costs no more logins than the budget, and the desk says when it goes on', async () => {
    const at: number[] = [];
    server.on('LOGIN', async (exchange) => {
      at.push(Date.now());
      await exchange.fallBack();
      exchange.connection.drop();
    });
    const rig = await start({ limits: { window: 2500, useless: 3, all: 10 } });

    await expect.poll(() => rig.health()?.reason, soon).toBe('login-budget-spent');
    expect(rig.health()?.facts?.['retryAt']).toBeGreaterThan(Date.now());
    expect(at).toHaveLength(3);
    await expect.poll(() => at.length, soon).toBe(4);

    expect(at[3]! - at[0]!).toBeGreaterThanOrEqual(2400);
  });

  test('the line is asked again and again while it idles, over one login', async () => {
    const rig = await start({ timing: { idle: 300, probe: 200, sentConnectionAfter: 600_000 } });
    await isOk(rig);
    const count = (command: string) => server.commands.filter((line) => line.startsWith(command)).length;

    await expect.poll(() => count('NOOP'), soon).toBeGreaterThanOrEqual(3);
    expect(count('IDLE')).toBeGreaterThanOrEqual(3);
    expect(rig.logins()).toBe(1);
  });

  test('a quiet IDLE is entered anew before a network forgets it', async () => {
    const rig = await start({ timing: { idle: 300, probe: 600_000, sentConnectionAfter: 600_000 } });
    await isOk(rig);
    const idles = () => server.commands.filter((line) => line === 'IDLE').length;

    await expect.poll(idles, soon).toBeGreaterThanOrEqual(3);
    server.deliver(letter('after the third'));

    await arrives(rig, ['after the third']);
    expect(rig.logins()).toBe(1);
    expect([mailTiming.idle, mailTiming.probe]).toEqual([4 * 60_000, 60_000]);
  });

  test('a Sent folder that is gone does not keep letters from coming, and is named', async () => {
    server.state.folders.delete('Sent');
    const rig = startRig();
    rigs.push(rig);
    const settings = { ...settingsFor(server), sentPath: 'Sent' };
    rig.accounts.save({ id: null, settings, password: 'secret', opensFrom: null }, null);
    await rig.start();
    server.deliver(letter('all the same'));

    await arrives(rig, ['all the same']);
    await expect.poll(() => rig.health()?.reason, soon).toBe('sent-folder-missing');
  });

  test('a machine that slept has a fresh connection at once', async () => {
    let sleptMs = 0;
    const clock = { ...systemClock, now: () => systemClock.now() + sleptMs };
    const rig = await start({
      clock,
      timing: { probe: 600_000, sleepCheck: 50, sentConnectionAfter: 600_000 },
    });
    await isOk(rig);
    await expect.poll(() => server.connections, soon).toBe(1);
    const loginsBefore = server.commands.filter((command) => command.startsWith('LOGIN')).length;

    sleptMs = 8 * 3_600_000;

    const logins = () => server.commands.filter((command) => command.startsWith('LOGIN')).length;
    await expect.poll(logins, soon).toBe(loginsBefore + 1);
    await expect.poll(() => server.connections, soon).toBe(1);
  });

  test('a machine that says it slept has a fresh connection at once, and one that was locked asks on the old one', async () => {
    const rig = await start({
      timing: { probe: 600_000, sleepCheck: 600_000, sentConnectionAfter: 600_000 },
    });
    await isOk(rig);
    await expect.poll(() => server.connections, soon).toBe(1);
    const asked = (name: string) => server.commands.filter((command) => command.startsWith(name)).length;
    const logins = asked('LOGIN');
    const fetches = asked('UID FETCH');

    rig.mail.resumed?.('lock');
    await expect.poll(() => asked('UID FETCH'), soon).toBeGreaterThan(fetches);
    expect(asked('LOGIN')).toBe(logins);
    rig.mail.resumed?.('sleep');

    await expect.poll(() => asked('LOGIN'), soon).toBe(logins + 1);
    await expect.poll(() => server.connections, soon).toBe(1);
  });

  test('an account that is switched off or removed is left alone', async () => {
    const rig = await start();
    await isOk(rig);

    rig.accounts.save(
      { id: 1, settings: { ...settingsFor(server), enabled: false }, password: null, opensFrom: null },
      null,
    );
    await expect.poll(() => server.connections, soon).toBe(0);
    expect(rig.health()).toEqual({ state: 'off' });
    rig.accounts.remove(1, null);

    expect(rig.mail.mailboxes()).toEqual([]);
  });
});
