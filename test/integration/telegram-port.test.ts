import { describe, expect, it } from 'vitest';
import { boris, irina, technician, vera } from '../support/telegram-dc/sample-world.ts';
import { setUpTelegramRig, signInByCode, testCode } from './telegram-rig.ts';

const { start, open, signedIn } = setUpTelegramRig();
const never = new AbortController().signal;

describe('signing in', () => {
  it('takes a phone and its code', async () => {
    const dc = await start();
    const { connection, states } = open(dc);

    await connection.connect(never);
    const sent = await connection.requestCode(irina.phone);
    const answer = await connection.submitCode({ phone: irina.phone, hash: sent.hash, code: testCode });

    expect(sent).toMatchObject({ via: 'app', length: 5 });
    expect(answer).toMatchObject({
      step: 'signed-in',
      self: { peer: { id: 'u1001', isSelf: true, phone: null, title: 'Ирина Крылова' }, phone: irina.phone },
    });
    expect(states).toEqual(['ready']);
  });

  it('tells a wrong code from a wrong password, and takes the right ones after them', async () => {
    const dc = await start();
    const { connection } = open(dc);
    await connection.connect(never);
    const { hash } = await connection.requestCode(boris.phone);
    const key = { phone: boris.phone, hash };

    await expect(connection.submitCode({ ...key, code: '00000' })).rejects.toMatchObject({
      reason: 'code-wrong',
    });
    expect(await connection.submitCode({ ...key, code: testCode })).toEqual({ step: 'password' });
    expect(await connection.passwordHint()).toBe(boris.hint);
    await expect(connection.submitPassword('wrong')).rejects.toMatchObject({ reason: 'password-wrong' });
    expect(await connection.submitPassword(boris.password)).toMatchObject({ step: 'signed-in' });
  });

  it('follows a phone to the data centre of its account', async () => {
    const dc = await start();
    const { connection, states } = open(dc);

    const self = await signInByCode(connection, vera);

    expect(self.peer.id).toBe('u1003');
    expect(dc.calls().at(-1)).toMatchObject({ dcId: 4 });
    expect(states).toEqual(['ready']);
  });

  it('shows a token, hears that it was scanned and is signed in', async () => {
    const dc = await start();
    const { connection, updates } = open(dc);
    await connection.connect(never);

    const shown = await connection.requestQr();
    expect(shown).toMatchObject({
      step: 'token',
      url: expect.stringMatching(/^tg:\/\/login\?token=[\w-]+$/),
    });
    dc.scanQr({ phone: irina.phone });
    await expect.poll(updates).toContainEqual({ kind: 'login-token' });

    expect(await connection.requestQr()).toMatchObject({
      step: 'signed-in',
      self: { peer: { id: 'u1001' } },
    });
  });

  it('follows a scan to another data centre', async () => {
    const dc = await start();
    const { connection, states } = open(dc);
    await connection.connect(never);
    await connection.requestQr();
    dc.scanQr({ phone: vera.phone });

    expect(await connection.requestQr()).toMatchObject({
      step: 'signed-in',
      self: { peer: { id: 'u1003' } },
    });
    expect(states).toEqual(['ready']);
  });

  it('asks for the password after a scan too', async () => {
    const dc = await start();
    const { connection } = open(dc);
    await connection.connect(never);
    await connection.requestQr();
    dc.scanQr({ phone: boris.phone });

    expect(await connection.requestQr()).toEqual({ step: 'password' });
    expect(await connection.submitPassword(boris.password)).toMatchObject({ step: 'signed-in' });
  });
});

describe('coming back', () => {
  it('needs no second sign-in and no second key', async () => {
    const dc = await start();
    const first = await signedIn(dc);
    const session = first.connection.session();
    await first.connection.close();
    dc.clearCalls();
    const second = open(dc, session);

    await second.connection.connect(never);

    expect((await second.connection.self()).peer.id).toBe('u1001');
    expect(dc.calls().map(({ method }) => method)).not.toContain('ReqPqMulti');
  });
});

describe('a message', () => {
  it('comes as it was written', async () => {
    const dc = await start();
    const { updates, batches } = await signedIn(dc);

    dc.receive({ account: irina.account, chat: technician, text: 'Генератор встал' });

    await expect.poll(updates).toContainEqual(
      expect.objectContaining({
        kind: 'message',
        message: expect.objectContaining({ text: 'Генератор встал', peer: 'u2001' }),
      }),
    );
    expect(batches.at(-1)?.updates[0]).toMatchObject({ count: 1, channel: null });
  });

  it('is sent once under its number, and a second time is refused', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const { rows } = await connection.dialogs({ after: null, limit: 20 });
    const peer = rows.find((row) => row.peer.id === 'u2001')!.peer;
    const message = { peer, text: 'Принято', entities: [], replyTo: null, files: [], randomIds: ['77'] };
    let wrote = 0;

    const sent = await connection.send(message, { wrote: () => (wrote += 1) }, never);

    expect(sent).toMatchObject([{ randomId: '77', id: expect.any(Number) }]);
    expect(wrote).toBe(1);
    expect(dc.log({ account: irina.account, chat: technician }).at(-1)).toMatchObject({
      text: 'Принято',
      randomId: '77',
    });
    await expect(connection.send(message, { wrote() {} }, never)).rejects.toMatchObject({
      reason: 'already-sent',
    });
  });
});
