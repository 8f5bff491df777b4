import { readFile } from 'node:fs/promises';
import type { Clock } from '../../../platform/clock.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { DispatchFile, RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { fieldOf, wordsOf } from '../http-refusal.ts';
import { whatsappError } from './whatsapp-errors.ts';
import { whatsappSetup } from './whatsapp-setup.ts';

type Call = {
  readonly method: string;
  /** Behind the base, or a whole address that the service itself gave. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly wrote?: () => void;
  readonly signal: AbortSignal;
  readonly mostBytes?: number;
};

export type WhatsappClient = {
  call(call: Call): Promise<HttpAnswer>;
  /** The id of a file that a message can name; nothing of the message is written by it. */
  upload(file: DispatchFile, signal: AbortSignal): Promise<string>;
};

export function createWhatsappClient(clock: Clock, config: RouteConfig): WhatsappClient {
  const { base, token, phoneNumberId } = whatsappSetup(config);

  async function call({ path, body, contentType, wrote, mostBytes, ...rest }: Call): Promise<HttpAnswer> {
    const answer = await httpCall({
      clock,
      ...rest,
      url: path.startsWith('http') ? path : `${base}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      timeoutMs: config.timeoutMs,
      proxy: config.proxy,
      ...(body === undefined ? {} : { body }),
      ...(wrote === undefined ? {} : { wrote }),
      ...(mostBytes === undefined ? {} : { mostBytes }),
    });
    if (answer.status === 200) return answer;
    throw whatsappError(answer, clock.now());
  }

  return {
    call,
    async upload({ path, fileName, mimeType }, signal) {
      const bytes = await readFile(path).catch((cause: unknown) => {
        throw routeError('message-refused', { certainty: 'refused', raw: 'file', cause });
      });
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', mimeType);
      form.set('file', new Blob([bytes], { type: mimeType }), fileName);
      const encoded = new Response(form);
      const answer = await call({
        method: 'POST',
        path: `/${phoneNumberId}/media`,
        body: new Uint8Array(await encoded.arrayBuffer()),
        contentType: encoded.headers.get('content-type') ?? '',
        signal,
      });
      return wordsOf(fieldOf(answer.json(), 'id'));
    },
  };
}
