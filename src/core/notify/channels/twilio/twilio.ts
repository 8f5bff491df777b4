import { z } from 'zod';
import { askingWords, hearsSms } from '../../../../shared/domain/sms-answer-line.ts';
import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import { AppError } from '../../../../shared/errors.ts';
import type {
  CreateDriver,
  Polled,
  ReceiptStatus,
  RouteDriver,
  Sent,
  StatusReport,
} from '../../route-driver.ts';
import { retryAfterMs, routeError, type RouteTrouble } from '../../route-errors.ts';
import {
  askMirrors,
  basicLogin,
  createSmsCall,
  formOf,
  formType,
  phoneOf,
  readAs,
  refuseStatus,
  toHundredths,
  unreadable,
} from '../sms/sms-call.ts';
import { hearAnswers } from './hear-answers.ts';

const message = z.object({
  sid: z.string(),
  to: z.string().optional(),
  from: z.string().nullish(),
  body: z.string().nullish(),
  direction: z.string().optional(),
  status: z.string(),
  error_code: z.coerce.number().nullish(),
  price: z.unknown().optional(),
  num_segments: z.coerce.number().optional(),
  // RFC 2822.
  date_created: z.string().nullish(),
  date_sent: z.string().nullish(),
});
export type TwilioMessage = z.infer<typeof message>;
const listShape = z.object({ messages: z.array(message) });
const faultShape = z.object({ code: z.number().optional(), message: z.string().optional() });
const accountShape = z.object({ friendly_name: z.string(), status: z.string() });

const surelyListedMs = 90_000;
const clockSkewMs = 120_000;

/** Twilio. It has no idempotency keys: a message whose answer was lost is looked up in its list. */
export const createTwilio: CreateDriver = (parts, config) => {
  const { accountSid = '', authToken = '', sender, messagingService, baseUrl = '' } = config.fields;
  const hears = hearsSms('twilio', config.fields);
  const call = createSmsCall(parts, config);
  const account = `2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;

  const ask = (page: string, signal: AbortSignal, body?: string, wrote?: () => void) =>
    askMirrors(baseUrl, async (url) => {
      const answer = await call({
        method: body === undefined ? 'GET' : 'POST',
        url: `${url}${account}${page}`,
        headers: {
          authorization: basicLogin(accountSid, authToken),
          ...(body === undefined ? {} : formType),
        },
        signal,
        ...(body === undefined ? {} : { body }),
        ...(wrote ? { wrote } : {}),
      });
      if (answer.status >= 400 && answer.status < 500) {
        const fault = readAs(faultShape, answer);
        if (fault?.code !== undefined) {
          throw refusalOf(
            fault.code,
            fault.message ?? '',
            retryAfterMs(answer.headers['retry-after'], parts.clock.now()),
          );
        }
      }
      refuseStatus(answer, parts.clock);
      return answer;
    });

  const list = async (query: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const answer = await ask(`/Messages.json?${formOf({ ...query, PageSize: '100' })}`, signal);
    const said = readAs(listShape, answer);
    if (!said) throw unreadable(answer.text);
    return said.messages;
  };

  const driver: RouteDriver = {
    receipts: ['accepted', 'delivered', 'read'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const words = hears ? askingWords(dispatch) : smsText(dispatch);
      const by = messagingService ? { MessagingServiceSid: messagingService } : { From: sender };
      const body = formOf({ To: phoneOf(dispatch.address), ...by, Body: words });
      const answer = await ask('/Messages.json', signal, body, wrote);
      const said = readAs(message, answer);
      if (!said) throw unreadable(answer.text);
      const report = toReport(said);
      if (report.status === 'failed') throw refusalOf(said.error_code ?? 0, said.status, undefined);
      return { segments: measureSms(words).segments, ...report, providerId: said.sid };
    },
    async poll(asked, signal) {
      const polled: Polled[] = [];
      for (const { providerId } of asked) {
        if (providerId === null) continue;
        const said = await ask(`/Messages/${encodeURIComponent(providerId)}.json`, signal).catch(absent);
        const found = said && readAs(message, said);
        if (found?.sid === providerId) polled.push({ providerId, report: toReport(found) });
      }
      return polled;
    },
    async find(asked, signal) {
      const sent = await list({ To: phoneOf(asked.address) }, signal);
      const near = sent.filter(
        ({ direction = '', date_created: at }) =>
          direction !== 'inbound' && Math.abs(Date.parse(at ?? '') - asked.sentAt) <= clockSkewMs,
      );
      const [only] = near;
      if (only && near.length === 1 && (only.body ?? '').includes(asked.text)) {
        return { ...toReport(only), providerId: only.sid };
      }
      if (near.length > 0) return 'in-doubt';
      return parts.clock.now() - asked.sentAt > surelyListedMs ? 'absent' : 'in-doubt';
    },
    async test(signal) {
      const answer = await ask('.json', signal);
      const said = readAs(accountShape, answer);
      if (!said) throw unreadable(answer.text);
      return { facts: { account: said.friendly_name, state: said.status } };
    },
  };
  if (!hears) return driver;
  const ear = {
    clock: parts.clock,
    inbound: (since: string, signal: AbortSignal) =>
      list({ To: phoneOf(sender ?? ''), 'DateSent>': since }, signal),
  };
  return {
    ...driver,
    receipts: ['accepted', 'delivered', 'read', 'acknowledged'],
    listen: (inbox, signal) => hearAnswers(ear, inbox, signal),
  };
};

/** A sid that this account does not have says nothing about the others. */
function absent(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.reason === 'route-not-set-up') return undefined;
  throw thrown;
}

const troubles: Readonly<Record<number, RouteTrouble>> = {
  20003: 'route-login-refused',
  20404: 'route-not-set-up',
  20429: 'route-throttled',
  21211: 'address-refused',
  21212: 'route-forbidden',
  21408: 'route-forbidden',
  21606: 'route-forbidden',
  21608: 'route-forbidden',
  21610: 'address-blocked',
  21611: 'route-throttled',
  21614: 'address-refused',
  21617: 'payload-too-large',
  30001: 'route-throttled',
  30003: 'address-refused',
  30004: 'address-blocked',
  30005: 'address-refused',
  63038: 'route-throttled',
};

function refusalOf(code: number, words: string, wait: number | undefined): AppError {
  const trouble = troubles[code] ?? 'message-refused';
  return routeError(trouble, {
    certainty: trouble.startsWith('route-') ? 'not-sent' : 'refused',
    raw: `${code} ${words}`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

const final: Readonly<Record<string, ReceiptStatus>> = {
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

function toReport({ status, error_code: code, price, num_segments: segments }: TwilioMessage): StatusReport {
  const cost = toHundredths(price);
  return {
    status: final[status] ?? 'accepted',
    raw: code ? `${status} ${code}` : status,
    ...(cost === undefined ? {} : { cost }),
    ...(segments ? { segments } : {}),
  };
}
