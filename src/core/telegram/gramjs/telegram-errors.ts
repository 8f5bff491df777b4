import { FloodWaitError, MsgWaitError, SlowModeWaitError } from 'telegram/errors/index.js';
import { AppError } from '../../../shared/errors.ts';
import type { TelegramTrouble } from '../../../shared/domain/telegram-troubles.ts';
import { telegramError } from '../telegram-error.ts';

type Failure = {
  /** What Telegram calls the refusal: https://core.telegram.org/api/errors. */
  readonly name: string;
  readonly code: number;
  /** The library's own words when Telegram said nothing. */
  readonly text: string;
};

/** First match wins. */
const byName: readonly (readonly [RegExp, TelegramTrouble])[] = [
  [/^AUTH_KEY_DUPLICATED$/, 'session-duplicated'],
  [/^USER_DEACTIVATED/, 'account-banned'],
  [/^(AUTH_KEY_(UNREGISTERED|INVALID|PERM_EMPTY)|SESSION_(REVOKED|EXPIRED))$/, 'session-revoked'],
  [/^API_ID_/, 'api-refused'],
  [/^PHONE_NUMBER_INVALID$/, 'phone-wrong'],
  [/^PHONE_NUMBER_BANNED$/, 'phone-banned'],
  [/^PHONE_NUMBER_UNOCCUPIED$/, 'phone-unknown'],
  [/^PHONE_(NUMBER|PASSWORD)_FLOOD$/, 'phone-flood'],
  [/^PHONE_NUMBER_APP_SIGNUP_FORBIDDEN$/, 'sign-up-needed'],
  [/^PHONE_CODE_(INVALID|EMPTY)$/, 'code-wrong'],
  [/^PHONE_(CODE_EXPIRED|CODE_HASH_\w+|HASH_EXPIRED)$/, 'code-expired'],
  [/^(SEND_CODE_UNAVAILABLE|PHONE_CODE_SEND_\w+|SMS_CODE_CREATE_FAILED)$/, 'code-undeliverable'],
  [/^PASSWORD_HASH_INVALID$/, 'password-wrong'],
  [/^AUTH_TOKEN_/, 'qr-expired'],
  [/^(USER_IS_BLOCKED|YOU_BLOCKED_USER|USER_PRIVACY_\w+|PRIVACY_\w+|VOICE_MESSAGES_FORBIDDEN)$/, 'privacy'],
  [/^PEER_FLOOD$/, 'spam-limit'],
  [
    /^(CHANNEL_PRIVATE|CHAT_FORBIDDEN|INPUT_USER_DEACTIVATED|USER_NOT_PARTICIPANT|CHANNEL_MONOFORUM_\w+)$/,
    'chat-gone',
  ],
  [
    /^(CHAT_(WRITE|SEND_\w+|GUEST_SEND)_FORBIDDEN|CHAT_(ADMIN_REQUIRED|RESTRICTED)|TOPIC_CLOSED)$/,
    'write-forbidden',
  ],
  [/^(USER_BANNED_IN_CHANNEL|BROADCAST_FORBIDDEN|RIGHT_FORBIDDEN)$/, 'write-forbidden'],
  [
    /^((PEER|USER|CHANNEL|CHAT|INPUT_USER)(_ID)?_INVALID|ACCESS_HASH_INVALID|MSG_ID_INVALID)$/,
    'peer-unknown',
  ],
  [/^(MESSAGE|MEDIA)_EMPTY$/, 'message-empty'],
  [/^(MESSAGE|MEDIA_CAPTION)_TOO_LONG$/, 'message-too-long'],
  [/^RANDOM_ID_DUPLICATE$/, 'already-sent'],
  [/^FILE_?REF/, 'file-expired'],
  [/^(FILE_ID_INVALID|LOCATION_INVALID|LOCATION_NOT_AVAILABLE)$/, 'file-missing'],
  [/^(FILE_PARTS_INVALID|FILE_PART_TOO_BIG|FILE_TOO_BIG|FILE_PART_SIZE_INVALID)$/, 'file-too-large'],
  [/^(PHOTO|DOCUMENT|MEDIA|IMAGE|VIDEO|GROUPED_MEDIA)_\w*(INVALID|FAILED|DIMENSIONS)\w*$/, 'file-refused'],
  [/^FILE_PART_\d+_MISSING$/, 'server-trouble'],
  [
    /^(AUTH_RESTART|SRP_ID_INVALID|MSG_WAIT_\w+|CONNECTION_\w+|PERSISTENT_TIMESTAMP_OUTDATED)/,
    'server-trouble',
  ],
  [/(CALL|MCGET)_(FAIL|ERROR)|WORKER_BUSY|^Timeout$|^TIMEOUT$/i, 'server-trouble'],
];

