import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneSecrets, type Secret, toSecret } from '../support/find-secrets.ts';
import { until } from '../support/telegram-crash-desk.ts';
import { reasonOf, type SecretRun, startSecretRun } from '../support/telegram-secret-run.ts';

const anna = { id: 5001, phone: '+79035550142', code: '7391846205', password: 'осень-1999-пароль' } as const;
const pavel = { id: 5002, phone: '+79168830271' } as const;
const apiHash = '8c1f0d6e2b7a49538c1f0d6e2b7a4953';
const wrong = { code: '6482057193', password: 'осень-1998-пароль', apiHash: 'f00d5eed'.repeat(4) } as const;
const friend = 'user:2001';
const service = 'user:777000';
/** Telegram told it to the desk: it must be there, or the search looks in the wrong place. */
const harmless = 'Мачта осмотрена, замечаний нет';

const secrets: Secret[] = [
  ...phoneSecrets('phone of Anna', anna.phone),
  ...phoneSecrets('phone of Pavel', pavel.phone),
  toSecret('code', anna.code),
  toSecret('code, in two', '73918-46205'),
  toSecret('wrong code', wrong.code),
  toSecret('password', anna.password),
  toSecret('wrong password', wrong.password),
  toSecret('api_hash', apiHash),
  toSecret('wrong api_hash', wrong.apiHash),
];

let run: SecretRun;
beforeAll(async () => {
  run = await startSecretRun();
  await run.control.seed({
    accounts: [
      { ...anna, firstName: 'Анна', codeVia: 'app', hint: 'время года' },
      { ...pavel, firstName: 'Павел' },
    ],
    people: [{ id: 2001, firstName: 'Денис', lastName: 'Орлов', contact: true }],
    dialogs: [{ account: anna.id, chat: friend, messages: [{ from: 2001, text: harmless }] }],
  });
  await run.control.setApi({ id: 54_321, hash: apiHash });
}, 120_000);
afterAll(() => run.close());

test(
  'nothing that opens an account is in clear anywhere after a whole run',
  { timeout: 300_000 },
  async () => {
    await signInByPhone(run);
    await signInByQr(run);
    await work(run);
    expect(run.leaks(secrets), 'while it works').toEqual([]);

    await run.kill();
    expect(readdirSync(join(run.folder, 'data')).some((name) => name.endsWith('-wal'))).toBe(true);
    expect(run.leaks(secrets), 'as a kill leaves it').toEqual([]);

    run.start();
    await leave(run);
    await run.stop();
    expect(run.leaks(secrets), 'when all is over').toEqual([]);

    const where = run.leaks([toSecret('harmless', harmless)]).map((leak) => leak.where);
    expect(where.some((path) => path.endsWith('.sqlite') || path.endsWith('.db'))).toBe(true);
    expect(where.some((path) => path.includes('backups'))).toBe(true);
    expect(run.leaks([toSecret('line', 'telegram.')]).some(({ where: path }) => path.includes('logs'))).toBe(
      true,
    );
    expect([await run.control.problems(), await run.control.unhandled()]).toEqual([[], []]);
  },
);

/** With everything wrong once, and with servers that fail in the middle. */
async function signInByPhone({ rpc: { telegram }, control, untilStep }: SecretRun): Promise<void> {
  const refused = telegram.saveApi({ apiId: 54_321, apiHash: wrong.apiHash });
  expect(await reasonOf(refused)).toBe('api-refused');
  await telegram.saveApi({ apiId: 54_321, apiHash });
  await control.fault({
    method: 'auth.SendCode',
    error: { code: 500, message: 'PHONE_STORE_DOWN' },
    times: 5,
  });
  await telegram.beginPhone({ understood: true, phone: anna.phone });
  await untilStep('failed');
  await control.clearFaults();
  await telegram.beginPhone({ understood: true, phone: '+7 903 555-01-42' });
  await untilStep('code');
  await reasonOf(telegram.submitCode({ code: wrong.code }));
  await control.fault({ method: 'auth.SignIn', error: { code: 500, message: 'SIGN_IN_DOWN' } });
  await reasonOf(telegram.submitCode({ code: anna.code }));
  await untilStep('code');
  await telegram.submitCode({ code: anna.code });
  await untilStep('password');
  await reasonOf(telegram.submitPassword({ password: wrong.password }));
  await telegram.submitPassword({ password: anna.password });
  await untilStep('signed-in');
  await keepSessions();
}

