import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { toAppError } from '../../../../shared/errors.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { DispatchFile, DriverParts, RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { readAnswer } from '../read-answer.ts';
import { maxError } from './max-errors.ts';

export type MaxOptions = {
  readonly signal: AbortSignal;
  readonly wrote?: () => void;
  readonly timeoutMs?: number;
};

type Query = Readonly<Record<string, string | number>>;
type Attachment = { readonly type: string; readonly payload: object };

/** MAX's bot API as it is used here. Throws as route-driver.ts says. */
export type MaxClient = {
  get(path: string, query: Query, options: MaxOptions): Promise<unknown>;
  post(path: string, query: Query, body: object, options: MaxOptions): Promise<unknown>;
  /** Gives the file to the service; what a message carries it by. */
  upload(file: DispatchFile, options: MaxOptions): Promise<Attachment>;
  /** undefined when it is gone, or larger than the desk takes. */
  download(url: string, options: MaxOptions): Promise<Uint8Array | undefined>;
};

const uploadAt = z.object({ url: z.url(), token: z.string().optional() });
const mostDownloaded = 50 * 1024 * 1024;
const mostNotReady = 3;

export function createMaxClient({ clock }: DriverParts, config: RouteConfig): MaxClient {
  const root = (config.fields['baseUrl'] ?? '').trim().replace(/\/+$/, '');
  const token = (config.fields['token'] ?? '').trim();

  async function ask(method: string, url: string, body: object | undefined, options: MaxOptions) {
    if (token === '') throw routeError('route-not-set-up', { certainty: 'not-sent' });
    const { signal, wrote, timeoutMs = config.timeoutMs } = options;
    const answer = await httpCall({
      clock,
      method,
      url,
      // Without a word before it, unlike anywhere else.
      headers: { authorization: token, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      timeoutMs,
      proxy: config.proxy,
      signal,
      ...(wrote ? { wrote } : {}),
    });
    if (answer.status !== 200) throw maxError(answer);
    return answer.json();
  }

  const post: MaxClient['post'] = async (path, query, body, options) => {
    for (let tried = 0; ; tried += 1) {
      try {
        return await ask('POST', urlOf(root, path, query), body, options);
      } catch (thrown) {
        // A file is looked through after it was given; until then nothing is sent.
        if (toAppError(thrown).details['raw'] !== 'attachment.not.ready' || tried >= mostNotReady)
          throw thrown;
        await clock.sleep(1000 * 2 ** tried, options.signal).catch(() => {
          throw thrown;
        });
      }
    }
  };

  async function give(file: DispatchFile, url: string, signal: AbortSignal): Promise<HttpAnswer> {
    const form = new FormData();
    form.set('data', new Blob([await readFile(file.path)], { type: file.mimeType }), file.fileName);
    const encoded = new Response(form);
    return httpCall({
      clock,
      method: 'POST',
      url,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      body: new Uint8Array(await encoded.arrayBuffer()),
      timeoutMs: config.timeoutMs,
      proxy: config.proxy,
      signal,
    });
  }

  return {
    get: (path, query, options) => ask('GET', urlOf(root, path, query), undefined, options),
    post,
    async upload(file, { signal }) {
      const type = file.mimeType.startsWith('image/') ? 'image' : 'file';
      const at = readAnswer(
        uploadAt,
        await ask('POST', urlOf(root, 'uploads', { type }), undefined, { signal }),
      );
      const answer = await give(file, at.url, signal);
      if (answer.status !== 200) throw maxError(answer);
      // Of pictures the answer is the payload; of the rest the token came first, or comes now.
      const payload = at.token === undefined ? (answer.json() as object) : { token: at.token };
      return { type, payload };
    },
    async download(url, { signal }) {
      const answer = await httpCall({
        clock,
        method: 'GET',
        url,
        timeoutMs: config.timeoutMs,
        proxy: config.proxy,
        signal,
        mostBytes: mostDownloaded,
      });
      if (answer.status === 200) return answer.bytes;
      if (answer.status < 500) return undefined;
      throw routeError('route-unavailable', { certainty: 'unknown', raw: `file: ${answer.status}` });
    },
  };
}

function urlOf(root: string, path: string, query: Query): string {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return `${root}/${path}${asked.size > 0 ? `?${asked}` : ''}`;
}
