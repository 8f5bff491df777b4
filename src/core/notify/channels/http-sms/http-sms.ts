import { measureSms, smsText } from '../../../../shared/domain/sms-segments.ts';
import type { AppError } from '../../../../shared/errors.ts';
import type { HttpAnswer } from '../../http-call.ts';
import type {
  Asked,
  CreateDriver,
  Dispatch,
  Polled,
  ReceiptStatus,
  RouteDriver,
  RouteTest,
  Sent,
} from '../../route-driver.ts';
import { routeError, routeTroubles } from '../../route-errors.ts';
import { createSmsCall, phoneOf, refuseStatus, toHundredths, unreadable } from '../sms/sms-call.ts';
import { fillHeaders, fillTemplate, type Place, type Values } from './fill-template.ts';
import { findInAnswer, mapped, readMap, toPattern } from './read-answer.ts';

type Fields = Readonly<Record<string, string>>;

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/** Any gateway with an HTTP interface, described by templates and by where its answers say what. */
export const createHttpSms: CreateDriver = (parts, { fields, ...config }) => {
  const call = createSmsCall(parts, { ...config, fields });
  const hasStatus = (fields['statusUrl'] ?? '') !== '';

  const ask = (request: Filled, signal: AbortSignal, wrote?: () => void) =>
    call({ ...request, signal, ...(wrote ? { wrote } : {}) });

  const driver: RouteDriver = {
    receipts: receiptsOf(fields),
    isIdempotent: false,
    async send(dispatch, { wrote }, signal): Promise<Sent> {
      const text = smsText(dispatch);
      const request = fillSend(fields, valuesOf(fields, dispatch, text));
      const answer = await ask(request, signal, wrote);
      if (!isWell(fields, answer)) {
        throw refusalOf(fields, answer) ?? toRefusal(answer, () => refuseStatus(answer, parts.clock));
      }
      const cost = toHundredths(findInAnswer(answer.text, fields['costAt'] ?? ''));
      return {
        status: 'accepted',
        raw: `${answer.status}`,
        providerId: findInAnswer(answer.text, fields['idAt'] ?? '') ?? null,
        segments: measureSms(text).segments,
        ...(cost === undefined ? {} : { cost }),
      };
    },
    async test(signal): Promise<RouteTest> {
      // The templates are filled for nobody: what is wrong with them is found without a message.
      const sample = { address: '+79005550100', uuid: '0', text: '' };
      const request = fillSend(fields, valuesOf(fields, sample, 'Проверка "связи"'));
      for (const name of ['successPattern', 'idAt', 'errorAt', 'statusAt'] as const)
        findInAnswer('', fields[name] ?? '');
      toPattern(fields['successPattern'] ?? '');
      const testUrl = fields['testUrl'] ?? '';
      if (testUrl === '') return { facts: { service: new URL(request.url).host } };
      const values = valuesOf(fields, sample, '');
      const answer = await ask(
        {
          method: 'GET',
          url: fillTemplate(testUrl, 'url', values),
          headers: fillHeaders(fields['headers'] ?? '', values),
        },
        signal,
      );
      refuseStatus(answer, parts.clock);
      return { facts: { answer: answer.text.slice(0, 200) } };
    },
  };
  return hasStatus ? { ...driver, poll: pollAll } : driver;

  async function pollAll(asked: readonly Asked[], signal: AbortSignal): Promise<readonly Polled[]> {
    const map = readMap(fields['statusMap'] ?? '');
    const polled: Polled[] = [];
    for (const one of asked) {
      if (one.providerId === null) continue;
      const values = { ...valuesOf(fields, one, one.text), id: one.providerId };
      const answer = await ask(fillStatus(fields, values), signal);
      // Not known there, or not any more: others may be.
      if (answer.status === 404) continue;
      refuseStatus(answer, parts.clock);
      const raw = findInAnswer(answer.text, fields['statusAt'] ?? '');
      if (raw === undefined) continue;
      polled.push({ providerId: one.providerId, report: { status: toStatus(mapped(map, raw)), raw } });
    }
    return polled;
  }
};

function receiptsOf({ statusUrl = '', statusMap = '' }: Fields): RouteDriver['receipts'] {
  if (statusUrl === '') return ['accepted'];
  const tellsRead = [...readMap(statusMap).values()].includes('read');
  return tellsRead ? ['accepted', 'delivered', 'read'] : ['accepted', 'delivered'];
}

