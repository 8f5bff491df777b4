import { z } from 'zod';
import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import type { AppError } from '../../../../shared/errors.ts';
import type { CreateDriver, Polled, ReceiptStatus, Sent } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import {
  askMirrors,
  createSmsCall,
  digitsOf,
  formOf,
  formType,
  readAs,
  refuseStatus,
  unreadable,
} from '../sms/sms-call.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const envelope = z.object({
  code: z.coerce.number(),
  data: z.unknown().optional(),
  message: z.string().nullish(),
});
type Said = z.infer<typeof envelope>;
const taken = z.object({ messageId: text });
const statusRow = z.object({ id: text, status: z.string(), segNum: z.coerce.number().optional() });
const money = z.object({ balance: text, currency: z.string().optional() });

/** Code 30 says no time; the service counts by the minute. */
const tooOftenMs = 60_000;

/** Mobizon, the gateway of Kazakhstan. Its key goes in the address, as it wants it. */
export const createMobizon: CreateDriver = (parts, config) => {
  const { apiKey = '', sender, validMinutes, baseUrl = '' } = config.fields;
  const call = createSmsCall(parts, config);

  const ask = (
    method: string,
    fields: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
    wrote?: () => void,
  ) =>
    askMirrors(baseUrl, async (url) => {
      const answer = await call({
        method: 'POST',
        url: `${url}service/${method}?${formOf({ output: 'json', api: 'v1', apiKey })}`,
        headers: formType,
        body: formOf(fields),
        signal,
        ...(wrote ? { wrote } : {}),
      });
      refuseStatus(answer, parts.clock);
      const said = readAs(envelope, answer);
      if (!said) throw unreadable(answer.text);
      if (said.code !== 0) throw refusalOf(said);
      return { data: said.data, raw: answer.text };
    });

  return {
    receipts: ['accepted', 'delivered'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const words = smsText(dispatch);
      const fields = {
        recipient: digitsOf(dispatch.address),
        text: words,
        from: sender,
        'params[validity]': validMinutes,
      };
      const { data, raw } = await ask('message/sendSmsMessage', fields, signal, wrote);
      const said = taken.safeParse(data).data;
      if (!said) throw unreadable(raw);
      return {
        status: 'accepted',
        raw: 'NEW',
        providerId: said.messageId,
        segments: measureSms(words).segments,
      };
    },
    async poll(asked, signal) {
      const ids = asked.map(({ providerId }) => providerId).filter((id) => id !== null);
      if (ids.length === 0) return [];
      const { data } = await ask('message/getSMSStatus', { ids: ids.join(',') }, signal);
      const polled: Polled[] = [];
      for (const row of Array.isArray(data) ? (data as readonly unknown[]) : []) {
        const said = statusRow.safeParse(row).data;
        if (!said || !ids.includes(said.id)) continue;
        const segments = said.segNum === undefined ? {} : { segments: said.segNum };
        polled.push({
          providerId: said.id,
          report: { status: toStatus(said.status), raw: said.status, ...segments },
        });
      }
      return polled;
    },
    async test(signal) {
      const { data, raw } = await ask('user/getOwnBalance', {}, signal);
      const said = money.safeParse(data).data;
      if (!said) throw unreadable(raw);
      return { facts: { balance: `${said.balance} ${said.currency ?? ''}`.trim() } };
    },
  };
};

function refusalOf({ code, data, message }: Said): AppError {
  const faults = data === undefined || data === null ? '' : JSON.stringify(data);
  const raw = `${code} ${message ?? ''} ${faults}`.trim();
  if (code === 30)
    return routeError('route-throttled', { certainty: 'not-sent', retryAfterMs: tooOftenMs, raw });
  if (code === 8) return routeError('route-login-refused', { certainty: 'not-sent', raw });
  if (code === 14) return routeError('route-forbidden', { certainty: 'not-sent', raw });
  // The right host stands in the data: a person writes it into the route, the key goes nowhere by itself.
  if (code === 13) return routeError('route-not-set-up', { certainty: 'not-sent', raw });
  if (/balance|fund|money/i.test(message ?? '')) {
    return routeError('route-no-money', { certainty: 'not-sent', raw });
  }
  if (code === 1 && /recipient/i.test(faults))
    return routeError('address-refused', { certainty: 'refused', raw });
  if (code === 1 && /"from"/i.test(faults))
    return routeError('route-forbidden', { certainty: 'refused', raw });
  // Done in part, done later, failed somehow: the message may be on its way.
  if ([98, 99, 100, 999].includes(code)) {
    return routeError('route-answer-unreadable', { certainty: 'unknown', raw });
  }
  return routeError('message-refused', { certainty: 'refused', raw });
}

const final: Readonly<Record<string, ReceiptStatus>> = {
  DELIVRD: 'delivered',
  UNDELIV: 'failed',
  REJECTD: 'failed',
  EXPIRED: 'failed',
  DELETED: 'failed',
};

function toStatus(raw: string): ReceiptStatus {
  return final[raw.toUpperCase()] ?? 'accepted';
}
