import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from './dovecot.ts';

const letter = (subject: string) =>
  [
    'From: noc@tele-op.example',
    'To: desk@towers.example',
    `Subject: ${subject}`,
    '',
    '.начало с точки',
    '',
  ].join('\r\n');

describe.skipIf(!hasDovecot)('the test mail server', () => {
  let dovecot: Dovecot;
  const clients: ImapFlow[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot({ users: { 'desk@towers.example': 'secret' }, sentFolder: 'Отправленные' });
  });

  afterAll(async () => {
    for (const client of clients) client.close();
    await dovecot.stop();
  });

  const connect = async (user: string, pass = 'secret', secure = false) => {
    const client = new ImapFlow({
      host: dovecot.host,
      port: secure ? dovecot.imaps : dovecot.imap,
      secure,
      tls: { ca: dovecot.caCert },
      auth: { user, pass },
      logger: false,
    });
    client.on('error', () => {});
    clients.push(client);
    await client.connect();
    return client;
  };

  it('shows a delivered letter, and letters put into a folder in the order given, with their dates', async () => {
    await dovecot.deliver('desk@towers.example', letter('delivered'));
    const receivedAt = Date.UTC(2026, 2, 4, 5, 12);
    dovecot.fill(
      'desk@towers.example',
      Array.from({ length: 200 }, (_, index) => ({
        raw: letter(`old ${index}`),
        receivedAt: receivedAt + index * 1000,
      })),
      'Архив/2026',
    );

    const client = await connect('desk@towers.example', 'secret', true);
    await client.mailboxOpen('INBOX');
    const [delivered] = await client.fetchAll('1:*', { uid: true, envelope: true, source: true });
    await client.mailboxOpen('Архив/2026');
    const old = await client.fetchAll('1:*', { uid: true, envelope: true, internalDate: true });

    expect(delivered?.envelope?.subject).toBe('delivered');
    expect(delivered?.source?.toString()).toContain('\r\n.начало');
    expect(old.map((message) => message.envelope?.subject)).toEqual(old.map((_, index) => `old ${index}`));
    expect(old).toHaveLength(200);
    expect(new Date(old[7]!.internalDate!).getTime()).toBe(receivedAt + 7000);
  });

  it('has a Sent folder known by its special use, whatever its name', async () => {
    const client = await connect('desk@towers.example');

    const sent = (await client.list()).find((folder) => folder.specialUse === '\\Sent');

    expect(sent?.path).toBe('Отправленные');
  });

  it('lets users be added and refuses a wrong password at once', async () => {
    dovecot.setPassword('second', 'one');

    await expect(connect('second', 'two')).rejects.toMatchObject({ authenticationFailed: true });
    const client = await connect('second', 'one');

    expect(client.authenticated).toBeTruthy();
  });

  it('expunges, changes UIDVALIDITY and cuts live connections on demand', async () => {
    dovecot.setPassword('third', 'secret');
    dovecot.fill('third', [letter('1'), letter('2'), letter('3')]);
    const before = await connect('third');
    const { uidValidity } = await before.mailboxOpen('INBOX');

    await dovecot.expunge('third', '2');
    expect(await dovecot.uids('third')).toEqual([1, 3]);
    const closed = new Promise((resolve) => before.once('close', resolve));
    dovecot.killConnections();
    await closed;
    dovecot.resetUidValidity('third');
    const after = await connect('third');
    const reopened = await after.mailboxOpen('INBOX');

    expect(reopened.uidValidity).not.toBe(uidValidity);
    expect(await dovecot.uids('third')).toEqual([1, 2]);
  });

  it('can be gone for a while and come back with the same letters', async () => {
    dovecot.setPassword('fourth', 'secret');
    await dovecot.deliver('fourth', letter('kept'));

    await dovecot.halt();
    await expect(connect('fourth')).rejects.toThrow();
    await dovecot.resume();

    expect(await dovecot.uids('fourth')).toEqual([1]);
  });
});
