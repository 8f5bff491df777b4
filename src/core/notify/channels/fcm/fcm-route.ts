import type { AppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { CreateDriver, Dispatch, RouteConfig } from '../../route-driver.ts';
import { retryAfterMs, routeError } from '../../route-errors.ts';
import { fieldOf, fitBytes, httpRefusal, wordsOf } from '../http-refusal.ts';
import { createGoogleToken, readServiceAccount } from './google-token.ts';

/** The whole message may have 4096 bytes; the rest is names and marks. */
const mostTextBytes = 3000;
const mostTitleBytes = 250;
const usualServer = 'https://fcm.googleapis.com';
/** A call to a mast is of no use a day later. */
const lifeSeconds = 6 * 3600;
const quotaMs = 60_000;

/** Push by FCM HTTP v1; it says that it has the message, and nothing of what the phone does with it. */
export const createFcmRoute: CreateDriver = ({ clock }, config) => {
  const google = createGoogleToken(clock, config);
  return {
    receipts: ['accepted'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal) {
      const token = await google.get(signal);
      let answer = await post(clock, config, { token, dispatch, wrote, signal });
      if (answer.status === 401) {
        // Taken back before its time: what was refused at the door was not taken, so the same message goes once more.
        const fresh = await google.get(signal, token);
        answer = await post(clock, config, { token: fresh, dispatch, signal });
      }
      if (answer.status !== 200) throw fcmError(answer, clock.now());
      const name = wordsOf(fieldOf(answer.json(), 'name'));
      if (name === '')
        throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
      return { status: 'accepted', raw: 'accepted', providerId: name };
    },
    async test(signal) {
      const { projectId, clientEmail } = readServiceAccount(config.fields['serviceAccount'] ?? '');
      await createGoogleToken(clock, config).get(signal);
      return { facts: { project: projectId, account: clientEmail } };
    },
  };
};

type Post = {
  readonly token: string;
  readonly dispatch: Dispatch;
  readonly wrote?: () => void;
  readonly signal: AbortSignal;
};

function post(
  clock: Clock,
  config: RouteConfig,
  { token, dispatch, wrote, signal }: Post,
): Promise<HttpAnswer> {
  const { projectId } = readServiceAccount(config.fields['serviceAccount'] ?? '');
  const server = (config.fields['server'] || usualServer).replace(/\/+$/, '');
  return httpCall({
    clock,
    method: 'POST',
    url: `${server}/v1/projects/${encodeURIComponent(projectId)}/messages:send`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ message: messageOf(dispatch) }),
    timeoutMs: config.timeoutMs,
    proxy: config.proxy,
    signal,
    ...(wrote === undefined ? {} : { wrote }),
  });
}

function messageOf({ address, title, text, urgency, code, uuid, verbs }: Dispatch) {
  const topic = /^\/topics\/(.+)$/.exec(address)?.[1];
  const isPressing = urgency !== 'normal';
  return {
    ...(topic === undefined ? { token: address } : { topic }),
    notification: { title: fitBytes(title.trim(), mostTitleBytes), body: fitBytes(text, mostTextBytes) },
    // All of it text: FCM takes nothing else here.
    data: { uuid, code, urgency, verbs: verbs.join(',') },
    android: {
      priority: isPressing ? 'HIGH' : 'NORMAL',
      ttl: `${lifeSeconds}s`,
      // The same message on the screen of the phone is shown once.
      notification: { tag: uuid },
    },
    apns: { headers: { 'apns-priority': isPressing ? '10' : '5', 'apns-collapse-id': uuid } },
  };
}

/** The addressee is gone, or belongs to another project. */
const deadCodes: ReadonlySet<string> = new Set(['UNREGISTERED', 'SENDER_ID_MISMATCH']);

function fcmError(answer: HttpAnswer, now: number): AppError {
  const { code, words } = readError(answer);
  const raw = `${answer.status} ${code} ${words}`.trim();
  const isToken = code === 'INVALID_ARGUMENT' && /registration token/i.test(words);
  if (deadCodes.has(code) || isToken) return routeError('address-refused', { certainty: 'refused', raw });
  if (code === 'QUOTA_EXCEEDED') {
    const wait = retryAfterMs(answer.headers['retry-after'], now) ?? quotaMs;
    return routeError('route-throttled', { certainty: 'not-sent', raw, retryAfterMs: wait });
  }
  // A certificate of Apple or a key for the web that the project lacks: nobody is reached by it.
  if (code === 'THIRD_PARTY_AUTH_ERROR') return routeError('route-forbidden', { certainty: 'refused', raw });
  return httpRefusal(answer, now, `${code} ${words}`);
}

function readError(answer: HttpAnswer): { readonly code: string; readonly words: string } {
  try {
    const error = fieldOf(answer.json(), 'error');
    const details = fieldOf(error, 'details');
    const codes = Array.isArray(details)
      ? details.map((detail) => wordsOf(fieldOf(detail, 'errorCode')))
      : [];
    const code = codes.find((one) => one !== '') ?? wordsOf(fieldOf(error, 'status'));
    return { code, words: wordsOf(fieldOf(error, 'message')) };
  } catch {
    return { code: '', words: answer.text };
  }
}
