import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createGramjsPort } from '../../src/core/telegram/gramjs/gramjs-port.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { bot, boris, irina, technician } from '../support/telegram-dc/sample-world.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { findPeer, setUpTelegramRig, signInByCode } from './telegram-rig.ts';

const { start, open, signedIn, lines } = setUpTelegramRig();
const never = new AbortController().signal;
const account = irina.account;
const state = { pts: 1, qts: 0, date: 1, seq: 0 };

describe('a call', () => {
  it('that is not answered ends with a time-out, and the next one works', async () => {
    const dc = await start();
    const clock = createFakeClock();
    const { connection } = await signedIn(dc, clock);
    dc.fault({ method: 'messages.SendMessage', ignore: true });
    const peer = await findPeer(connection, 'u2001');
    const message = { peer, text: 'долго', entities: [], replyTo: null, files: [], randomIds: ['1'] };

    const sending = connection.send(message, { wrote() {} }, never);
    sending.catch(() => undefined);
    await expect.poll(() => dc.calls().some(({ method }) => method === 'messages.SendMessage')).toBe(true);
    await clock.advance(29_000);
    await clock.advance(2000);

    await expect(sending).rejects.toMatchObject({ code: 'timeout', reason: 'timeout' });
    expect((await connection.self()).peer.id).toBe('u1001');
  });

  it('is given up when its caller wants no answer any more', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    dc.fault({ method: 'messages.SendMessage', ignore: true });
    const abort = new AbortController();

    const sending = connection.send(
      { peer, text: 'нет', entities: [], replyTo: null, files: [], randomIds: ['1'] },
      { wrote: () => abort.abort() },
      abort.signal,
    );

    await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('in the middle of which the connection is closed is cancelled, and closing takes no time', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    dc.fault({ method: 'updates.GetDifference', ignore: true });
    const asking = connection.difference(state);
    asking.catch(() => undefined);
    await expect.poll(() => dc.calls().at(-1)?.method).toBe('updates.GetDifference');
    const startedAt = performance.now();

    await connection.close();

    expect(performance.now() - startedAt).toBeLessThan(2000);
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    await expect(connection.self()).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => dc.sessions({ account }).connected).toBe(0);
    await connection.close();
  });

  it('is tried again when the servers are in trouble and asking twice does no harm', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const error = { code: 500, message: 'INTERDC_2_CALL_ERROR' };
    dc.clearCalls();
    dc.fault({ method: 'users.GetFullUser', error, times: 2 });

    expect((await connection.self()).peer.id).toBe('u1001');

    expect(dc.calls().filter(({ method }) => method === 'users.GetFullUser')).toHaveLength(3);
  });

  it('before anybody is connected says so', async () => {
    const dc = await start();
    const { connection } = open(dc);

    await expect(connection.updateState()).rejects.toMatchObject({ reason: 'network-unreachable' });
  });

  it('is answered although the salt has changed and the clocks differ', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    dc.rotateSalts();
    expect(await connection.updateState()).toMatchObject({ qts: 0 });

    dc.skew({ seconds: 4000 });
    const later = open(dc);
    await signInByCode(later.connection, boris).catch(() => undefined);
    expect((await later.connection.self()).peer.id).toBe('u1002');
  });
});

