import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { startHttpProxy, startSocksProxy } from '../../../test/support/fakes/proxies.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { systemClock } from '../platform/clock.ts';
import { httpCall, httpLines, type HttpCall } from './http-call.ts';

async function serve(listener: RequestListener, tls?: { key: string; cert: string }) {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/send`, port, server };
}

const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () =>
    response.end(JSON.stringify({ method: request.method, headers: request.headers, body })),
  );
};

function call(url: string, over: Partial<HttpCall> = {}): HttpCall {
  const signal = new AbortController().signal;
  return { clock: systemClock, method: 'POST', url, timeoutMs: 5000, proxy: '', signal, ...over };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  return work.then(
    () => new AppError('internal', { message: 'it went well' }),
    (thrown: unknown) => toAppError(thrown),
  );
}

test('what is said comes through, and the moment before it is told', async () => {
  const { url } = await serve(echo);
  let wrote = 0;

  const answer = await httpCall(
    call(url, { body: 'Привет', headers: { 'X-Key': 'k' }, wrote: () => void (wrote += 1) }),
  );

  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({ method: 'POST', body: 'Привет', headers: { 'x-key': 'k' } });
  expect(wrote).toBe(1);
});

test('a redirect is an answer like any other: a key does not follow it elsewhere', async () => {
  const { url } = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
  );

  const answer = await httpCall(call(url));

  expect(answer.status).toBe(302);
  expect(answer.headers['location']).toBe('http://elsewhere.example/');
});

test.each([
  ['a name that does not exist', 'http://gateway.invalid/'],
  ['a port where nobody listens', 'http://127.0.0.1:1/'],
])('%s: nothing was written', async (_name, url) => {
  const wrote = () => expect.unreachable();

  const error = await failureOf(httpCall(call(url, { wrote })));

  expect(error.reason).toBe('route-unavailable');
  expect(error.details).toMatchObject({ certainty: 'not-sent', scope: 'route' });
});

test('a server that nobody vouches for gets nothing, unless its certificate was given', async () => {
  const certificate = makeCertificate();
  const { url } = await serve(echo, certificate);

  const stranger = await failureOf(httpCall(call(url)));
  const known = await httpCall(call(url, { caCertificate: certificate.cert }));

  expect(stranger.details).toMatchObject({ reason: 'route-unavailable', certainty: 'not-sent' });
  expect(known.status).toBe(200);
});

test('an address that is none is refused without telling the key that stands in it', async () => {
  const error = await failureOf(httpCall(call('gateway.example/bot123:secret/send?apiKey=secret')));

  expect(error.details).toMatchObject({ reason: 'route-not-set-up', certainty: 'not-sent' });
  expect(JSON.stringify(error.details) + error.message).not.toContain('secret');
});

test('a header with a line break in it is refused before anything is written', async () => {
  const { url } = await serve(echo);

  const error = await failureOf(httpCall(call(url, { headers: { 'x-key': 'a\r\nx-other: b' } })));

  expect(error.details).toMatchObject({ reason: 'route-not-set-up', certainty: 'not-sent' });
});

test('silence before the connection stands and silence after the request are told apart', async () => {
  const clock = createFakeClock();
  let asked = 0;
  const { url } = await serve(() => void (asked += 1));
  const error = failureOf(httpCall(call(url, { clock, timeoutMs: 1000 })));
  await expect.poll(() => asked).toBe(1);
  await clock.advance(1000);

  const proxy = await serve(() => {});
  proxy.server.on('connect', () => void (asked += 1));
  const throughProxy = failureOf(
    httpCall(
      call('https://gateway.example/', { clock, timeoutMs: 1000, proxy: `http://127.0.0.1:${proxy.port}` }),
    ),
  );
  await expect.poll(() => asked).toBe(2);
  await clock.advance(1000);

  expect((await error).details).toMatchObject({ reason: 'route-timeout', certainty: 'unknown' });
  expect((await throughProxy).details).toMatchObject({ reason: 'route-timeout', certainty: 'not-sent' });
  expect(clock.sleeping).toBe(0);
});

test('an answer without end is not read to its end', async () => {
  const { url } = await serve((_request, response) => {
    const more = () => void (response.write('x'.repeat(10_000)) && setImmediate(more));
    response.on('drain', more);
    more();
  });

  const error = await failureOf(httpCall(call(url, { mostBytes: 50_000 })));

  expect(error.details).toMatchObject({ reason: 'route-answer-unreadable', certainty: 'unknown' });
});

test('what speaks no http is an answer nobody can read', async () => {
  const { url, server } = await serve(() => {});
  server.removeAllListeners('connection');
  server.on('connection', (socket: import('node:net').Socket) => socket.end('220 mail.example ESMTP\r\n'));

  const error = await failureOf(httpCall(call(url)));

  expect(error.details).toMatchObject({ reason: 'route-answer-unreadable', certainty: 'unknown' });
});

test.each([
  ['an http proxy', startHttpProxy],
  ['a socks proxy', startSocksProxy],
])('%s carries both kinds of addresses, and one that is gone has got nothing', async (_name, start) => {
  const certificate = makeCertificate();
  const open = await serve(echo);
  const secure = await serve(echo, certificate);
  const proxy = await start();
  onTestFinished(proxy.stop);

  const plain = await httpCall(call(open.url, { proxy: proxy.url, body: 'a' }));
  const hidden = await httpCall(
    call(secure.url, { proxy: proxy.url, body: 'b', caCertificate: certificate.cert }),
  );
  const shut = await failureOf(
    httpCall(call(secure.url, { proxy: proxy.url.replace('desk:way@', 'desk:wrong@') })),
  );

  expect(plain.json()).toMatchObject({ body: 'a' });
  expect(hidden.json()).toMatchObject({ body: 'b' });
  expect(proxy.asked).toHaveLength(proxy.url.startsWith('socks') ? 2 : 3);
  expect(proxy.asked).toContain(`CONNECT 127.0.0.1:${secure.port}`);
  expect(shut.details).toMatchObject({ reason: 'route-unavailable', certainty: 'not-sent' });
});

test('a proxy that cannot reach the server says so before anything is written', async () => {
  const socks = await startSocksProxy();
  await socks.stop();

  const error = await failureOf(httpCall(call('https://gateway.example/', { proxy: socks.url })));

  expect(error.details).toMatchObject({ reason: 'route-unavailable', certainty: 'not-sent' });
});

test('an endless answer is heard line by line, cut wherever the network cuts it', async () => {
  const { url } = await serve((_request, response) => {
    response.write('{"a":"щ');
    setImmediate(() => response.end('"}\r\n{"b":1}\n{"c":2}'));
  });
  const heard: string[] = [];

  const answer = await httpLines(call(url), (line) => void heard.push(line));

  expect(answer.status).toBe(200);
  expect(heard).toEqual(['{"a":"щ"}', '{"b":1}', '{"c":2}']);
});

test('an endless answer that falls silent is given up', async () => {
  const clock = createFakeClock();
  const { url } = await serve((_request, response) => void response.write('one\n'));
  const heard: string[] = [];
  const failure = failureOf(
    httpLines(call(url, { clock, timeoutMs: 1000 }), (line) => void heard.push(line)),
  );
  await expect.poll(() => heard.length).toBe(1);

  await clock.advance(1000);

  expect((await failure).reason).toBe('route-timeout');
});

test('a refused endless answer is given back whole', async () => {
  const { url } = await serve((_request, response) => response.writeHead(401).end('no\nentry'));

  const answer = await httpLines(call(url), () => expect.unreachable());

  expect(answer).toMatchObject({ status: 401, text: 'no\nentry' });
});