const byText: readonly (readonly [RegExp, TelegramTrouble])[] = [
  [
    /while disconnected|not connected|NetSocket was closed|Maximum reconnection|socket hang up/i,
    'network-unreachable',
  ],
  [
    /E(CONN\w+|HOSTUNREACH|NETUNREACH|NETDOWN|PIPE|TIMEDOUT|AI_AGAIN)|ENOTFOUND|no answer in time/,
    'network-unreachable',
  ],
  [/^TIMEOUT$/, 'timeout'],
  [/was unsuccessful \d+ time/, 'server-trouble'],
];

/** The one border where what the library threw becomes ours. */
export function toTelegramError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return new AppError('cancelled', { cause: thrown });
  }
  if (neverBegan(thrown)) return telegramError('server-trouble', { cause: thrown });
  const waitMs = floodWaitMs(thrown);
  if (thrown instanceof SlowModeWaitError) {
    return telegramError('slow-mode', { retryAfterMs: waitMs ?? 0, cause: thrown });
  }
  if (waitMs !== undefined) return telegramError('flood-wait', { retryAfterMs: waitMs, cause: thrown });
  return telegramError(troubleOf(read(thrown)), { cause: thrown });
}

/**
 * The library lets messages that leave together wait for each other, and what waited for a failure is not even begun.
 * It counts that as a flood, with no time to wait.
 */
export function neverBegan(thrown: unknown): boolean {
  return thrown instanceof MsgWaitError;
}

/** Both kinds carry seconds and, in this library, no name: their `errorMessage` is only "FLOOD". */
function floodWaitMs(thrown: unknown): number | undefined {
  if (thrown instanceof FloodWaitError || thrown instanceof SlowModeWaitError) return thrown.seconds * 1000;
  const { name, code } = read(thrown);
  const seconds = /^FLOOD\w*_WAIT_(\d+)$/.exec(name)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  return code === 420 ? 60_000 : undefined;
}

export function rpcName(error: unknown): string {
  const thrown = error instanceof AppError ? error.cause : error;
  return read(thrown).name;
}

/** The data centre a request has to be repeated at, when that is what was answered. */
export function migrationTarget(error: unknown): number | undefined {
  const thrown = error instanceof AppError ? error.cause : error;
  const dcId = field(thrown, 'newDc');
  return typeof dcId === 'number' && dcId > 0 ? dcId : undefined;
}

function troubleOf({ name, code, text }: Failure): TelegramTrouble {
  const named = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (name !== '') {
    if (Math.abs(code) >= 500) return 'server-trouble';
    return code === 403 ? 'write-forbidden' : 'unexpected-answer';
  }
  return byText.find(([pattern]) => pattern.test(text))?.[1] ?? 'unexpected-answer';
}

function read(thrown: unknown): Failure {
  const code = field(thrown, 'code');
  const name = field(thrown, 'errorMessage');
  const words = typeof thrown === 'string' ? thrown : field(thrown, 'message');
  const system = typeof code === 'string' ? `${code} ` : '';
  return {
    name: typeof name === 'string' ? name : '',
    code: typeof code === 'number' ? code : 0,
    text: system + (typeof words === 'string' ? words : ''),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
