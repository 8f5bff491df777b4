import type { AppError } from '../../../../shared/errors.ts';
import type { Urgency } from '../../../../shared/domain/reaching.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { CreateDriver, RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { fieldOf, httpRefusal, wordsOf } from '../http-refusal.ts';

/** Its app rings from 4 on, and stays on the screen from 8 on. */
const priorities: Readonly<Record<Urgency, number>> = { normal: 5, urgent: 8, critical: 10 };

type Call = {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly wrote?: () => void;
  readonly signal: AbortSignal;
};

/** Push by a Gotify server; it says that it has the message, and nothing after that. */
export const createGotifyRoute: CreateDriver = ({ clock }, config) => ({
  receipts: ['accepted'],
  isIdempotent: false,
  async send({ address, title, text, urgency, files, uuid }, { wrote }, signal) {
    const own = address.trim();
    const token = own === '' ? (config.fields['token'] ?? '') : own;
    if (token === '') throw routeError('address-refused', { certainty: 'not-sent' });
    const attached = files.length === 0 ? '' : `\n\nФайлов у диспетчера: ${files.length}`;
    const body = {
      ...(title.trim() === '' ? {} : { title: title.trim() }),
      message: text + attached,
      priority: priorities[urgency],
      extras: { 'pult::notification': { uuid } },
    };
    const answer = await call(clock, config, {
      method: 'POST',
      path: '/message',
      token,
      body,
      wrote,
      signal,
    });
    if (answer.status !== 200) throw gotifyError(answer, clock.now(), own !== '');
    const id = wordsOf(fieldOf(answer.json(), 'id'));
    if (id === '') throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
    return { status: 'accepted', raw: 'stored', providerId: id };
  },
  async test(signal) {
    const answer = await call(clock, config, { method: 'GET', path: '/version', signal });
    if (answer.status !== 200) throw gotifyError(answer, clock.now(), false);
    const { token = '' } = config.fields;
    if (token !== '') await tryToken(clock, config, token, signal);
    return { facts: { version: wordsOf(fieldOf(answer.json(), 'version')) } };
  },
});

/** An application may do nothing but publish: a message without words is refused after its token was looked at. */
async function tryToken(
  clock: Clock,
  config: RouteConfig,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const answer = await call(clock, config, { method: 'POST', path: '/message', token, body: {}, signal });
  if (answer.status !== 400) throw gotifyError(answer, clock.now(), false);
}

function call(
  clock: Clock,
  config: RouteConfig,
  { token, body, path, wrote, ...rest }: Call,
): Promise<HttpAnswer> {
  return httpCall({
    clock,
    ...rest,
    url: `${(config.fields['server'] ?? '').replace(/\/+$/, '')}${path}`,
    headers: {
      ...(token === undefined ? {} : { 'x-gotify-key': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(wrote === undefined ? {} : { wrote }),
    timeoutMs: config.timeoutMs,
    proxy: config.proxy,
  });
}

function gotifyError(answer: HttpAnswer, now: number, isTheirToken: boolean): AppError {
  const words = wordsIn(answer);
  // An application that was deleted in their account says nothing of the server or of anybody else.
  if (answer.status === 401 && isTheirToken) {
    return routeError('address-refused', { certainty: 'refused', raw: `401 ${words}`.trim() });
  }
  return httpRefusal(answer, now, words);
}

function wordsIn(answer: HttpAnswer): string {
  try {
    const said = answer.json();
    return wordsOf(fieldOf(said, 'errorDescription')) || wordsOf(fieldOf(said, 'error'));
  } catch {
    return answer.text;
  }
}
