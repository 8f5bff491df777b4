import { FloodWaitError, MsgWaitError, RPCError, SlowModeWaitError } from 'telegram/errors/index.js';
import { Api } from 'telegram/tl/index.js';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { migrationTarget, rpcName, toTelegramError } from './telegram-errors.ts';

const request = new Api.help.GetConfig();
const rpc = (name: string, code: number) => new RPCError(name, request, code);

describe('what Telegram refuses is told as what a person can do about it', () => {
  it.each([
    ['AUTH_KEY_UNREGISTERED', 401, 'session-revoked', 'denied'],
    ['SESSION_REVOKED', 401, 'session-revoked', 'denied'],
    ['AUTH_KEY_DUPLICATED', 406, 'session-duplicated', 'denied'],
    ['USER_DEACTIVATED', 401, 'account-banned', 'denied'],
    ['USER_DEACTIVATED_BAN', 401, 'account-banned', 'denied'],
    ['API_ID_INVALID', 400, 'api-refused', 'denied'],
    ['API_ID_PUBLISHED_FLOOD', 400, 'api-refused', 'denied'],
    ['PHONE_NUMBER_INVALID', 400, 'phone-wrong', 'invalid-input'],
    ['PHONE_NUMBER_BANNED', 400, 'phone-banned', 'denied'],
    ['PHONE_NUMBER_UNOCCUPIED', 400, 'phone-unknown', 'invalid-input'],
    ['PHONE_PASSWORD_FLOOD', 406, 'phone-flood', 'rate-limited'],
    ['PHONE_CODE_INVALID', 400, 'code-wrong', 'invalid-input'],
    ['PHONE_CODE_EXPIRED', 400, 'code-expired', 'invalid-input'],
    ['SEND_CODE_UNAVAILABLE', 406, 'code-undeliverable', 'upstream'],
    ['PASSWORD_HASH_INVALID', 400, 'password-wrong', 'invalid-input'],
    ['AUTH_TOKEN_EXPIRED', 400, 'qr-expired', 'conflict'],
    ['CHAT_WRITE_FORBIDDEN', 403, 'write-forbidden', 'denied'],
    ['CHAT_SEND_PHOTOS_FORBIDDEN', 403, 'write-forbidden', 'denied'],
    ['CHAT_ADMIN_REQUIRED', 400, 'write-forbidden', 'denied'],
    ['USER_BANNED_IN_CHANNEL', 400, 'write-forbidden', 'denied'],
    ['SOMETHING_NEW_FORBIDDEN', 403, 'write-forbidden', 'denied'],
    ['CHANNEL_PRIVATE', 400, 'chat-gone', 'not-found'],
    ['PEER_ID_INVALID', 400, 'peer-unknown', 'not-found'],
    ['CHANNEL_INVALID', 400, 'peer-unknown', 'not-found'],
    ['USER_IS_BLOCKED', 400, 'privacy', 'denied'],
    ['PEER_FLOOD', 400, 'spam-limit', 'denied'],
    ['MESSAGE_EMPTY', 400, 'message-empty', 'invalid-input'],
    ['MEDIA_CAPTION_TOO_LONG', 400, 'message-too-long', 'invalid-input'],
    ['RANDOM_ID_DUPLICATE', 500, 'already-sent', 'conflict'],
    ['FILE_REFERENCE_EXPIRED', 400, 'file-expired', 'conflict'],
    ['FILEREF_UPGRADE_NEEDED', 406, 'file-expired', 'conflict'],
    ['PHOTO_INVALID_DIMENSIONS', 400, 'file-refused', 'invalid-input'],
    ['FILE_PARTS_INVALID', 400, 'file-too-large', 'invalid-input'],
    ['AUTH_RESTART', 500, 'server-trouble', 'upstream'],
    ['INTERDC_2_CALL_ERROR', 500, 'server-trouble', 'upstream'],
    ['Timeout', -503, 'server-trouble', 'upstream'],
    ['NEVER_HEARD_OF', 400, 'unexpected-answer', 'upstream'],
  ])('%s (%i) is %s', (name, code, reason, appCode) => {
    expect(toTelegramError(rpc(name, code))).toMatchObject({ reason, code: appCode });
  });
});

describe('a wait', () => {
  it('says for how long, for the account and for one chat', () => {
    expect(toTelegramError(new FloodWaitError({ request, capture: 77 }))).toMatchObject({
      reason: 'flood-wait',
      code: 'rate-limited',
      retryAfterMs: 77_000,
    });
    expect(toTelegramError(new SlowModeWaitError({ request, capture: 30 }))).toMatchObject({
      reason: 'slow-mode',
      retryAfterMs: 30_000,
    });
    expect(toTelegramError(rpc('FLOOD_WAIT_5', 420))).toMatchObject({ retryAfterMs: 5000 });
    expect(toTelegramError(rpc('FLOOD_OF_A_NEW_KIND', 420))).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('is not what the library calls one: a request that waited for one that failed', () => {
    const failure = toTelegramError(new MsgWaitError({ request, capture: Number.NaN }));

    expect(failure).toMatchObject({ reason: 'server-trouble' });
    expect(failure.retryAfterMs).toBeUndefined();
  });
});

describe('trouble on the way', () => {
  it.each([
    [
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.2:443'), { code: 'ECONNREFUSED' }),
      'network-unreachable',
    ],
    [Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'network-unreachable'],
    [new Error('no answer in time'), 'network-unreachable'],
    [new Error('Cannot send requests while disconnected. Please reconnect.'), 'network-unreachable'],
    ['Maximum reconnection retries reached. Aborting!', 'network-unreachable'],
    [new Error('Request was unsuccessful 5 time(s)'), 'server-trouble'],
    [new Error('TIMEOUT'), 'timeout'],
    [undefined, 'unexpected-answer'],
  ])('%s', (thrown, reason) => {
    expect(toTelegramError(thrown).reason).toBe(reason);
  });

  it('holds nothing of what was said in its own words', () => {
    const error = toTelegramError(new Error('connect ECONNREFUSED 10.0.0.2:443 +79990001122'));

    expect(error.message).toBe('Telegram: network-unreachable');
    expect(error.details).toEqual({ reason: 'network-unreachable' });
  });
});

it('what was classified or given up before stays what it is', () => {
  const known = new AppError('cancelled');

  expect(toTelegramError(known)).toBe(known);
  expect(toTelegramError(new DOMException('no', 'AbortError')).code).toBe('cancelled');
});

it('the name and the other data centre are found through what became of the error', () => {
  const error = toTelegramError(Object.assign(rpc('FILE_MIGRATE_4', 303), { newDc: 4 }));

  expect(rpcName(error)).toBe('FILE_MIGRATE_4');
  expect(migrationTarget(error)).toBe(4);
  expect(migrationTarget(toTelegramError(rpc('MESSAGE_EMPTY', 400)))).toBeUndefined();
});
