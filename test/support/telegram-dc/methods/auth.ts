import { randomBytes } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import type { CodeVia } from '../auth-key.ts';
import { method, openMethod, RpcError, type OpenContext } from '../rpc.ts';
import { makeToken, signInto, type LoginToken } from '../services.ts';
import { big } from '../tl.ts';
import type { Account } from '../world/model.ts';
import { post } from '../world/post.ts';
import { renderPerson } from '../world/render.ts';
import { digits, serviceAccountId } from '../world/world.ts';

const tokenSeconds = 30;
const nextVia = {
  app: 'sms',
  sms: 'call',
  call: 'flashCall',
  flashCall: undefined,
} as const satisfies Record<CodeVia, CodeVia | undefined>;

export const authMethods = [
  openMethod(Api.auth.SendCode, (context, { phoneNumber, apiId, apiHash }) => {
    checkApi(context, apiId, apiHash);
    const phone = digits(phoneNumber);
    const account = context.world.byPhone(phone);
    const { dcId } = context.connection;
    if (phone.length < 7) throw new RpcError(400, 'PHONE_NUMBER_INVALID');
    if (account !== undefined && account.dcId !== dcId)
      throw new RpcError(303, `PHONE_MIGRATE_${account.dcId}`);
    const via = account?.codeVia ?? 'sms';
    context.login.code = { phone, hash: randomBytes(9).toString('hex'), via };
    if (account !== undefined && via === 'app') sendCodeMessage(context, account);
    return sentCode(context, account);
  }),
  openMethod(Api.auth.ResendCode, (context, { phoneNumber, phoneCodeHash }) => {
    const code = requireCode(context, phoneNumber, phoneCodeHash);
    const via = nextVia[code.via];
    if (via === undefined) throw new RpcError(400, 'SEND_CODE_UNAVAILABLE');
    code.via = via;
    return sentCode(context, context.world.byPhone(code.phone));
  }),
  openMethod(Api.auth.CancelCode, (context, { phoneNumber, phoneCodeHash }) => {
    requireCode(context, phoneNumber, phoneCodeHash);
    context.login.code = undefined;
    return true;
  }),
  openMethod(Api.auth.SignIn, (context, { phoneNumber, phoneCodeHash, phoneCode }) => {
    const code = requireCode(context, phoneNumber, phoneCodeHash);
    const account = context.world.byPhone(code.phone);
    if (!phoneCode) throw new RpcError(400, 'PHONE_CODE_EMPTY');
    if (phoneCode !== (account?.code ?? '12345')) throw new RpcError(400, 'PHONE_CODE_INVALID');
    return account === undefined ? new Api.auth.AuthorizationSignUpRequired({}) : authorize(context, account);
  }),
  openMethod(Api.auth.ExportLoginToken, (context, { apiId, apiHash }) => {
    checkApi(context, apiId, apiHash);
    const { session, services, connection, clock, world, login } = context;
    for (const [name, known] of services.loginTokens) {
      if (known.expires < clock.seconds()) services.loginTokens.delete(name);
      else if (known.authKey === session.authKey && known.acceptedBy !== undefined) {
        const account = world.account(known.acceptedBy);
        const { dcId } = account;
        const token = Buffer.from(name, 'base64url');
        if (dcId !== connection.dcId) return new Api.auth.LoginTokenMigrateTo({ dcId, token });
        services.loginTokens.delete(name);
        return new Api.auth.LoginTokenSuccess({ authorization: authorize(context, account) });
      }
    }
    if (login.passwordFor !== undefined) throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
    const { token, name } = makeToken();
    const expires = clock.seconds() + tokenSeconds;
    const shown: LoginToken = { authKey: session.authKey, expires, acceptedBy: undefined };
    services.loginTokens.set(name, shown);
    return new Api.auth.LoginToken({ token, expires });
  }),
  openMethod(Api.auth.ImportLoginToken, (context, { token }) => {
    const name = token.toString('base64url');
    const known = context.services.loginTokens.get(name);
    if (known?.acceptedBy === undefined) throw new RpcError(400, 'AUTH_TOKEN_INVALID');
    if (known.expires < context.clock.seconds()) throw new RpcError(400, 'AUTH_TOKEN_EXPIRED');
    const account = context.world.account(known.acceptedBy);
    const { dcId } = account;
    if (dcId !== context.connection.dcId) return new Api.auth.LoginTokenMigrateTo({ dcId, token });
    context.services.loginTokens.delete(name);
    return new Api.auth.LoginTokenSuccess({ authorization: authorize(context, account) });
  }),
  method(Api.auth.ExportAuthorization, ({ services, account }) => {
    const { token, name } = makeToken();
    services.exportedLogins.set(name, account.person.id);
    return new Api.auth.ExportedAuthorization({ id: big(account.person.id), bytes: token });
  }),
  openMethod(Api.auth.ImportAuthorization, (context, { id, bytes }) => {
    const name = bytes.toString('base64url');
    const account = context.services.exportedLogins.get(name);
    context.services.exportedLogins.delete(name);
    if (account === undefined || account !== Number(id)) throw new RpcError(400, 'AUTH_BYTES_INVALID');
    return welcome(context, context.world.account(account));
  }),
  method(Api.auth.LogOut, ({ login }) => {
    login.account = undefined;
    return new Api.auth.LoggedOut({});
  }),
];