describe('when Telegram asks to wait', () => {
  it('a person is told at once for how long, that call pauses and the others go on', async () => {
    const dc = await start();
    const clock = createFakeClock();
    const { connection, pauses } = await signedIn(dc, clock);
    const peer = await findPeer(connection, 'u2001');
    const message = { peer, text: 'раз', entities: [], replyTo: null, files: [], randomIds: ['1'] };
    dc.fault({ method: 'messages.SendMessage', floodSeconds: 30 });
    const send = () => connection.send(message, { wrote() {} }, never);

    await expect(send()).rejects.toMatchObject({
      code: 'rate-limited',
      reason: 'flood-wait',
      retryAfterMs: 30_000,
    });
    expect(pauses).toEqual([{ method: 'messages.SendMessage', until: expect.any(Number) }]);
    expect(pauses[0]!.until - clock.now()).toBeGreaterThanOrEqual(30_000);
    dc.clearCalls();
    await clock.advance(10_000);
    await expect(send()).rejects.toMatchObject({
      reason: 'flood-wait',
      retryAfterMs: expect.closeTo(20_000, -3),
    });
    expect(await connection.history(peer, { limit: 1 })).toMatchObject({ messages: [{}] });
    expect(dc.calls().map(({ method }) => method)).toEqual(['messages.GetHistory']);

    await clock.advance(20_500);
    expect(await send()).toHaveLength(1);
  });

  it('what the desk does by itself waits in silence', async () => {
    const dc = await start();
    const clock = createFakeClock();
    const { connection, pauses } = await signedIn(dc, clock);
    dc.fault({ method: 'updates.GetState', floodSeconds: 20 });

    const asking = connection.updateState();
    await expect.poll(() => pauses.length).toBe(1);
    await clock.advance(20_500);

    expect(await asking).toMatchObject({ qts: 0 });
  });

  it('a chat with slow mode stops nobody else', async () => {
    const dc = await start();
    const { connection, pauses } = await signedIn(dc);
    const peer = await findPeer(connection, 'c1300000002');
    dc.fault({ method: 'messages.SendMessage', error: { code: 420, message: 'SLOWMODE_WAIT_40' } });
    const send = (randomId: string) =>
      connection.send(
        { peer, text: 'раз', entities: [], replyTo: null, files: [], randomIds: [randomId] },
        { wrote() {} },
        never,
      );

    await expect(send('1')).rejects.toMatchObject({ reason: 'slow-mode', retryAfterMs: 40_000 });
    expect(await send('2')).toHaveLength(1);
    expect(pauses).toEqual([]);
  });
});

describe('the line', () => {
  it('that was cut comes back by itself, and is told once each way', async () => {
    const dc = await start();
    const { connection, states } = await signedIn(dc);

    dc.drop();

    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready']);
    expect(await connection.updateState()).toMatchObject({ qts: 0 });
    expect(states).toEqual(['ready', 'lost', 'ready']);
  });

  it('that is down at first is waited for', async () => {
    const dc = await start();
    await dc.down();
    const { connection, states } = open(dc);

    const connecting = connection.connect(never);
    expect(states).toEqual([]);
    await dc.up();

    await connecting;
    expect(states).toEqual(['ready']);
  });

  it('that never comes can be given up', async () => {
    const dc = await start();
    await dc.down();
    const { connection } = open(dc);
    const abort = new AbortController();

    const connecting = connection.connect(abort.signal);
    abort.abort();

    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' });
    const again = connection.connect(never);
    again.catch(() => undefined);
    await connection.close();
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    await dc.up();
  });

  it('is not looked for any more once the desk has closed it', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    await dc.down();
    const other = open(dc);
    const connecting = other.connection.connect(never);
    connecting.catch(() => undefined);
    await connection.close();
    await other.connection.close();
    await dc.up();
    dc.clearCalls();

    // Its own way back takes longer than either of the closed ones would wait.
    const third = await signedIn(dc);
    dc.drop();
    await expect.poll(() => third.states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready']);

    expect(dc.calls().filter(({ method }) => method === 'ReqPqMulti')).toHaveLength(1);
    expect(dc.sessions({ account }).connected).toBe(1);
  });

  it('is renewed on demand', async () => {
    const dc = await start();
    const { connection, states } = await signedIn(dc);

    connection.reconnect();

    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready']);
  });

  it('that broke after the work was done makes no second message', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    dc.fault({ method: 'messages.SendMessage', after: true });

    const sending = connection.send(
      { peer, text: 'однажды', entities: [], replyTo: null, files: [], randomIds: ['9'] },
      { wrote() {} },
      never,
    );

    await expect(sending).rejects.toMatchObject({ reason: 'already-sent' });
    const sent = dc.log({ account, chat: technician }).filter(({ text }) => text === 'однажды');
    expect(sent).toHaveLength(1);
  });

  it('that breaks in the middle of a file does not spoil it', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const bytes = randomBytes(3_000_000);
    const media = { kind: 'document', name: 'a', base64: bytes.toString('base64'), dcId: 4 } as const;
    const { id } = dc.receive({ account, chat: bot, media });
    const { messages } = await connection.messages(await findPeer(connection, 'u2003'), [id]);
    dc.fault({ method: 'upload.GetFile', drop: true });
    const chunks: Uint8Array[] = [];

    await connection.download(messages[0]!.file!, async (chunk) => void chunks.push(chunk), never);

    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });
});

