import { createHash } from 'node:crypto';
import { z } from 'zod';
import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import type { AppError } from '../../../../shared/errors.ts';
import type { Asked, CreateDriver, Polled, ReceiptStatus, Sent, StatusReport } from '../../route-driver.ts';
import { routeError, type RouteTrouble } from '../../route-errors.ts';
import {
  askMirrors,
  createSmsCall,
  digitsOf,
  formOf,
  formType,
  readAs,
  refuseStatus,
  toHundredths,
  unreadable,
} from '../sms/sms-call.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const answerShape = z.object({
  id: text.optional(),
  cnt: z.coerce.number().optional(),
  cost: z.unknown().optional(),
  balance: text.optional(),
  status: z.coerce.number().optional(),
  error: z.string().optional(),
  error_code: z.coerce.number().optional(),
});
type Said = z.infer<typeof answerShape>;

/** A message may be a while under way inside the service before its status can be asked for. */
const surelyKnownMs = 90_000;
/** Code 9: the same message within a minute, or too many requests at once. */
const tooOftenMs = 60_000;

/** SMSC.ru: a message carries an id of ours, by which its fate is found when the answer was lost. */
export const createSmsc: CreateDriver = (parts, config) => {
  const { login, password, apiKey = '', sender, baseUrls = '' } = config.fields;
  const call = createSmsCall(parts, config);
  const key = apiKey === '' ? { login, psw: password } : { apikey: apiKey };

  const ask = (
    page: string,
    fields: Record<string, string | undefined>,
    signal: AbortSignal,
    wrote?: () => void,
  ) =>
    askMirrors(baseUrls, async (baseUrl) => {
      const answer = await call({
        method: 'POST',
        url: `${baseUrl}${page}.php`,
        headers: formType,
        body: formOf({ ...key, ...fields, charset: 'utf-8', fmt: '3' }),
        signal,
        ...(wrote ? { wrote } : {}),
      });
      refuseStatus(answer, parts.clock);
      const said = readAs(answerShape, answer);
      if (!said) throw unreadable(answer.text);
      if (said.error_code !== undefined) throw refusalOf(said);
      return { said, raw: answer.text };
    });

  const statusOf = async ({ address }: Asked, id: string, signal: AbortSignal) => {
    const { said } = await ask('status', { phone: digitsOf(address), id }, signal);
    return said.status === undefined || said.status === notFound ? undefined : toReport(said);
  };

  return {
    receipts: ['accepted', 'delivered', 'read'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const words = smsText(dispatch);
      const id = ownId(dispatch.uuid);
      const fields = { phones: digitsOf(dispatch.address), mes: words, sender, id, cost: '3' };
      const { said, raw } = await ask('send', fields, signal, wrote);
      if (said.id !== id) throw unreadable(raw);
      const cost = toHundredths(said.cost);
      return {
        status: 'accepted',
        raw: 'accepted',
        providerId: id,
        segments: said.cnt ?? measureSms(words).segments,
        ...(cost === undefined ? {} : { cost }),
      };
    },
    async poll(asked, signal) {
      const polled: Polled[] = [];
      for (const one of asked) {
        const report = one.providerId === null ? undefined : await statusOf(one, one.providerId, signal);
        if (one.providerId !== null && report) polled.push({ providerId: one.providerId, report });
      }
      return polled;
    },
    async find(asked, signal) {
      const id = ownId(asked.uuid);
      const report = await statusOf(asked, id, signal);
      if (report) return { ...report, providerId: id };
      return parts.clock.now() - asked.sentAt > surelyKnownMs ? 'absent' : 'in-doubt';
    },
    async test(signal) {
      const { said } = await ask('balance', {}, signal);
      return { facts: { balance: said.balance ?? '' } };
    },
  };
};

/** The service wants a number below 2^31; the same for every try of one delivery. */
function ownId(uuid: string): string {
  const drawn = createHash('sha256').update(uuid).digest().readUInt32BE(0);
  return String((drawn % 2_147_483_646) + 1);
}

const troubles: Readonly<Record<number, RouteTrouble>> = {
  2: 'route-login-refused',
  3: 'route-no-money',
  4: 'route-forbidden',
  7: 'address-refused',
  8: 'address-refused',
};

function refusalOf({ error_code: code = 0, error = '' }: Said): AppError {
  const raw = `${code} ${error}`;
  if (code === 9) {
    return routeError('route-throttled', { certainty: 'not-sent', retryAfterMs: tooOftenMs, raw });
  }
  const trouble = troubles[code] ?? 'message-refused';
  const isRoute = trouble.startsWith('route-');
  return routeError(trouble, { certainty: isRoute ? 'not-sent' : 'refused', raw });
}

const notFound = -3;

const statuses: Readonly<Record<number, ReceiptStatus>> = {
  [-2]: 'failed',
  1: 'delivered',
  2: 'read',
  3: 'failed',
  // They followed the link in it.
  4: 'read',
  20: 'failed',
  22: 'failed',
  23: 'failed',
  24: 'failed',
  25: 'failed',
};

function toReport({ status = 0 }: Said): StatusReport {
  return { status: statuses[status] ?? 'accepted', raw: String(status) };
}
