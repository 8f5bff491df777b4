import { AppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { fieldOf, httpRefusal, wordsOf } from '../http-refusal.ts';

export type NtfySetup = {
  readonly base: string;
  readonly replyTopic: string;
  readonly replyToken: string;
  readonly auth: Readonly<Record<string, string>>;
};

export function ntfySetup({ fields }: RouteConfig): NtfySetup {
  const { server = '', token = '', replyTopic = '', replyToken = '' } = fields;
  return {
    base: server.replace(/\/+$/, ''),
    replyTopic: replyTopic.trim(),
    replyToken,
    auth: token === '' ? {} : { authorization: `Bearer ${token}` },
  };
}

type Call = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly wrote?: () => void;
  readonly signal: AbortSignal;
};

/** One exchange with the server; an answer that is no success is thrown as what it means. */
export async function callNtfy(clock: Clock, config: RouteConfig, call: Call): Promise<HttpAnswer> {
  const { base, auth } = ntfySetup(config);
  const { wrote, body } = call;
  const answer = await httpCall({
    clock,
    method: call.method,
    url: `${base}${call.path}`,
    headers: { ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: config.timeoutMs,
    proxy: config.proxy,
    signal: call.signal,
    ...(wrote === undefined ? {} : { wrote }),
  });
  if (answer.status === 200) return answer;
  throw ntfyError(answer, clock.now());
}

/** Of errors.go: 40009 and 40010 are about the topic, 40006 about its name in the body. */
const topicCodes: ReadonlySet<unknown> = new Set([40006, 40009, 40010]);

export function ntfyError(answer: HttpAnswer, now: number): AppError {
  const said = readError(answer);
  if (said === undefined) return httpRefusal(answer, now);
  const words = `${wordsOf(said.code)} ${said.error}`.trim();
  if (topicCodes.has(said.code)) return routeError('address-refused', { certainty: 'refused', raw: words });
  return httpRefusal(answer, now, words);
}

function readError(answer: HttpAnswer): { readonly code: unknown; readonly error: string } | undefined {
  try {
    const said = answer.json();
    const code = fieldOf(said, 'code');
    return code === undefined ? undefined : { code, error: wordsOf(fieldOf(said, 'error')) };
  } catch {
    return undefined;
  }
}