describe('a session', () => {
  it.each([
    ['SESSION_REVOKED', 'session-revoked'],
    ['AUTH_KEY_UNREGISTERED', 'session-revoked'],
    ['USER_DEACTIVATED_BAN', 'account-banned'],
  ])('ended with %s is told once, by whatever call finds out', async (error, reason) => {
    const dc = await start();
    const { connection, signedOut } = await signedIn(dc);
    dc.revoke({ account, error });

    await expect(connection.updateState()).rejects.toMatchObject({ reason });
    await expect(connection.self()).rejects.toMatchObject({ reason });

    expect(signedOut).toEqual([reason]);
  });

  it('whose end Telegram announces is over at once, although nobody asked anything', async () => {
    const dc = await start();
    const { signedOut } = await signedIn(dc);

    dc.revoke({ account, named: true });

    await expect.poll(() => signedOut).toEqual(['session-revoked']);
  });

  it('that is announced to end and goes on is kept', async () => {
    const dc = await start();
    const { connection, signedOut } = await signedIn(dc);
    const asked = () => dc.calls().filter(({ method }) => method === 'updates.GetState').length;
    const before = asked();

    dc.announceEnd({ account });
    await expect.poll(asked).toBe(before + 1);

    await expect(connection.self()).resolves.toMatchObject({ peer: { isSelf: true } });
    expect(signedOut).toEqual([]);
  });

  it('that another process uses too is over', async () => {
    const dc = await start();
    const { connection, signedOut } = await signedIn(dc);
    dc.fault({ method: 'updates.GetState', error: { code: 406, message: 'AUTH_KEY_DUPLICATED' } });

    await expect(connection.updateState()).rejects.toMatchObject({ reason: 'session-duplicated' });

    expect(signedOut).toEqual(['session-duplicated']);
  });

  it('that ended while nobody was connected is told when it comes back', async () => {
    const dc = await start();
    const first = await signedIn(dc);
    const session = first.connection.session();
    await first.connection.close();
    dc.revoke({ account });
    const second = open(dc, session);

    await expect(second.connection.connect(never)).rejects.toMatchObject({ reason: 'session-revoked' });

    expect(second.signedOut).toEqual(['session-revoked']);
    expect(second.states).toEqual([]);
  });

  it('whose key the servers forgot is tried once more and then given up', async () => {
    const dc = await start();
    const { connection, signedOut } = await signedIn(dc);
    dc.forgetKeys();

    connection.updateState().catch(() => undefined);

    await expect.poll(() => signedOut, { timeout: 10_000 }).toHaveLength(1);
    expect(['session-broken', 'session-revoked']).toContain(signedOut[0]);
    await expect(connection.updateState()).rejects.toMatchObject({ code: 'denied' });
  });

  it('of nobody whose key was forgotten gets a new one', async () => {
    const dc = await start();
    const { connection, signedOut } = open(dc);
    await connection.connect(never);
    dc.forgetKeys();
    dc.drop();

    await expect
      .poll(
        () =>
          connection.requestCode(irina.phone).then(
            ({ via }) => via,
            () => undefined,
          ),
        { timeout: 20_000, interval: 300 },
      )
      .toBe('app');
    expect(signedOut).toEqual([]);
  });

  it('that cannot be read is refused before anything is loaded', () => {
    const port = createGramjsPort({
      clock: systemClock,
      log: silentLogger,
      device: { model: 'x', system: 'x', app: 'x' },
    });
    const events = { onUpdates() {}, onState() {}, onSignedOut() {}, onPause() {} };
    for (const session of ['', 'twin u1 x', '1AAAA', `1${Buffer.alloc(300).toString('base64')}`]) {
      expect(() => port.open({ session, api: { id: 1, hash: 'x' }, network: undefined, events })).toThrow(
        expect.objectContaining({ reason: 'session-broken' }),
      );
    }
  });

  it('is left by signing out, and the key opens nothing any more', async () => {
    const dc = await start();
    const { connection, signedOut } = await signedIn(dc);
    const session = connection.session();

    await connection.logOut();
    await connection.close();
    const again = open(dc, session);

    await expect(again.connection.connect(never)).rejects.toMatchObject({ reason: 'session-revoked' });
    expect(signedOut).toEqual([]);
  });
});

describe('the log', () => {
  it('holds no number, code, password, session or address', async () => {
    const dc = await start();
    const { connection } = open(dc);
    await signInByCode(connection, boris);
    const session = connection.session();
    dc.drop();
    await expect(connection.submitPassword('wrong')).rejects.toThrow();

    const told = lines.join('\n');
    for (const secret of [boris.phone.slice(1), '12345', boris.password, session, '127.0.0.1', '10.0.0.']) {
      expect(told).not.toContain(secret);
    }
  });
});
