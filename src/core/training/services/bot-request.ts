import type { IncomingMessage } from 'node:http';

/** A call of the Bot API, whether it came as JSON or as a form with a file. */
export type BotRequest = {
  readonly token: string;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly file: { readonly field: string; readonly name: string; readonly bytes: Uint8Array } | null;
  /** Aborts when the caller hangs up. */
  readonly gone: AbortSignal;
};

export async function readBotRequest(
  incoming: IncomingMessage,
  gone: AbortSignal,
): Promise<BotRequest | 'file-wanted'> {
  const path = (incoming.url ?? '').split('?')[0] ?? '';
  if (path.startsWith('/file/bot')) return 'file-wanted';
  const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = incoming.headers['content-type'] ?? '';
  const read = type.startsWith('multipart/form-data')
    ? await readForm(body, type)
    : { params: readJson(body, type), file: null };
  return { token: decodeURIComponent(token), method, gone, ...read };
}

/** A body of another type is not looked into, so its fields are missing. */
function readJson(body: Buffer, type: string): Readonly<Record<string, unknown>> {
  if (!type.startsWith('application/json') || body.length === 0) return {};
  const read: unknown = JSON.parse(body.toString('utf8'));
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {};
}

async function readForm(body: Buffer, type: string): Promise<Pick<BotRequest, 'params' | 'file'>> {
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  const params: Record<string, unknown> = {};
  let file: BotRequest['file'] = null;
  for (const [name, value] of form) {
    if (typeof value === 'string') params[name] = value;
    else file = { field: name, name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return { params, file };
}
