import { telegramError } from '../telegram-error.ts';
import type {
  CodeKey,
  CodeSent,
  CodeVia,
  QrAnswer,
  Self,
  SignInAnswer,
  TelegramConnection,
} from '../telegram-port.ts';
import { call, requireSignedIn, type CallParts } from './twin-call.ts';
import { postMessage } from './twin-messages.ts';
import { digitsOf, findByPhone, requireAccount, servicePeer, takeKey } from './twin-state.ts';
import type { TwinAccount, TwinCode, TwinLink, TwinState } from './twin-types.ts';
import { peerView } from './twin-views.ts';

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

const tokenMs = 30_000;
const codeMs = 300_000;
const resendAfterMs = 60_000;
/** What comes when a code is asked for again. */
const nextVia: Readonly<Partial<Record<CodeVia, CodeVia>>> = { app: 'sms', sms: 'call' };

export function signInCalls(parts: CallParts): SignInCalls {
  const { state, link } = parts;
  return {
    requestQr: () => call(parts, 'requestQr', () => requestQr(state, link)),
    requestCode: (phone) => call(parts, 'requestCode', () => requestCode(state, link, phone)),
    resendCode: (key) => call(parts, 'resendCode', () => resendCode(state, key)),
    cancelCode: (key) =>
      call(parts, 'cancelCode', () => {
        requireCode(state, key);
        state.codes.delete(key.hash);
      }),
    submitCode: (input) => call(parts, 'submitCode', () => submitCode(state, link, input)),
    passwordHint: () =>
      call(parts, 'passwordHint', () => requirePassword(state, link).password?.hint ?? null),
    submitPassword: (password) =>
      call(parts, 'submitPassword', () => {
        const account = requirePassword(state, link);
        if (account.password?.text !== password) throw telegramError('password-wrong');
        return admit(state, link, account);
      }),
    logOut: () =>
      call(parts, 'logOut', () => {
        requireSignedIn(parts);
        link.accountId = null;
        state.ended.set(link.key, 'session-revoked');
        state.sessions.delete(link.key);
      }),
    self: () => call(parts, 'self', () => selfOf(state, requireSignedIn(parts))),
  };
}

function requestQr(state: TwinState, link: TwinLink): QrAnswer {
  refuseApi(state);
  const now = state.clock.now();
  for (const [url, token] of state.tokens) {
    if (token.key !== link.key) continue;
    if (token.scannedBy !== null) {
      state.tokens.delete(url);
      return enter(state, link, requireAccount(state, token.scannedBy));
    }
    if (token.expiresAt <= now) state.tokens.delete(url);
  }
  const url = `tg://login?token=${takeKey(state)}`;
  const expiresAt = now + tokenMs;
  state.tokens.set(url, { key: link.key, expiresAt, scannedBy: null });
  return { step: 'token', url, expiresAt };
}

function requestCode(state: TwinState, link: TwinLink, phone: string): CodeSent {
  refuseApi(state);
  const digits = digitsOf(phone);
  if (digits.length < 7) throw telegramError('phone-wrong');
  const account = findByPhone(state, digits);
  if (account?.banned) throw telegramError('phone-banned');
  link.owesPassword = null;
  const isSignedIn = [...state.sessions.values()].includes(account?.user.id ?? '');
  return sendCode(state, digits, isSignedIn ? 'app' : 'sms');
}

function resendCode(state: TwinState, key: CodeKey): CodeSent {
  const via = nextVia[requireCode(state, key).via];
  if (via === undefined) throw telegramError('code-undeliverable');
  state.codes.delete(key.hash);
  return sendCode(state, digitsOf(key.phone), via);
}

function sendCode(state: TwinState, phone: string, via: CodeVia): CodeSent {
  const code = String(10_000 + Math.floor(state.random.number() * 90_000));
  const hash = takeKey(state);
  state.codes.set(hash, { phone, hash, code, via, expiresAt: state.clock.now() + codeMs });
  const account = findByPhone(state, phone);
  if (via === 'app' && account) {
    const text = `Код для входа в Telegram: ${code}. Не сообщайте его никому, даже тем, кто назовётся Telegram!`;
    postMessage(state, account, { peer: servicePeer, from: servicePeer, draft: { text } });
  }
  const next = nextVia[via] ?? null;
  return {
    hash,
    via,
    length: code.length,
    nextVia: next,
    resendAfterMs: next === null ? null : resendAfterMs,
  };
}

function requireCode(state: TwinState, { hash, phone }: CodeKey): TwinCode {
  const sent = state.codes.get(hash);
  if (!sent || sent.phone !== digitsOf(phone) || sent.expiresAt <= state.clock.now()) {
    throw telegramError('code-expired');
  }
  return sent;
}

function submitCode(
  state: TwinState,
  link: TwinLink,
  { code, ...key }: CodeKey & { readonly code: string },
): SignInAnswer {
  const sent = requireCode(state, key);
  if (sent.code !== code) throw telegramError('code-wrong');
  const account = findByPhone(state, sent.phone);
  if (!account) throw telegramError('sign-up-needed');
  const answer = enter(state, link, account);
  // Until the password has been given the code may be sent again: its answer may have been lost.
  if (answer.step === 'signed-in') state.codes.delete(sent.hash);
  return answer;
}

/** The second step is asked of whoever has set a password. */
function enter(state: TwinState, link: TwinLink, account: TwinAccount): SignInAnswer {
  if (account.banned) throw telegramError('account-banned');
  if (account.password === null) return admit(state, link, account);
  link.owesPassword = account.user.id;
  return { step: 'password' };
}

function admit(state: TwinState, link: TwinLink, account: TwinAccount): SignInAnswer {
  link.owesPassword = null;
  link.accountId = account.user.id;
  state.sessions.set(link.key, account.user.id);
  return { step: 'signed-in', self: selfOf(state, account) };
}

function requirePassword(state: TwinState, link: TwinLink): TwinAccount {
  const account = link.owesPassword === null ? undefined : state.accounts.get(link.owesPassword);
  if (!account) throw telegramError('no-sign-in');
  return account;
}

function selfOf(state: TwinState, account: TwinAccount): Self {
  const peer = peerView(state, account, account.user.id);
  if (!peer) throw telegramError('unexpected-answer');
  return { peer, phone: account.phone, about: account.about };
}

function refuseApi({ apiRefused }: TwinState): void {
  if (apiRefused) throw telegramError('api-refused');
}