async function signInByQr({ rpc: { telegram }, control, untilStep, told }: SecretRun): Promise<void> {
  await telegram.beginQr({ understood: true });
  const { url } = await untilStep('qr');
  const token = new URL(url).searchParams.get('token') ?? '';
  await control.scanQr({ token, phone: pavel.phone });
  await untilStep('signed-in');
  const tokens = told.flatMap((state) =>
    state.step === 'qr' ? [new URL(state.url).searchParams.get('token') ?? ''] : [],
  );
  for (const one of tokens) {
    secrets.push(toSecret('QR token', one), { name: 'QR token', bytes: Buffer.from(one, 'base64url') });
  }
  await keepSessions();
}

/** Somebody else signs in meanwhile, so that codes come as messages; what is written leaves; a copy is made. */
async function work({ rpc, control, untilStep }: SecretRun): Promise<void> {
  await until('both accounts are ready', async () => {
    const { accounts } = await rpc.telegram.overview({});
    return accounts.length === 2 && accounts.every(({ state }) => state === 'ready');
  });
  await rpc.telegram.beginPhone({ understood: true, phone: anna.phone });
  await untilStep('code');
  await keepSessions();
  const text = `Код для входа: 73918-46205. Номер ${anna.code} никому не говорите.`;
  await control.receive({ account: anna.id, chat: service, text });
  await control.receive({ account: anna.id, chat: friend, from: 2001, text: 'Принято' });
  await rpc.telegram.cancelSignIn({});
  const chats = await listed(rpc, ['Денис Орлов', 'Telegram']);
  const chatId = chats.get('Денис Орлов') ?? 0;
  await rpc.chats.send({ chatId, text: 'Выезжаем' });
  await until('codes are here and what was written has left', async () => {
    const codes = await rpc.chats.history({ id: chats.get('Telegram') ?? 0 });
    const { messages } = await rpc.chats.history({ id: chatId });
    return codes.messages.length >= 2 && messages.some(({ outbox }) => outbox?.state === 'accepted');
  });
  await rpc.chats.search({ text: anna.code });
  await rpc.settings.backupNow({});
}

/** One account is ended from a phone, the other leaves by itself. */
async function leave({ rpc: { telegram, settings }, control }: SecretRun): Promise<void> {
  await until('both accounts are back', async () =>
    (await telegram.overview({})).accounts.every(({ state }) => state === 'ready'),
  );
  await control.revoke({ account: pavel.id });
  await until('the desk knows', async () =>
    (await telegram.overview({})).accounts.some(({ reason }) => reason === 'session-revoked'),
  );
  const still = (await telegram.overview({})).accounts.find(({ state }) => state === 'ready');
  expect(await telegram.logOut({ accountId: still?.id ?? 0 })).toEqual({ ended: true });
  await control.down();
  await telegram.beginPhone({ understood: true, phone: anna.phone });
  await telegram.cancelSignIn({});
  await settings.backupNow({});
}

async function keepSessions(): Promise<void> {
  const sessions = await run.sessions();
  expect(sessions).not.toHaveLength(0);
  for (const { text, key } of sessions) {
    secrets.push(toSecret('session', text), { name: 'auth key', bytes: key });
  }
}

async function listed(
  { chats }: SecretRun['rpc'],
  titles: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  let found = new Map<string, number>();
  await until('the chats are listed', async () => {
    found = new Map((await chats.list({})).chats.map(({ title, id }) => [title, id]));
    return titles.every((title) => found.has(title));
  });
  return found;
}
