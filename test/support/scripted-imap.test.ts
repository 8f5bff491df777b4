import { ImapFlow } from 'imapflow';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchLine } from './scripted-imap-defaults.ts';
import { imapLoginRefusals, startScriptedImap, throttled } from './scripted-imap.ts';
import type { ScriptedImap, ScriptedImapOptions } from './scripted-imap.ts';

const open: { servers: ScriptedImap[]; clients: ImapFlow[] } = { servers: [], clients: [] };

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.close();
  for (const server of open.servers.splice(0)) await server.stop();
});

async function start(options?: ScriptedImapOptions) {
  const server = await startScriptedImap(options);
  open.servers.push(server);
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'desk', pass: 'secret' },
    logger: false,
    autoIdleDelay: 20,
    socketTimeout: 2000,
    greetingTimeout: 300,
  });
  client.on('error', () => {});
  open.clients.push(client);
  return { server, client };
}

const letter = 'Subject: one\r\n\r\nfirst line\r\nsecond line\r\n';

describe('the scripted IMAP server', () => {
  it('behaves well by default: login, folders, fetch, idle, append', async () => {
    const { server, client } = await start();
    server.deliver(letter, { receivedAt: Date.UTC(2026, 2, 4) });
    await client.connect();
    await client.mailboxOpen('INBOX');

    const first = await client.fetchOne('1', { uid: true, source: true, internalDate: true });
    const exists = new Promise((resolve) => client.once('exists', resolve));
    await expect.poll(() => server.commands.at(-1)).toBe('IDLE');
    server.deliver(letter);
    await exists;
    const appended = await client.append('Sent', letter, ['\\Seen']);
    const sent = (await client.list()).find((folder) => folder.specialUse === '\\Sent');

    expect(first && first.source?.toString()).toBe(letter);
    expect(first && new Date(first.internalDate!).toISOString()).toBe('2026-03-04T00:00:00.000Z');
    expect(appended && appended.uid).toBe(1);
    expect(server.state.folders.get('Sent')!.messages[0]!.raw.toString()).toBe(letter);
    expect(sent?.path).toBe('Sent');
  });

  it.each(Object.entries(imapLoginRefusals))('refuses a login in the words of %s', async (_name, text) => {
    const { client } = await start({ handlers: { LOGIN: ({ no }) => no(text) } });

    await expect(client.connect()).rejects.toMatchObject({ authenticationFailed: true });
  });

  it('keeps a client waiting for the greeting', async () => {
    const { client } = await start({ beforeGreeting: () => new Promise(() => {}) });

    await expect(client.connect()).rejects.toMatchObject({ code: 'GREETING_TIMEOUT' });
  });

  it('drops the connection in the middle of a literal, and says BYE to one that idles', async () => {
    const { server, client } = await start();
    server.deliver(letter);
    const undo = server.on('FETCH', ({ connection, args }) => {
      const line = fetchLine(1, server.state.folders.get('INBOX')!.messages[0]!, args);
      connection.send(Buffer.concat([Buffer.from('* '), line.subarray(0, -20)]));
      connection.drop();
    });
    await client.connect();
    await client.mailboxOpen('INBOX');

    await expect(client.fetchOne('1', { source: true })).rejects.toThrow();
    undo();
    const second = await start();
    await second.client.connect();
    await second.client.mailboxOpen('INBOX');
    await expect.poll(() => second.server.commands.at(-1)).toBe('IDLE');
    const closed = new Promise((resolve) => second.client.once('close', resolve));
    second.server.byeAll('going down');

    await closed;
  });

  it('throttles with a hint that the client understands', async () => {
    const { server, client } = await start();
    await client.connect();
    server.on('SELECT', throttled(10));

    await expect(client.mailboxOpen('INBOX')).rejects.toMatchObject({
      code: 'ETHROTTLE',
      throttleReset: 10,
    });
  });

  it('changes UIDVALIDITY without telling a live connection', async () => {
    const { server, client } = await start();
    server.deliver(letter);
    await client.connect();
    const before = await client.mailboxOpen('INBOX');
    server.changeUidValidity(2000);
    const same = await client.fetchOne('1', { uid: true });
    await client.mailboxClose();
    const after = await client.mailboxOpen('INBOX');

    expect(before.uidValidity).toBe(1000n);
    expect(same && same.uid).toBe(1);
    expect(after.uidValidity).toBe(2000n);
  });
});