/** The code or the QR was right: signed in, unless the two-step password is still owed. */
function authorize(context: OpenContext, account: Account): Api.auth.Authorization {
  if (account.password === undefined) return welcome(context, account);
  context.login.passwordFor = account.person.id;
  throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
}

export function welcome({ login, clock }: OpenContext, account: Account): Api.auth.Authorization {
  signInto(login, account.person.id, clock.seconds());
  return new Api.auth.Authorization({ user: renderPerson(account.person, account) });
}

function checkApi({ services }: OpenContext, id: number, hash: string) {
  if (id !== services.api.id || hash !== services.api.hash) throw new RpcError(400, 'API_ID_INVALID');
}

function requireCode({ login }: OpenContext, phone: string, hash: string) {
  const { code } = login;
  if (code === undefined || code.hash !== hash) throw new RpcError(400, 'PHONE_CODE_EXPIRED');
  if (code.phone !== digits(phone)) throw new RpcError(400, 'PHONE_NUMBER_INVALID');
  return code;
}

function sentCode({ login }: OpenContext, account: Account | undefined): Api.auth.SentCode {
  const { hash = '', via = 'sms' } = login.code ?? {};
  const next = nextVia[via];
  return new Api.auth.SentCode({
    type: codeType(via, account?.code.length ?? 5),
    phoneCodeHash: hash,
    nextType: next && nextCodeType(next),
    timeout: next && (account?.resendSeconds ?? 60),
  });
}

function codeType(via: CodeVia, length: number): Api.auth.TypeSentCodeType {
  switch (via) {
    case 'app':
      return new Api.auth.SentCodeTypeApp({ length });
    case 'sms':
      return new Api.auth.SentCodeTypeSms({ length });
    case 'call':
      return new Api.auth.SentCodeTypeCall({ length });
    case 'flashCall':
      return new Api.auth.SentCodeTypeFlashCall({ pattern: '*' });
  }
}

function nextCodeType(via: CodeVia): Api.auth.TypeCodeType {
  if (via === 'flashCall') return new Api.auth.CodeTypeFlashCall();
  return via === 'call' ? new Api.auth.CodeTypeCall() : new Api.auth.CodeTypeSms();
}

/** Codes come as a message to whoever is signed in already: here to the account, for all its sessions. */
function sendCodeMessage({ world, clock }: OpenContext, account: Account) {
  const service = `user:${serviceAccountId}` as const;
  const text = `Код для входа в Telegram: ${account.code}. Не сообщайте его никому, даже тем, кто назовётся Telegram!`;
  post(world, account, { chat: service, from: service, date: clock.seconds(), text }, { short: false });
}
