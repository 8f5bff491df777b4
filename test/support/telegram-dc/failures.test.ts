import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import { contractor, irina, technician } from './sample-world.ts';
import { collectUpdates, setUpTelegram } from './test-kit.ts';

const { start, startDc, signedIn, connectTo } = setUpTelegram();
const account = irina.account;
const getState = () => new Api.updates.GetState();

describe('failures on command', () => {
  it('answer with an error or a flood as often as was said, late, or never', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    dc.fault({ method: 'updates.GetState', times: 2, error: { code: 400, message: 'NO' } });
    dc.fault({ method: 'updates.GetState', floodSeconds: 77 });
    dc.fault({ method: 'updates.GetState', delayMs: 60 });

    await expect(client.invoke(getState())).rejects.toMatchObject({ errorMessage: 'NO' });
    await expect(client.invoke(getState())).rejects.toMatchObject({ errorMessage: 'NO' });
    await expect(client.invoke(getState())).rejects.toMatchObject({ seconds: 77 });
    const startedAt = performance.now();
    await client.invoke(getState());

    expect(performance.now() - startedAt).toBeGreaterThan(55);
  });

  it('do the work and lose the answer, once', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    dc.fault({ method: 'messages.SendMessage', after: true });

    // The client sends the same request again after it has reconnected.
    await expect(client.sendMessage('denis_tech', { message: 'один раз' })).rejects.toThrow();

    expect(dc.calls().map(({ error }) => error)).toContain('RANDOM_ID_DUPLICATE');
    expect(dc.log({ account, chat: technician }).filter(({ text }) => text === 'один раз')).toHaveLength(1);
  });

  it('do what is to follow another request after it, and not without it', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const getPassword = () => new Api.account.GetPassword();
    const follow = () => {
      const msgId = bigInt(dc.calls().find(({ method }) => method === 'account.GetPassword')!.msgId!);
      return client.invoke(new Api.InvokeAfterMsg({ msgId, query: getState() }));
    };
    dc.fault({ method: 'account.GetPassword', delayMs: 60 });
    dc.fault({ method: 'account.GetPassword', error: { code: 400, message: 'NO' } });

    const slow = client.invoke(getPassword());
    await expect.poll(() => dc.calls().at(-1)?.method).toBe('account.GetPassword');
    const order = await Promise.all([
      slow.then(() => performance.now()),
      follow().then(() => performance.now()),
    ]);
    dc.clearCalls();
    await expect(client.invoke(getPassword())).rejects.toMatchObject({ errorMessage: 'NO' });

    expect(order).toEqual(order.toSorted((a, b) => a - b));
    await expect(follow()).rejects.toThrow();
    expect(dc.calls().at(-1)?.error).toBe('MSG_WAIT_FAILED');
  });

  it('keep everything back and send it in one container', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const updates = collectUpdates(client);
    dc.hold({ on: true });
    const asked = [client.invoke(getState()), client.invoke(new Api.messages.GetDialogFilters())];
    await expect.poll(() => dc.calls().at(-1)?.method).toBe('messages.GetDialogFilters');
    dc.receive({ account, chat: technician, text: 'в том же пакете' });

    dc.hold({ on: false });
    await Promise.all(asked);

    await expect.poll(() => updates.length).toBe(1);
  });

  it('cut sockets, and listen no more until they come back on the same ports', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const { ports } = dc.network();

    dc.drop();
    await client.invoke(getState());
    await dc.down();
    await expect(canConnect(ports[2]!)).resolves.toBe(false);
    await dc.up();
    await client.invoke(getState());

    expect(dc.network().ports).toEqual(ports);
  });

  it('change salts and turn the clock without losing a request', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    dc.clearCalls();
    dc.rotateSalts();
    await client.invoke(getState());
    expect(dc.refusals()).toEqual([48]);
    dc.skew({ seconds: 4000 });
    await client.invoke(getState());
    dc.skew({ seconds: 0 });
    const { date } = await client.invoke(getState());

    expect(Math.abs(date - Date.now() / 1000)).toBeLessThan(3);
    expect(dc.refusals()).toEqual(expect.arrayContaining([16, 17]));
  });

  it('tell a connection that its session was ended elsewhere', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const updates = collectUpdates(client);

    dc.revoke({ account });

    await expect.poll(() => updates.map(({ className }) => className)).toEqual(['UpdatesTooLong']);
  });

  it('end a session from elsewhere', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    expect(dc.revoke({ account, error: 'AUTH_KEY_UNREGISTERED' })).toEqual({ sessions: 1 });

    await expect(client.invoke(getState())).rejects.toMatchObject({
      code: 401,
      errorMessage: 'AUTH_KEY_UNREGISTERED',
    });
    expect(dc.sessions({ account })).toEqual({ connected: 0, signedIn: 0 });
  });

  it('know no key any more after they have forgotten them', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const saved = String(client.session.save());
    await client.destroy();

    dc.forgetKeys();
    const calls = dc.calls().length;
    const again = connectTo(dc, { saved });

    // The client learns of it by a transport error and makes no new key by itself.
    await Promise.race([again.connect(), expect.poll(() => dc.calls().length).toBe(calls)]);
    expect(dc.sessions({ account })).toEqual({ connected: 0, signedIn: 0 });
  });
});

