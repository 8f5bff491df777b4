import { computeCheck } from 'telegram/Password.js';
import { Api } from 'telegram/tl/index.js';
import type { Clock } from '../../platform/clock.ts';
import { telegramError } from '../telegram-error.ts';
import type {
  ApiKey,
  CodeKey,
  CodeSent,
  CodeVia,
  QrAnswer,
  Self,
  SignInAnswer,
  TelegramConnection,
} from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import type { Invoke } from './calls.ts';
import type { Link } from './link.ts';
import { mapPeer, phoneOf } from './map-peer.ts';
import { rpcName, toTelegramError } from './telegram-errors.ts';

type SignInCalls = Pick<
  TelegramConnection,
  | 'requestQr'
  | 'requestCode'
  | 'resendCode'
  | 'cancelCode'
  | 'submitCode'
  | 'passwordHint'
  | 'submitPassword'
  | 'logOut'
  | 'self'
>;

type Parts = { readonly clock: Clock; readonly api: ApiKey; readonly link: Link; readonly invoke: Invoke };

/** Tokens live half a minute; a clock that is wrong here must not make a good one look old. */
const tokenMs = 30_000;

export function createSignIn({ clock, api, link, invoke }: Parts): SignInCalls {
  const key = { apiId: api.id, apiHash: api.hash };

  const enter = async (authorization: Api.auth.TypeAuthorization): Promise<SignInAnswer> => {
    if (!(authorization instanceof Api.auth.Authorization)) throw telegramError('sign-up-needed');
    const peer = mapPeer(authorization.user);
    if (peer === undefined) throw telegramError('unexpected-answer');
    link.signedIn(peer.id);
    return { step: 'signed-in', self: await self() };
  };

  const self = async (): Promise<Self> => {
    const id = new Api.InputUserSelf();
    const { fullUser, users } = await invoke(new Api.users.GetFullUser({ id }), { repeatable: true });
    const me = users.find((user) => user instanceof Api.User && user.self === true);
    const peer = me && mapPeer(me);
    if (!(me instanceof Api.User) || peer === undefined) throw telegramError('unexpected-answer');
    return { peer, phone: phoneOf(me), about: fullUser.about ?? null };
  };

  const toCodeSent = (sent: Api.auth.TypeSentCode): CodeSent => {
    if (!(sent instanceof Api.auth.SentCode)) throw telegramError('unexpected-answer');
    const via = viaByType[sent.type.className];
    if (via === undefined) throw telegramError('code-undeliverable');
    return {
      hash: sent.phoneCodeHash,
      via,
      length: 'length' in sent.type ? (sent.type.length ?? null) : null,
      nextVia: isAbsent(sent.nextType) ? null : (viaByType[sent.nextType.className] ?? null),
      resendAfterMs: isAbsent(sent.timeout) ? null : sent.timeout * 1000,
    };
  };

  const expiresAt = (seconds: number): number => {
    const leftMs = seconds * 1000 - clock.now();
    return clock.now() + (leftMs > 0 && leftMs <= 2 * tokenMs ? leftMs : tokenMs);
  };

  const exportToken = async (): Promise<QrAnswer> => {
    let answer = await invoke(new Api.auth.ExportLoginToken({ ...key, exceptIds: [] }), { repeatable: true });
    if (answer instanceof Api.auth.LoginTokenMigrateTo) {
      await link.moveTo(answer.dcId);
      answer = await invoke(new Api.auth.ImportLoginToken({ token: answer.token }));
    }
    if (answer instanceof Api.auth.LoginTokenSuccess) return enter(answer.authorization);
    if (!(answer instanceof Api.auth.LoginToken)) throw telegramError('unexpected-answer');
    const url = `tg://login?token=${answer.token.toString('base64url')}`;
    return { step: 'token', url, expiresAt: expiresAt(answer.expires) };
  };

  return {
    self,
    requestQr: () => orPassword(exportToken()),
    async requestCode(phone) {
      const settings = new Api.CodeSettings({});
      return toCodeSent(await invoke(new Api.auth.SendCode({ phoneNumber: phone, ...key, settings })));
    },
    async resendCode(code) {
      return toCodeSent(await invoke(new Api.auth.ResendCode(codeKey(code))));
    },
    async cancelCode(code) {
      await invoke(new Api.auth.CancelCode(codeKey(code)));
    },
    submitCode: (given) => {
      const signingIn = invoke(new Api.auth.SignIn({ ...codeKey(given), phoneCode: given.code }));
      return orPassword(signingIn.then(enter));
    },
    async passwordHint() {
      const { hint } = await invoke(new Api.account.GetPassword(), { repeatable: true });
      return hint ?? null;
    },
    submitPassword: (password) => checkPassword(invoke, password).then(enter),
    async logOut() {
      try {
        await invoke(new Api.auth.LogOut());
      } finally {
        link.signedOut();
      }
    },
  };
}

/** A fresh challenge each time: Telegram takes each only once. */
async function checkPassword(invoke: Invoke, password: string): Promise<Api.auth.TypeAuthorization> {
  const challenge = await invoke(new Api.account.GetPassword(), { repeatable: true });
  const proof = await computeCheck(challenge, password).catch((error: unknown) => {
    throw telegramError('unexpected-answer', { cause: error });
  });
  return invoke(new Api.auth.CheckPassword({ password: proof }));
}

async function orPassword<T>(signingIn: Promise<T>): Promise<T | { readonly step: 'password' }> {
  try {
    return await signingIn;
  } catch (error) {
    if (rpcName(error) === 'SESSION_PASSWORD_NEEDED') return { step: 'password' };
    throw toTelegramError(error);
  }
}

function codeKey({ phone, hash }: CodeKey) {
  return { phoneNumber: phone, phoneCodeHash: hash };
}

const viaByType: Readonly<Record<string, CodeVia>> = {
  'auth.SentCodeTypeApp': 'app',
  'auth.SentCodeTypeSms': 'sms',
  'auth.SentCodeTypeFirebaseSms': 'sms',
  'auth.SentCodeTypeSmsWord': 'sms',
  'auth.SentCodeTypeSmsPhrase': 'sms',
  'auth.SentCodeTypeCall': 'call',
  'auth.SentCodeTypeFlashCall': 'flash-call',
  'auth.SentCodeTypeMissedCall': 'missed-call',
  'auth.SentCodeTypeEmailCode': 'email',
  'auth.SentCodeTypeFragmentSms': 'fragment',
  'auth.CodeTypeSms': 'sms',
  'auth.CodeTypeCall': 'call',
  'auth.CodeTypeFlashCall': 'flash-call',
  'auth.CodeTypeMissedCall': 'missed-call',
  'auth.CodeTypeFragmentSms': 'fragment',
};
