import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AppError } from '../../../../shared/errors.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { httpCall } from '../../http-call.ts';
import type { DispatchFile, DriverParts, RouteConfig } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { botError } from './bot-errors.ts';

export type CallOptions = {
  readonly signal: AbortSignal;
  readonly wrote?: () => void;
  /** Longer than the route's own time-out where the service holds its answer. */
  readonly timeoutMs?: number;
};

/** The Bot API as it is used here. */
export type BotClient = {
  /** Answers `result`. Throws as route-driver.ts says. */
  call(method: string, params: object, options: CallOptions): Promise<unknown>;
  upload(
    method: 'sendPhoto' | 'sendDocument',
    fields: Readonly<Record<string, string>>,
    file: DispatchFile,
    options: CallOptions,
  ): Promise<unknown>;
  /** The bytes of what somebody sent; undefined when it is larger than bots may fetch. */
  download(fileId: string, options: CallOptions): Promise<Uint8Array | undefined>;
};

const envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});
export type BotAnswer = z.infer<typeof envelope>;

const filePath = z.object({ file_path: z.string().min(1) });
const mostDownloaded = 20 * 1024 * 1024;

type Body = { readonly contentType: string; readonly bytes: string | Uint8Array };

export function createBotClient({ clock }: DriverParts, config: RouteConfig): BotClient {
  const root = (config.fields['baseUrl'] ?? '').trim().replace(/\/+$/, '');
  const token = (config.fields['token'] ?? '').trim();

  async function ask(method: string, body: Body, options: CallOptions): Promise<unknown> {
    if (token === '') throw routeError('route-not-set-up', { certainty: 'not-sent' });
    const { signal, wrote, timeoutMs = config.timeoutMs } = options;
    const answer = await httpCall({
      clock,
      method: 'POST',
      url: `${root}/bot${encodeURIComponent(token).replaceAll('%3A', ':')}/${method}`,
      headers: { 'content-type': body.contentType, accept: 'application/json' },
      body: body.bytes,
      timeoutMs,
      proxy: config.proxy,
      signal,
      ...(wrote ? { wrote } : {}),
    });
    const read = envelope.safeParse(answer.json());
    if (!read.success) {
      throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
    }
    if (!read.data.ok) throw botError(read.data, answer.status);
    return read.data.result;
  }

  const call: BotClient['call'] = (method, params, options) =>
    ask(method, { contentType: 'application/json', bytes: JSON.stringify(params) }, options);

  return {
    call,
    async upload(method, fields, file, options) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const blob = new Blob([await readFile(file.path)], { type: file.mimeType });
      form.set(method === 'sendPhoto' ? 'photo' : 'document', blob, file.fileName);
      const encoded = new Response(form);
      const bytes = new Uint8Array(await encoded.arrayBuffer());
      return ask(method, { contentType: encoded.headers.get('content-type') ?? '', bytes }, options);
    },
    async download(fileId, { signal }) {
      const found = filePath.safeParse(await call('getFile', { file_id: fileId }, { signal }).catch(tooBig));
      if (!found.success) return undefined;
      const path = found.data.file_path.split('/').map(encodeURIComponent).join('/');
      const answer = await httpCall({
        clock,
        method: 'GET',
        url: `${root}/file/bot${token}/${path}`,
        timeoutMs: config.timeoutMs,
        proxy: config.proxy,
        signal,
        mostBytes: mostDownloaded,
      });
      if (answer.status === 200) return answer.bytes;
      if (answer.status === 404) return undefined;
      throw routeError('route-unavailable', { certainty: 'unknown', raw: `file: ${answer.status}` });
    },
  };
}

/** To ask again brings nothing else: it is too big, or gone. */
function tooBig(thrown: unknown): undefined {
  const error: AppError = toAppError(thrown);
  if (error.details['certainty'] === 'refused') return undefined;
  throw error;
}