describe('strictness', () => {
  it('accepts only the right application, and nothing before signing in', async () => {
    const dc = await start();
    const client = connectTo(dc);
    await client.connect();
    const sendCode = (apiId: number, apiHash: string) => {
      const settings = new Api.CodeSettings({});
      return client.invoke(new Api.auth.SendCode({ phoneNumber: irina.phone, apiId, apiHash, settings }));
    };

    await expect(client.invoke(getState())).rejects.toMatchObject({ errorMessage: 'AUTH_KEY_UNREGISTERED' });
    await expect(sendCode(12_345, 'wrong')).rejects.toMatchObject({ errorMessage: 'API_ID_INVALID' });
    dc.setApi({ id: 7, hash: 'mine' });
    expect(await sendCode(7, 'mine')).toMatchObject({ type: { className: 'auth.SentCodeTypeApp' } });
  });

  it('names how the code was sent, and by which way it can be sent again', async () => {
    const dc = await start();
    const client = connectTo(dc);
    await client.connect();
    const phoneNumber = irina.phone;
    const settings = new Api.CodeSettings({});
    const apiHash = '0123456789abcdef0123456789abcdef';
    const first = await client.invoke(
      new Api.auth.SendCode({ phoneNumber, apiId: 12_345, apiHash, settings }),
    );
    const phoneCodeHash = 'phoneCodeHash' in first ? first.phoneCodeHash : '';
    const resend = () => client.invoke(new Api.auth.ResendCode({ phoneNumber, phoneCodeHash }));

    const kinds = [await resend(), await resend(), await resend()].map((sent) =>
      'type' in sent ? sent.type.className : '',
    );

    expect(kinds).toEqual(['auth.SentCodeTypeSms', 'auth.SentCodeTypeCall', 'auth.SentCodeTypeFlashCall']);
    await expect(resend()).rejects.toMatchObject({ errorMessage: 'SEND_CODE_UNAVAILABLE' });
  });

  it('reports a method that nobody wrote', async () => {
    const dc = await startDc();
    const client = await signedIn(dc);

    await expect(
      client.invoke(new Api.photos.GetUserPhotos({ userId: 'me', offset: 0, maxId: bigInt.zero, limit: 1 })),
    ).rejects.toMatchObject({ errorMessage: 'METHOD_NOT_IN_TEST_DC' });
    expect(dc.unhandled()).toEqual(['photos.GetUserPhotos']);
  });

  it('cuts a connection whose bytes are damaged, and says what was wrong', async () => {
    const dc = await startDc();
    const port = dc.network().ports[2]!;

    await exchange(port, toFullPacket(Buffer.alloc(40), { damage: true }));
    await exchange(
      port,
      toFullPacket(Buffer.concat([Buffer.alloc(16), Buffer.from('04000000deadbeef', 'hex')])),
    );

    expect(dc.problems()).toHaveLength(2);
    expect(dc.problems()[0]).toContain('crc does not fit');
  });

  it('answers an unknown key with 404', async () => {
    const dc = await start();
    const packet = toFullPacket(Buffer.alloc(104, 7));

    const answer = await exchange(dc.network().ports[2]!, packet, 16);

    expect(answer.readInt32LE(8)).toBe(-404);
  });

  it('stays small when a hundred thousand messages pass through', async () => {
    const dc = await start({ keepMessages: 1000 });
    await dc.burst({ account, chat: contractor, count: 20_000 });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;

    await dc.burst({ account, chat: contractor, count: 80_000 });

    globalThis.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40_000_000);
    expect(dc.log({ account, chat: contractor }).length).toBeLessThanOrEqual(1250);
  });
});

function toFullPacket(payload: Buffer, { damage = false } = {}): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32LE(payload.length + 12, 0);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(damage ? 1 : crc32(Buffer.concat([head, payload])));
  return Buffer.concat([head, payload, checksum]);
}

/** What comes back until that many bytes are there, or the connection is closed. */
function exchange(port: number, bytes: Buffer, enough = Number.POSITIVE_INFINITY): Promise<Buffer> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= enough) socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', () => {});
  });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
