import { describe, expect, it } from 'vitest';
import { Api } from 'telegram/tl/index.js';
import { signIn } from './bare-client.ts';
import { boris, irina, newsChannel, technician, vera } from './sample-world.ts';
import { setUpTelegram } from './test-kit.ts';

const { start, connectTo, signedIn } = setUpTelegram();

describe('signing in', () => {
  it('takes a phone, its code and the two-step password', async () => {
    const dc = await start();
    const client = connectTo(dc);

    await signIn(client, boris);

    expect(await client.getMe()).toMatchObject({ firstName: 'Борис', self: true });
    expect(dc.log({ account: boris.account })).toMatchObject([{ chat: 'user:777000' }]);
  });

  it('sends the client to the data centre where the account lives', async () => {
    const dc = await start();
    const client = connectTo(dc);

    await signIn(client, vera);

    expect(dc.calls().find(({ error }) => error === 'PHONE_MIGRATE_4')).toBeDefined();
    expect(dc.calls().at(-1)?.dcId).toBe(4);
  });

  it('lets a phone scan what is shown', async () => {
    const dc = await start();
    const client = connectTo(dc);
    await client.connect();

    await client.signInUserWithQrCode(
      { apiId: 12_345, apiHash: '0123456789abcdef0123456789abcdef' },
      {
        qrCode: ({ token }) =>
          Promise.resolve(dc.scanQr({ token: token.toString('base64url'), phone: irina.phone })),
        onError: (error) => {
          throw error;
        },
      },
    );

    expect(await client.getMe()).toMatchObject({ firstName: 'Ирина' });
  });

  it('leads a scan to the data centre of the account, where its password is asked for', async () => {
    const dc = await start();
    dc.setPassword({ account: vera.account, password: 'new one', hint: 'fresh' });
    const api = { apiId: 12_345, apiHash: '0123456789abcdef0123456789abcdef' };
    const [here, there] = [connectTo(dc), connectTo(dc, { dcId: 4 })];
    await Promise.all([here.connect(), there.connect()]);
    const exportToken = () => here.invoke(new Api.auth.ExportLoginToken({ ...api, exceptIds: [] }));
    await exportToken();

    dc.scanQr({ phone: vera.phone });
    const moved = await exportToken();

    expect(moved).toMatchObject({ className: 'auth.LoginTokenMigrateTo', dcId: 4 });
    const token = 'token' in moved ? moved.token : Buffer.alloc(0);
    await expect(there.invoke(new Api.auth.ImportLoginToken({ token }))).rejects.toMatchObject({
      errorMessage: 'SESSION_PASSWORD_NEEDED',
    });
    expect(await there.invoke(new Api.account.GetPassword())).toMatchObject({ hint: 'fresh' });
  });

  it('knows a saved session without another key exchange, and no longer when it was ended', async () => {
    const dc = await start();
    const first = await signedIn(dc);
    const saved = String(first.session.save());
    await first.destroy();
    dc.clearCalls();
    const second = connectTo(dc, { saved });
    await second.connect();
    await second.invoke(new Api.updates.GetState());
    expect(dc.calls().map(({ method }) => method)).not.toContain('ReqPqMulti');

    dc.revoke({ account: irina.account });

    await expect(second.invoke(new Api.updates.GetState())).rejects.toMatchObject({
      code: 401,
      errorMessage: 'SESSION_REVOKED',
    });
  });
});

describe('chats', () => {
  it('lists dialogs pinned first and pages history back to its beginning', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    const dialogs = await client.getDialogs({});
    const history: string[] = [];
    for await (const { message } of client.iterMessages('denis_tech', {})) history.push(message);

    expect(dialogs[0]?.title).toBe('Новости связи');
    expect(dialogs).toHaveLength(6);
    expect(history).toHaveLength(130);
    expect([history[0], history.at(-1)]).toEqual(['сообщение 130', 'сообщение 1']);
  });

  it('keeps what was sent at once in its order, each once', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    await Promise.all(
      [1, 2, 3, 4, 5].map((n) => client.sendMessage('denis_tech', { message: `ответ ${n}` })),
    );

    const sent = dc.log({ account: irina.account, chat: technician }).slice(-5);
    expect(sent.map(({ text }) => text)).toEqual([1, 2, 3, 4, 5].map((n) => `ответ ${n}`));
    expect(new Set(sent.map(({ randomId }) => randomId)).size).toBe(5);
  });

  it('has in the difference what was never pushed', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const { pts, date, qts } = await client.invoke(new Api.updates.GetState());

    dc.receive({ account: irina.account, chat: technician, text: 'потеряно', push: false });
    dc.receive({ account: irina.account, chat: newsChannel, text: 'пост' });

    const difference = await client.invoke(new Api.updates.GetDifference({ pts, date, qts }));
    expect(difference).toMatchObject({ newMessages: [{ message: 'потеряно' }], state: { pts: pts + 1 } });
  });
});
