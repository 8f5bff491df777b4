import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type RelayOptions, startRelay } from '../../tools/relay/relay-server.ts';

type Events = {
  readonly events: readonly { readonly id: string; readonly signature: string; readonly body: string }[];
};

const readToken = 'read';
const newDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'pult-relay-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

async function open(over: Partial<RelayOptions> = {}) {
  const options = {
    host: '127.0.0.1',
    port: 0,
    directory: newDirectory(),
    verifyToken: 'verify',
    readToken,
    ...over,
  };
  const relay = await startRelay(options);
  onTestFinished(relay.stop);
  const url = `http://127.0.0.1:${relay.port}`;
  const post = (body: string, signature?: string) =>
    fetch(`${url}/webhook`, {
      method: 'POST',
      body,
      headers: signature === undefined ? {} : { 'x-hub-signature-256': signature },
    }).then(({ status }) => status);
  const read = async (after = '', wait = 0): Promise<Events['events']> => {
    const answer = await fetch(`${url}/events?after=${after}&wait=${wait}`, {
      headers: { authorization: `Bearer ${readToken}` },
    });
    return ((await answer.json()) as Events).events;
  };
  const bodies = async (after = '') =>
    (await read(after)).map(({ body }) => Buffer.from(body, 'base64').toString());
  return { relay, url, post, read, bodies };
}

test('a webhook is confirmed to who knows the token, and to nobody else', async () => {
  const { url } = await open();
  const ask = (token: string) =>
    fetch(`${url}/webhook?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=4711`);

  const [known, unknown] = await Promise.all([ask('verify'), ask('guess')]);

  expect([known.status, await known.text()]).toEqual([200, '4711']);
  expect(unknown.status).toBe(403);
});

test('what comes is given back byte for byte with its signature, as often as it is asked for', async () => {
  const { post, read } = await open();

  await post('{"текст":"\u{1F5FC}"}', 'sha256=aa');

  const first = await read();
  expect(await read()).toEqual(first);
  expect(first.map(({ signature }) => signature)).toEqual(['sha256=aa']);
  expect(Buffer.from(first[0]!.body, 'base64').toString()).toBe('{"текст":"\u{1F5FC}"}');
});

test('reading goes on behind the last event that was dealt with', async () => {
  const { post, read, bodies } = await open();
  for (const body of ['one', 'two', 'three']) await post(body, 'sha256=aa');
  const [one] = await read();

  expect(await bodies(one?.id)).toEqual(['two', 'three']);
});

test('a restart loses nothing and gives no id twice', async () => {
  const directory = newDirectory();
  const before = await open({ directory });
  await before.post('before', 'sha256=aa');
  const [event] = await before.read();
  await before.relay.stop();

  const after = await open({ directory });
  await after.post('after', 'sha256=aa');

  expect(await after.bodies()).toEqual(['before', 'after']);
  expect(await after.bodies(event?.id)).toEqual(['after']);
});

test('who waits is answered as soon as something comes', async () => {
  const { post, read } = await open();
  const waiting = read('', 25);

  await post('late', 'sha256=aa');

  expect(await waiting).toHaveLength(1);
});

test('nobody reads without the token', async () => {
  const { url } = await open();

  const answers = await Promise.all([
    fetch(`${url}/events`),
    fetch(`${url}/events`, { headers: { authorization: 'Bearer guess' } }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test('with the app secret it keeps only what Meta has signed', async () => {
  const { post, bodies } = await open({ appSecret: 'secret' });
  const signed = `sha256=${createHmac('sha256', 'secret').update('real').digest('hex')}`;

  expect(await post('forged', 'sha256=aa')).toBe(403);
  expect(await post('real', signed)).toBe(200);
  expect(await bodies()).toEqual(['real']);
});

test('what is too long or unsigned is not kept', async () => {
  const { post, bodies } = await open();

  expect(await post('unsigned')).toBe(403);
  expect(await post('x'.repeat(1024 * 1024 + 1), 'sha256=aa')).toBe(413);
  expect(await bodies()).toEqual([]);
});
