import { z } from 'zod';
import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import { toE164 } from '../../../../shared/domain/phone.ts';
import type { Asked, CreateDriver, Polled, Sent } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import {
  askMirrors,
  basicLogin,
  createSmsCall,
  digitsOf,
  refuseStatus,
  unreadable,
} from '../sms/sms-call.ts';
import { readEnvelope, readList, readMessage, refusalOf, toReport } from './smsaero-answers.ts';

/** A message may be a while under way inside the service before its list shows it. */
const surelyListedMs = 90_000;
/** The service's clock and the desk's need not agree. */
const clockSkewMs = 120_000;

const balanceData = z.object({ balance: z.coerce.number() });
const signData = z.object({ name: z.string() });

/** SMSAero API v2. It has no idempotency keys and no answers: what it was given is looked up in its own list. */
export const createSmsaero: CreateDriver = (parts, config) => {
  const {
    login = '',
    apiKey = '',
    sender = '',
    channelType = '',
    testMode = '',
    baseUrls = '',
  } = config.fields;
  const call = createSmsCall(parts, config);
  const prefix = testMode === '' ? 'sms/' : 'sms/test';

  const ask = (method: string, body: object, signal: AbortSignal, wrote?: () => void) =>
    askMirrors(baseUrls, async (baseUrl) => {
      const answer = await call({
        method: 'POST',
        url: `${baseUrl}${method}`,
        headers: {
          authorization: basicLogin(login, apiKey),
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify(body),
        signal,
        ...(wrote ? { wrote } : {}),
      });
      const said = readEnvelope(answer);
      // 400 tells in its body what was wrong; any other status says enough by itself.
      if (answer.status !== 400 || said === undefined) refuseStatus(answer, parts.clock);
      if (said === undefined) throw unreadable(answer.text);
      if (said.success !== true) throw refusalOf(said);
      return { said, text: answer.text };
    });

  return {
    receipts: ['accepted', 'delivered'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const digits = digitsOf(dispatch.address);
      const text = smsText(dispatch);
      const body = {
        number: Number(digits),
        text,
        sign: sender,
        ...(channelType === '' ? {} : { channel: channelType }),
      };
      const { said, text: raw } = await ask(`${prefix}send`, body, signal, wrote);
      const message = readMessage(said.data);
      if (!message || (message.number !== undefined && message.number !== digits)) throw unreadable(raw);
      const report = toReport(message, measureSms(text).segments);
      if (report.status === 'failed') {
        throw routeError('message-refused', { certainty: 'refused', raw: report.raw });
      }
      return { ...report, providerId: message.id };
    },
    async poll(asked, signal) {
      const polled: Polled[] = [];
      for (const { providerId, address } of asked) {
        if (providerId === null) continue;
        const message = await statusOf(providerId, signal);
        // Ids of another account, or of the test mode, must not tell the fate of this message.
        if (message?.id !== providerId || !isFor(message.number, address)) continue;
        polled.push({ providerId, report: toReport(message) });
      }
      return polled;
    },
    async find(asked, signal) {
      const { said } = await ask(`${prefix}list`, { number: Number(digitsOf(asked.address)) }, signal);
      const listed = readList(said.data).map(readMessage);
      // Rows that cannot be read, or of others: then the list does not show what was asked for.
      if (listed.some((message) => !message || !isFor(message.number, asked.address))) return 'in-doubt';
      const rows = listed.filter((message) => message !== undefined);
      const near = rows.filter(({ dateCreate = 0 }) => isNear(dateCreate * 1000, asked));
      const [only] = near;
      if (only && near.length === 1 && saysTheSame(only.text, asked.text)) {
        return { ...toReport(only), providerId: only.id };
      }
      if (near.length > 0 || rows.some(({ text }) => saysTheSame(text, asked.text))) return 'in-doubt';
      return parts.clock.now() - asked.sentAt > surelyListedMs ? 'absent' : 'in-doubt';
    },
    async test(signal) {
      await ask('auth', {}, signal);
      const { balance } = balanceData.parse((await ask('balance', {}, signal)).said.data);
      const signs = readList((await ask('sign/list', {}, signal)).said.data)
        .map((row) => signData.safeParse(row).data?.name)
        .filter((name) => name !== undefined);
      return { facts: { balance, senders: signs.join(', ') } };
    },
  };

  async function statusOf(id: string, signal: AbortSignal) {
    try {
      return readMessage((await ask(`${prefix}status`, { id: Number(id) }, signal)).said.data);
    } catch (thrown) {
      if (isUnknownMessage(thrown)) return undefined;
      throw thrown;
    }
  }
};

function isUnknownMessage(thrown: unknown): boolean {
  const { reason } = thrown as { readonly reason?: unknown };
  return reason === 'message-refused';
}

function isFor(number: string | undefined, address: string): boolean {
  return number === undefined || `+${number}` === toE164(address);
}

/** A title stands before the words, and a service may tidy the blanks. */
function saysTheSame(text: string | undefined, words: string): boolean {
  const tidy = (said: string) => said.replaceAll(/\s+/g, ' ').trim();
  return text !== undefined && tidy(text).endsWith(tidy(words));
}

function isNear(at: number, { sentAt }: Asked): boolean {
  return Math.abs(at - sentAt) <= clockSkewMs;
}
