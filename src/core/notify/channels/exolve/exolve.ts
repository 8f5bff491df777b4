import { z } from 'zod';
import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import type { AppError } from '../../../../shared/errors.ts';
import type { CreateDriver, Polled, ReceiptStatus, Sent } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { askMirrors, createSmsCall, digitsOf, readAs, refuseStatus, unreadable } from '../sms/sms-call.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const taken = z.object({ message_id: text });
const refusal = z.object({
  error: z.object({ code: text.optional(), message: z.string().optional() }).optional(),
  code: text.optional(),
  message: z.string().optional(),
});
const list = z.object({
  messages: z.array(z.object({ message_id: text, status: text.optional(), destination: text.optional() })),
});
const count = z.object({ count: z.coerce.number().optional() });

/** MTS Exolve. What its answers hold besides `message_id` is not documented: statuses are read by their words. */
export const createExolve: CreateDriver = (parts, config) => {
  const { apiKey = '', sender = '', baseUrl = '' } = config.fields;
  const call = createSmsCall(parts, config);

  const ask = (method: string, body: object, signal: AbortSignal, wrote?: () => void) =>
    askMirrors(baseUrl, async (url) => {
      const answer = await call({
        method: 'POST',
        url: `${url}messaging/v1/${method}`,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
        ...(wrote ? { wrote } : {}),
      });
      if (answer.status === 400 || answer.status === 422)
        throw refusalOf(readAs(refusal, answer), answer.text);
      refuseStatus(answer, parts.clock);
      return answer;
    });

  return {
    receipts: ['accepted', 'delivered'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const words = smsText(dispatch);
      const body = { number: sender, destination: digitsOf(dispatch.address), text: words };
      const answer = await ask('SendSMS', body, signal, wrote);
      const said = readAs(taken, answer);
      if (!said) throw unreadable(answer.text);
      return {
        status: 'accepted',
        raw: 'accepted',
        providerId: said.message_id,
        segments: measureSms(words).segments,
      };
    },
    async poll(asked, signal) {
      const polled: Polled[] = [];
      for (const { providerId, address } of asked) {
        if (providerId === null) continue;
        const answer = await ask('GetList', { message_id: providerId }, signal);
        const found = readAs(list, answer)?.messages.find(
          (one) =>
            one.message_id === providerId && (one.destination ?? digitsOf(address)) === digitsOf(address),
        );
        if (found) {
          const raw = found.status ?? '';
          polled.push({ providerId, report: { status: toStatus(raw), raw } });
        }
      }
      return polled;
    },
    async test(signal) {
      const answer = await ask('GetCount', {}, signal);
      return { facts: { messages: readAs(count, answer)?.count ?? 0 } };
    },
  };
};

function refusalOf(said: z.infer<typeof refusal> | undefined, body: string): AppError {
  const raw = [said?.error?.code ?? said?.code, said?.error?.message ?? said?.message]
    .filter(Boolean)
    .join(' ');
  const words = raw || body;
  if (/balance|funds|money/i.test(words)) {
    return routeError('route-no-money', { certainty: 'not-sent', raw: words });
  }
  if (/destination/i.test(words)) {
    return routeError('address-refused', { certainty: 'refused', raw: words });
  }
  // A name that was not agreed on, or a landline: nobody is reached with it.
  if (/sender|\bnumber\b|alpha/i.test(words)) {
    return routeError('route-forbidden', { certainty: 'not-sent', raw: words });
  }
  return routeError('message-refused', { certainty: 'refused', raw: words });
}

function toStatus(raw: string): ReceiptStatus {
  if (/undeliv|not.?deliv|fail|reject|expir|cancel|delet/i.test(raw)) return 'failed';
  return /deliver/i.test(raw) ? 'delivered' : 'accepted';
}
