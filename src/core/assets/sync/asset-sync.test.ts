import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../../test/support/asset-kit.ts';
import type { SaveSource } from './sources.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let kit: AssetKit;
let server: Server;
let url: string;
let asked: IncomingMessage[];
let answer: Answer;

beforeEach(async () => {
  kit = createAssetKit();
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/poles`;
});
afterEach(async () => {
  await kit.assets.sync.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  kit.end();
});

const mapping = {
  kind: 'pole',
  columns: { externalId: 'id', code: 'site.code', emails: 'mails' },
  encoding: 'utf-8',
  separator: ';',
  complete: true,
  listPath: 'data.items',
} as const;
const items = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    id: from + at,
    site: { code: `${10_000 + from + at}-P-1` },
    mails: [`a${at}@x.example`],
  }));
const gives =
  (list: unknown, etag = ''): Answer =>
  (request, response) => {
    if (etag !== '' && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, etag === '' ? {} : { etag }).end(JSON.stringify({ data: { items: list } }));
  };
const save = (more: Partial<SaveSource> = {}) =>
  kit.assets.saveSource(
    {
      name: 'Реестр',
      url,
      authHeader: 'X-Key',
      secret: 'sesame',
      mapping,
      everyMinutes: 60,
      active: true,
      ...more,
    },
    kit.actor,
  );
const sync = (id: number, force = false) => kit.assets.sync.syncNow(id, force, kit.actor);
const source = () => kit.assets.sources()[0]!;
const minute = 60_000;

test('takes the list at its path with the key in its header, and asks for it anew only when it changed', async () => {
  answer = gives(items(3), '"v1"');
  const id = save();

  const first = await sync(id);
  const second = await sync(id);

  expect(first).toMatchObject({ state: 'done', rows: 3, added: 3 });
  expect(second.id).toBe(first.id);
  expect(asked.map(({ headers }) => [headers['x-key'], headers['if-none-match']])).toEqual([
    ['sesame', undefined],
    ['sesame', '"v1"'],
  ]);
  expect(kit.assets.view(1)).toMatchObject({ code: '10000-P-1', externalId: '0', emails: ['a0@x.example'] });
});

test('the key is sealed at rest and never leaves for another host', async () => {
  answer = gives(items(1));
  const id = save();
  const columns = kit.db.prepare<[], { auth_sealed: string }>('SELECT auth_sealed FROM asset_source').get();
  const other = url.replace('127.0.0.1', 'localhost');

  await kit.assets.sync.trySource({ id, url: other, authHeader: 'X-Key', listPath: 'data.items' });
  await kit.assets.sync.trySource({ id, url, authHeader: 'X-Key', listPath: 'data.items' });
  save({ id, url: other, secret: undefined });

  expect(columns?.auth_sealed).not.toContain('sesame');
  expect(JSON.stringify(kit.assets.sources())).not.toContain('sesame');
  expect(asked.map(({ headers }) => headers['x-key'])).toEqual([undefined, 'sesame']);
  expect(source()).toMatchObject({ hasSecret: false });
});

test('trying a source tells its columns and guesses the mapping', async () => {
  answer = gives(items(2));

  const tried = await kit.assets.sync.trySource({ url, authHeader: '', listPath: 'data.items' });

  expect(tried).toMatchObject({
    columns: ['id', 'site.code', 'mails'],
    rows: 2,
    sample: [
      ['0', '10000-P-1', 'a0@x.example'],
      ['1', '10001-P-1', 'a1@x.example'],
    ],
    mapping: { columns: { externalId: 'id', code: 'site.code' }, listPath: 'data.items' },
  });
  expect(kit.assets.sources()).toEqual([]);
});

test('stops when the source is suddenly empty, waits for a person, and takes it when told', async () => {
  answer = gives(items(200), '"v1"');
  const id = save();
  await sync(id);
  answer = gives([], '"v2"');

  await kit.assets.sync.start(new AbortController().signal);
  const asks = await sync(id);
  const standing = [source().nextAt, kit.assets.lists().total, kit.assets.sync.health()];
  const forced = await sync(id, true);

  expect(asks).toMatchObject({ state: 'asks', guard: 'empty', guardOf: 200 });
  expect(standing).toEqual([
    null,
    200,
    { state: 'needs-attention', reason: 'asset-source-asks', facts: { name: 'Реестр' } },
  ]);
  expect(forced).toMatchObject({ state: 'done', gone: 200 });
  expect(source().nextAt).toBe(kit.clock.now() + 60 * minute);
  expect(kit.assets.sync.health()).toEqual({ state: 'ok' });
});

test.each<[string, Answer, string, string]>([
  ['a wrong key', (_, response) => void response.writeHead(401).end(), 'denied', 'source-refused'],
  ['a failure', (_, response) => void response.writeHead(503).end(), 'unavailable', 'source-status'],
  ['a page', (_, response) => void response.end('<html>'), 'invalid-input', 'not-json'],
  ['another shape', (_, response) => void response.end('{"data":{}}'), 'invalid-input', 'list-missing'],
  [
    'a move',
    (_, response) => void response.writeHead(302, { location: '/other' }).end(),
    'upstream',
    'source-moved',
  ],
  ['a cut', (_, response) => void response.destroy(), 'unavailable', 'source-unreachable'],
  [
    'gigabytes in a nutshell',
    (_, response) =>
      void response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(60 * 1024 * 1024))),
    'upstream',
    'too-large',
  ],
])('%s leaves the registry as it was and is told as it is', async (_name, bad, code, reason) => {
  answer = gives(items(2));
  const id = save();
  await sync(id);
  answer = bad;

  await expect(sync(id)).rejects.toMatchObject({ code, details: { reason } });
  await expect(sync(id)).rejects.toMatchObject({ code });

  expect(kit.assets.lists().total).toBe(2);
  // Down all night is one line, not hundreds.
  expect(kit.assets.runs().map(({ state, error }) => [state, error])).toEqual([
    ['failed', reason],
    ['done', null],
  ]);
  const waitMs = source().nextAt! - kit.clock.now();
  expect(waitMs).toBeGreaterThanOrEqual(minute);
  expect(waitMs).toBeLessThanOrEqual(2 * minute);
});

test('is asked by the clock, and again sooner while it fails', async () => {
  answer = gives(items(2));
  save();
  await kit.assets.sync.start(new AbortController().signal);
  await expect.poll(() => source().nextAt, { timeout: 8000 }).toBe(kit.clock.now() + 60 * minute);

  expect(kit.assets.lists().total).toBe(2);
  answer = (_, response) => void response.writeHead(500).end();
  kit.clock.jump(61 * minute);
  kit.assets.sync.wake();
  await expect
    .poll(() => kit.assets.sync.health(), { timeout: 8000 })
    .toMatchObject({ reason: 'asset-source-failed' });

  expect(source().nextAt! - kit.clock.now()).toBeLessThanOrEqual(minute);
});

test('closing the desk does not wait for a source that never answers', async () => {
  answer = () => {};
  const id = save();
  await kit.assets.sync.start(new AbortController().signal);
  await expect.poll(() => asked.length).toBe(1);

  await kit.assets.sync.stop();

  expect(kit.stores.assetSources.require(id).failures).toBe(0);
});

test('a source without the column of the code, or with a name that is taken, is not saved', () => {
  answer = gives([]);
  save();

  expect(() => save({ name: 'Другой', mapping: { ...mapping, columns: {} } })).toThrow(
    expect.objectContaining({ details: { reason: 'column-unmapped' } }),
  );
  expect(() => save()).toThrow(expect.objectContaining({ details: { reason: 'source-taken' } }));
});