type Filled = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

function fillSend(fields: Fields, values: Values): Filled {
  const method = fields['method'] || 'POST';
  return fill(fields, values, { method, url: fields['url'] ?? '', body: fields['body'] ?? '' });
}

function fillStatus(fields: Fields, values: Values): Filled {
  const body = fields['statusBody'] ?? '';
  return fill(fields, values, { method: body === '' ? 'GET' : 'POST', url: fields['statusUrl'] ?? '', body });
}

function fill(
  fields: Fields,
  values: Values,
  { method, url, body }: { readonly method: string; readonly url: string; readonly body: string },
): Filled {
  const bodyType = (fields['bodyType'] || 'json') as Place;
  const hasBody = method !== 'GET' && body !== '';
  const filled = hasBody ? fillTemplate(body, bodyType, values) : undefined;
  if (filled !== undefined && bodyType === 'json' && !isJson(filled)) {
    throw routeError('route-not-set-up', { certainty: 'not-sent', raw: 'the body is no JSON' });
  }
  const address = fillTemplate(url, 'url', values);
  if (!URL.canParse(address)) throw routeError('route-not-set-up', { certainty: 'not-sent', raw: url });
  return {
    method,
    url: address,
    headers: {
      ...(hasBody ? { 'content-type': contentTypes[bodyType] ?? contentTypes['text'] ?? '' } : {}),
      ...fillHeaders(fields['headers'] ?? '', values),
    },
    ...(filled === undefined ? {} : { body: filled }),
  };
}

function valuesOf(
  fields: Fields,
  { address, uuid }: Pick<Dispatch, 'address' | 'uuid'>,
  text: string,
): Values {
  const phone = phoneOf(address);
  const digits = phone.slice(1);
  const { login = '', password = '', sender = '', numberForm = 'digits' } = fields;
  const forms: Values = { digits, plus: phone, national: nationalOf(phone) };
  return {
    digits,
    phone,
    number: forms[numberForm] ?? digits,
    text,
    sender,
    login,
    password,
    basic: Buffer.from(`${login}:${password}`).toString('base64'),
    uuid,
    // Of a message that was taken; a template of sending that asks for it gets nothing.
    id: '',
  };
}

/** As it is dialled at home: 8 900 … in Russia and Kazakhstan; elsewhere gateways want the whole number. */
function nationalOf(phone: string): string {
  return phone.startsWith('+7') ? `8${phone.slice(2)}` : phone.slice(1);
}

/** Without any rule a status of 2xx is all that tells. */
function isWell({ successAt = '', successPattern = '' }: Fields, { status, text }: HttpAnswer): boolean {
  if (status < 200 || status >= 300) return false;
  if (successAt === '') return successPattern === '' || toPattern(successPattern).test(text);
  const value = findInAnswer(text, successAt);
  if (value === undefined) return false;
  if (successPattern !== '') return toPattern(successPattern).test(value);
  return !/^(?:false|0|no|)$/i.test(value);
}

/** What the gateway says is wrong, where its answer says anything a rule can read. */
function refusalOf(fields: Fields, { status, text }: HttpAnswer): AppError | undefined {
  const { errorAt = '', errorMap = '', successAt = '' } = fields;
  const said = findInAnswer(text, errorAt);
  if (said === undefined) {
    const denied = status < 300 ? findInAnswer(text, successAt) : undefined;
    return denied === undefined
      ? undefined
      : routeError('message-refused', { certainty: 'refused', raw: text });
  }
  const meant = mapped(readMap(errorMap), said);
  const trouble = routeTroubles.find((known) => known === meant) ?? 'message-refused';
  const isLater = ['route-throttled', 'route-no-money', 'route-login-refused'].includes(trouble);
  return routeError(trouble, { certainty: isLater ? 'not-sent' : 'refused', raw: said });
}

function toRefusal(answer: HttpAnswer, refuse: () => void): unknown {
  try {
    refuse();
  } catch (refusal) {
    return refusal;
  }
  return unreadable(answer.text);
}

function toStatus(meant: string | undefined): ReceiptStatus {
  return meant === 'delivered' || meant === 'failed' || meant === 'read' ? meant : 'accepted';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
