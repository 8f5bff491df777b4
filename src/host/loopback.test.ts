import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { silentLogger } from '../core/platform/logger.ts';
import type { Backend } from '../core/app-types.ts';
import { prove } from './control-proof.ts';
import { listenOnLoopback, type Loopback } from './loopback.ts';

let loopback: Loopback;
let connected = 0;
let seen: { method: string; path: string; bytes: number }[] = [];
let present = true;

const backend: Backend = {
  connect(port) {
    connected += 1;
    port.send('{"t":"hello"}');
  },
  async web(asked) {
    const url = new URL(asked.url);
    const bytes = asked.body ? (await asked.arrayBuffer()).byteLength : 0;
    seen.push({ method: asked.method, path: url.pathname + url.search, bytes });
    if (!url.pathname.startsWith('/letter/')) return new Response('nothing', { status: 404 });
    return new Response('<p>Авария</p>', {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; sandbox",
      },
    });
  },
  tileOrigin: () => undefined,
  resumed: () => undefined,
  stop: async () => undefined,
  log: silentLogger,
};

beforeEach(async () => {
  connected = 0;
  seen = [];
  present = true;
  const rendererDir = mkdtempSync(join(tmpdir(), 'pult-page-'));
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'index.html'), '<title>Пульт</title>');
  writeFileSync(join(rendererDir, 'assets', 'app-1a2b.js'), 'run()');
  writeFileSync(join(rendererDir, '..', 'secret.txt'), 'secret');
  loopback = await listenOnLoopback({
    instance: 'desk1',
    secret: Buffer.alloc(32, 7).toString('base64url'),
    port: 0,
    rendererDir,
    backend: () => (present ? backend : undefined),
    log: silentLogger,
    now: () => Date.now(),
  });
});

afterEach(() => loopback.close());

type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** node:http, because fetch may not choose its Host and Origin. */
function ask(
  path: string,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port: loopback.port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const origin = () => `http://127.0.0.1:${loopback.port}`;

async function enter(): Promise<{ cookie: string }> {
  const { pathname, search } = new URL(loopback.makeLink());
  const answer = await ask(pathname + search);
  return { cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

async function socketToken(cookie: string): Promise<string> {
  const { body } = await ask('/desk1/session.json', { cookie });
  return (JSON.parse(body) as { token: string }).token;
}

function dial(headers: OutgoingHttpHeaders, protocols: string[], path = '/desk1/rpc'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${loopback.port}${path}`, protocols, {
      headers: headers as Record<string, string>,
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, answer) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => resolve(-1));
  });
}

describe('the link', () => {
  test('lets a browser in once, by a cookie that belongs to this desk alone', async () => {
    const { pathname, search } = new URL(loopback.makeLink());

    const first = await ask(pathname + search);
    const second = await ask(pathname + search);

    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/desk1/');
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^pult_desk1=[^;]+; Path=\/desk1\/; HttpOnly; SameSite=Strict$/,
    );
    expect(second.status).toBe(401);
    expect(second.body).toContain('npm start');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('used again by the browser it let in, it leads to the desk', async () => {
    const { pathname, search } = new URL(loopback.makeLink());
    const first = await ask(pathname + search);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';

    expect((await ask(pathname + search, { cookie })).status).toBe(303);
  });

  test('carries 256 bits', () => {
    expect(
      Buffer.from(new URL(loopback.makeLink()).searchParams.get('token') ?? '', 'base64url'),
    ).toHaveLength(32);
  });

  test('is given anew to whoever knows the secret in the data directory', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64url');
    const asked = (key: string, at: number) => ({
      authorization: `Pult ${at}.${prove(key, 'ask', String(at))}`,
    });
    const post = (headers: OutgoingHttpHeaders) => ask('/desk1/control/link', headers, 'POST');

    const given = await post(asked(secret, Date.now()));
    const guessed = await post(asked(Buffer.alloc(32, 8).toString('base64url'), Date.now()));
    const overheard = await post(asked(secret, Date.now() - 120_000));
    const fromPage = await post({ ...asked(secret, Date.now()), origin: origin() });

    const { link } = JSON.parse(given.body) as { link: string };
    const { pathname, search } = new URL(link);
    expect((await ask(pathname + search)).status).toBe(303);
    expect([guessed.status, overheard.status, fromPage.status]).toEqual([403, 403, 403]);
  });
});

describe('without a cookie', () => {
  test.each(['/desk1/', '/desk1/session.json', '/desk1/letter/1', '/desk1/assets/app-1a2b.js'])(
    'nothing is at %s',
    async (path) => {
      expect((await ask(path)).status).toBe(401);
      expect(seen).toEqual([]);
    },
  );

  test('a cookie of another desk, or a forged one, opens nothing', async () => {
    const { cookie } = await enter();
    const forged = `${cookie.slice(0, -3)}AAA`;

    expect((await ask('/desk1/', { cookie: forged })).status).toBe(401);
    expect((await ask('/desk1/', { cookie: cookie.replace('desk1', 'desk2') })).status).toBe(401);
    expect((await ask('/desk2/', { cookie })).status).toBe(404);
  });

  test('only health is told', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: '{"ok":true}' });
  });
});

test('a rebound name is turned away before anything else', async () => {
  const { cookie } = await enter();
  for (const host of [
    'evil.example',
    `evil.example:${loopback.port}`,
    '127.0.0.1',
    `localhost:${loopback.port}`,
  ]) {
    expect((await ask('/desk1/', { host, cookie })).status).toBe(421);
    expect((await ask('/healthz', { host })).status).toBe(421);
  }
});

test('a page from another port may not read or write with our cookie', async () => {
  const { cookie } = await enter();
  const other = 'http://127.0.0.1:9';

  expect((await ask('/desk1/letter/1', { cookie, origin: other })).status).toBe(403);
  expect((await ask('/desk1/letter/1', { cookie, 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await ask('/desk1/upload', { cookie, origin: other }, 'POST')).status).toBe(403);
  expect((await ask('/desk1/upload', { cookie }, 'POST')).status).toBe(403);
  expect(seen).toEqual([]);
});

describe('the page', () => {
  test('comes with a policy without inline script and is asked for again each time', async () => {
    const { cookie } = await enter();

    const page = await ask('/desk1/', { cookie });

    expect(page.body).toContain('Пульт');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.headers['content-security-policy']).toContain(`ws://127.0.0.1:${loopback.port}`);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['cache-control']).toBe('no-cache');
  });

  test('its hashed files may be kept for ever', async () => {
    const { cookie } = await enter();

    const file = await ask('/desk1/assets/app-1a2b.js', { cookie });

    expect(file).toMatchObject({ status: 200, body: 'run()' });
    expect(file.headers['content-type']).toContain('javascript');
    expect(file.headers['cache-control']).toContain('immutable');
  });

  test.each([
    '/desk1/../secret.txt',
    '/desk1/%2e%2e/secret.txt',
    '/desk1/..%2fsecret.txt',
    '/desk1/..%5csecret.txt',
    '/desk1/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/desk1/%00',
    '/desk1//etc/passwd',
  ])('gives nothing from outside: %s', async (path) => {
    const { cookie } = await enter();

    const answer = await ask(path, { cookie });

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('secret');
    expect(answer.body).not.toContain('root:');
  });
});

