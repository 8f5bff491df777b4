import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/core/platform/clock.ts';

type Button = { readonly type: string; readonly text: string; readonly payload: string };
type Attachment = {
  readonly type: string;
  readonly payload?: { readonly buttons?: Button[][]; readonly token?: string };
};
type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> };

export type MaxMessage = {
  readonly mid: string;
  readonly chatId: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo: string | undefined;
};

export type MaxScene =
  | 'well'
  | 'refuses'
  | 'suspended'
  | 'no-chat'
  | 'throttled'
  | 'broken'
  | 'silent'
  | 'hangs-up'
  | 'garbage'
  | 'unauthorized';

export const maxToken = 'max-token-0001';
export const maxThrottledSeconds = 6;

/** The people of MAX have a user and a dialog each, with different numbers. */
const chatOf = (userId: number) => userId + 1_000_000;

/** MAX's bot API on loopback: strict about its header, its buttons and the marker of its updates. */
export async function startMaxBot(clock: Clock) {
  let scene: MaxScene = 'well';
  let notReady = 0;
  const updates: object[] = [];
  const messages: MaxMessage[] = [];
  const answers = new Map<string, { readonly notification: string }>();
  const known = new Set<number>();
  const uploads = new Map<string, string>();
  const files = new Map<string, Buffer>();
  let wake = () => {};
  let url = '';

  const push = (update: object) => {
    updates.push({ timestamp: clock.now(), ...update });
    wake();
  };

  async function body(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
    const bytes = await body(request);
    if (bytes.length === 0) return {};
    if (!String(request.headers['content-type']).startsWith('application/json')) {
      throw refusal(400, 'proto.payload', 'Content-Type must be application/json');
    }
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  }

  function checked(attachments: unknown): Attachment[] {
    for (const { type, payload } of (attachments ?? []) as Attachment[]) {
      if (type === 'inline_keyboard') {
        const rows = payload?.buttons ?? [];
        if (rows.length === 0) throw refusal(400, 'proto.payload', 'Empty keyboard');
        for (const button of rows.flat()) {
          const isWell = button.type === 'callback' && button.text !== '' && button.payload.length <= 1024;
          if (!isWell) throw refusal(400, 'proto.payload', 'Bad button');
        }
      } else if (payload?.token === undefined || !uploads.has(payload.token)) {
        throw refusal(400, 'proto.payload', 'No such upload');
      } else if (notReady > 0) {
        notReady -= 1;
        throw refusal(400, 'attachment.not.ready', 'Key: errors.process.attachment.file.not.processed');
      }
    }
    return (attachments ?? []) as Attachment[];
  }

  function send(chatId: number, given: Record<string, unknown>): MaxMessage {
    const text = textOf(given['text']);
    if (text.length > 4000) throw refusal(400, 'proto.payload', 'text: too.long');
    if (scene === 'no-chat' || !known.has(chatId))
      throw refusal(404, 'chat.not.found', `Chat ${chatId} not found`);
    const attachments = checked(given['attachments']);
    const link = given['link'] as { readonly mid?: string } | undefined;
    const message = { mid: `mid.${messages.length + 1}`, chatId, text, attachments, replyTo: link?.mid };
    messages.push(message);
    return message;
  }

  async function handle(request: IncomingMessage, gone: AbortSignal): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://max.example');
    const asked = `${request.method} ${pathname}`;
    if (asked === 'POST /files') {
      await body(request);
      const token = `file-${uploads.size + 1}`;
      uploads.set(token, searchParams.get('of') ?? '');
      return { status: 200, body: searchParams.get('of') === 'image' ? { token } : {} };
    }
    const file = files.get(pathname);
    if (file) return { status: 200, body: file };
    if (request.headers.authorization !== maxToken || scene === 'unauthorized') {
      throw refusal(401, 'verify.token', 'Invalid access_token');
    }
    switch (asked) {
      case 'GET /me':
        return { status: 200, body: { user_id: 1, name: 'Пульт', username: 'pult_bot', is_bot: true } };
      case 'GET /updates':
        return { status: 200, body: await news(searchParams, gone) };
      case 'POST /uploads': {
        const type = searchParams.get('type') ?? '';
        if (!['image', 'video', 'audio', 'file'].includes(type)) throw refusal(400, 'proto.payload', 'type');
        const token = type === 'image' ? undefined : `given-${uploads.size + 1}`;
        if (token !== undefined) uploads.set(token, type);
        return {
          status: 200,
          body: { url: `${url}/files?of=${type}`, ...(token === undefined ? {} : { token }) },
        };
      }
      case 'POST /messages': {
        const refused = refusalOf(scene);
        if (refused) throw refused;
        const { mid, text } = send(Number(searchParams.get('chat_id')), await read(request));
        return { status: 200, body: { message: { body: { mid, text } } } };
      }
      case 'POST /answers': {
        const id = searchParams.get('callback_id') ?? '';
        const given = await read(request);
        if (answers.has(id)) throw refusal(404, 'not.found', 'callback');
        answers.set(id, { notification: textOf(given['notification']) });
        const anew = given['message'] as { text: string; attachments: Attachment[] } | undefined;
        if (anew) edit(id, anew.text, checked(anew.attachments));
        return { status: 200, body: { success: true } };
      }
      default:
        throw refusal(404, 'not.found', asked);
    }
  }

  function edit(callbackId: string, text: string, attachments: readonly Attachment[]): void {
    const mid = callbackId.split(' ')[0];
    const at = messages.findIndex((message) => message.mid === mid);
    const message = messages[at];
    if (message) messages[at] = { ...message, text, attachments };
  }

  async function news(query: URLSearchParams, gone: AbortSignal) {
    const from = Number(query.get('marker') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    const seconds = Number(query.get('timeout') ?? 30);
    if (limit < 1 || limit > 1000 || seconds < 0 || seconds > 90)
      throw refusal(400, 'proto.payload', 'limits');
    if (updates.length <= from) {
      const timer = new AbortController();
      await new Promise<void>((resolve) => {
        wake = resolve;
        gone.addEventListener('abort', () => resolve(), { once: true });
        clock.sleep(seconds * 1000, timer.signal).then(resolve, () => undefined);
      });
      timer.abort();
    }
    const page = updates.slice(from, from + limit);
    return { updates: page, marker: from + page.length };
  }

  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const isSending = request.method === 'POST' && request.url?.startsWith('/messages');
    handle(request, gone.signal)
      .catch((thrown: Answer) => thrown)
      .then(({ status, body: given, headers }) => {
        if (isSending && status === 200 && scene === 'silent') return;
        if (isSending && status === 200 && scene === 'hangs-up') request.socket.destroy();
        else if (isSending && status === 200 && scene === 'garbage') response.end('<html>502</html>');
        else {
          const bytes = Buffer.isBuffer(given) ? given : JSON.stringify(given);
          response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes);
        }
      })
      .catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const userOf = (userId: number) => ({ user_id: userId, name: `Техник ${userId}`, is_bot: false });
  const recipientOf = (userId: number) => ({ chat_id: chatOf(userId), chat_type: 'dialog' });
  const newest = (userId: number) => messages.findLast(({ chatId }) => chatId === chatOf(userId));
  let said = 0;

  return {
    url,
    chatOf,
    play: (next: MaxScene) => {
      scene = next;
    },
    /** So many tries find that the files of a message are still looked through. */
    holdFiles: (tries: number) => {
      notReady = tries;
    },
    start(userId: number, payload?: string) {
      known.add(chatOf(userId));
      push({
        update_type: 'bot_started',
        chat_id: chatOf(userId),
        user: userOf(userId),
        payload: payload ?? null,
      });
    },
    stopBot: (userId: number) =>
      push({ update_type: 'bot_stopped', chat_id: chatOf(userId), user: userOf(userId) }),
    say(userId: number, text: string, more: { replyTo?: string; attachments?: object[] } = {}) {
      said += 1;
      const link =
        more.replyTo === undefined ? {} : { link: { type: 'reply', message: { mid: more.replyTo } } };
      const { attachments = [] } = more;
      const message = {
        sender: userOf(userId),
        recipient: recipientOf(userId),
        timestamp: clock.now(),
        body: { mid: `mid.user.${said}`, seq: said, text, attachments },
        ...link,
      };
      push({ update_type: 'message_created', message });
    },
    photo(userId: number, bytes: Buffer) {
      const path = `/photo/${files.size + 1}`;
      files.set(path, bytes);
      this.say(userId, '', {
        attachments: [{ type: 'image', payload: { url: `${url}${path}`, token: 'x' } }],
      });
    },
    place(userId: number, latitude: number, longitude: number) {
      this.say(userId, '', { attachments: [{ type: 'location', latitude, longitude }] });
    },
    press(userId: number, caption: string): string {
      const under = newest(userId);
      const buttons = under?.attachments.flatMap(({ payload }) => payload?.buttons?.flat() ?? []);
      const button = buttons?.find(({ text }) => text === caption);
      if (!under || !button) throw new Error(`No button ${caption}`);
      const id = `${under.mid} ${updates.length}`;
      push({
        update_type: 'message_callback',
        callback: { timestamp: clock.now(), callback_id: id, payload: button.payload, user: userOf(userId) },
        message: {
          recipient: recipientOf(userId),
          timestamp: clock.now(),
          body: { mid: under.mid, seq: 1, text: under.text, attachments: under.attachments },
        },
      });
      return id;
    },
    push,
    /** The last update once more, under a marker of its own. */
    repeat: () => push(updates.at(-1) ?? {}),
    answer: (callbackId: string) => answers.get(callbackId),
    messages: (userId: number) => messages.filter(({ chatId }) => chatId === chatOf(userId)),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function textOf(value: unknown): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  throw refusal(400, 'proto.payload', 'text must be a string');
}

function refusal(status: number, code: string, message: string, headers?: Record<string, string>): Answer {
  return { status, body: { code, message }, ...(headers ? { headers } : {}) };
}

function refusalOf(scene: MaxScene): Answer | undefined {
  if (scene === 'refuses') return refusal(400, 'proto.payload', 'Bad payload');
  if (scene === 'suspended') return refusal(403, 'chat.denied', 'error.dialog.suspended');
  if (scene === 'broken') return refusal(503, 'service.unavailable', 'Try again');
  if (scene !== 'throttled') return undefined;
  return refusal(429, 'too.many.requests', 'Slow down', { 'retry-after': String(maxThrottledSeconds) });
}