test('a letter keeps the policy core gave it', async () => {
  const { cookie } = await enter();

  const letter = await ask('/desk1/letter/5?remote=1', { cookie, 'sec-fetch-site': 'same-origin' });

  expect(letter.body).toBe('<p>Авария</p>');
  expect(letter.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  expect(letter.headers['x-content-type-options']).toBe('nosniff');
  expect(seen).toEqual([{ method: 'GET', path: '/letter/5?remote=1', bytes: 0 }]);
});

test('a file is uploaded whole', async () => {
  const { cookie } = await enter();

  await ask(
    '/desk1/upload',
    { cookie, origin: origin(), 'content-type': 'application/json' },
    'POST',
    Buffer.alloc(3_000_000),
  );

  expect(seen).toEqual([{ method: 'POST', path: '/upload', bytes: 3_000_000 }]);
});

test('a file beyond the limit is refused before it is read', async () => {
  const { cookie } = await enter();
  const headers = { cookie, origin: origin(), 'content-length': String(101 * 1024 * 1024) };

  const answer = await new Promise<number>((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port: loopback.port, path: '/desk1/upload', method: 'POST', headers },
      (response) => {
        resolve(response.statusCode ?? 0);
        asking.destroy();
      },
    );
    asking.on('error', reject);
    asking.write('begin');
  });

  expect(answer).toBe(413);
  expect(seen).toEqual([]);
});

describe('the socket', () => {
  test('opens for cookie, origin and token together', async () => {
    const { cookie } = await enter();
    const token = await socketToken(cookie);

    expect(await dial({ cookie, origin: origin() }, ['pult', `token.${token}`])).toBe(101);
    expect(connected).toBe(1);
  });

  test('stays shut when any of them is missing or foreign', async () => {
    const { cookie } = await enter();
    const token = `token.${await socketToken(cookie)}`;

    expect(await dial({ origin: origin() }, ['pult', token])).toBe(401);
    expect(await dial({ cookie, origin: 'http://127.0.0.1:9' }, ['pult', token])).toBe(403);
    expect(await dial({ cookie }, ['pult', token])).toBe(403);
    expect(await dial({ cookie, origin: origin() }, ['pult'])).toBe(403);
    expect(await dial({ cookie, origin: origin() }, ['pult', 'token.guess'])).toBe(403);
    expect(await dial({ cookie, origin: origin(), host: 'evil.example' }, ['pult', token])).toBe(421);
    expect(await dial({ cookie, origin: origin() }, ['pult', token], '/rpc')).toBe(404);
    expect(connected).toBe(0);
  });

  test('waits while the backend restarts', async () => {
    const { cookie } = await enter();
    const token = await socketToken(cookie);
    present = false;

    expect(await dial({ cookie, origin: origin() }, ['pult', `token.${token}`])).toBe(503);
    expect((await ask('/desk1/letter/1', { cookie })).status).toBe(503);
  });
});
