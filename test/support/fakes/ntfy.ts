import type { ServerResponse } from 'node:http';
import { type Answer, type Asked, startLoopbackHttp } from './loopback-http.ts';

type Scene = 'well' | 'refuses' | 'throttles' | 'silent' | 'hangs-up' | 'garbage' | 'locked-out';
export type NtfyAction = {
  readonly action: string;
  readonly label: string;
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly clear: boolean;
};
export type NtfyMessage = {
  readonly id: string;
  readonly time: number;
  readonly event: 'message';
  readonly topic: string;
  readonly message: string;
  readonly title?: string;
  readonly priority?: number;
  readonly actions?: readonly NtfyAction[];
  readonly attachment?: {
    readonly name: string;
    readonly type: string;
    readonly size: number;
    readonly url: string;
  };
};

const topicName = /^[-_A-Za-z0-9]{1,64}$/;
const error = (http: number, code: number, words: string, headers: Record<string, string> = {}): Answer => ({
  status: http,
  headers,
  json: { code, http, error: words, link: 'https://ntfy.sh/docs/publish' },
});

/** Publishing and subscribing as binwiederhier/ntfy does, for one token that may do everything. */
export async function startFakeNtfy({ token = 'tk_test' } = {}) {
  let scene: Scene = 'well';
  let count = 0;
  let isFileless = false;
  const messages: NtfyMessage[] = [];
  const listeners = new Map<ServerResponse, string>();
  const files = new Map<string, Buffer>();
  const asked: Asked[] = [];

  function publish(message: Omit<NtfyMessage, 'id' | 'time' | 'event'>): NtfyMessage {
    count += 1;
    const kept = {
      id: `msg${String(count).padStart(9, '0')}`,
      time: 1_772_602_200 + count,
      event: 'message',
      ...message,
    } as const;
    messages.push(kept);
    for (const [response, topic] of listeners) {
      if (topic === kept.topic) response.write(`${JSON.stringify(kept)}\n`);
    }
    return kept;
  }

  function publishJson({ headers, text }: Asked): Answer {
    if (headers['content-type'] !== 'application/json') throw new Error('JSON without its content type');
    const body = JSON.parse(text) as Omit<NtfyMessage, 'id' | 'time' | 'event'>;
    if (!topicName.test(body.topic)) return error(400, 40009, 'invalid request: topic invalid');
    if (Buffer.byteLength(body.message) > 4096)
      throw new Error('The server would make a file of these words');
    if ((body.actions?.length ?? 0) > 3) return error(400, 40018, 'invalid request: actions invalid');
    if (body.priority !== undefined && (body.priority < 1 || body.priority > 5)) {
      return error(400, 40007, 'invalid request: priority invalid');
    }
    if (scene === 'refuses') return error(400, 40010, 'invalid request: topic name is not allowed');
    if (scene === 'throttles') {
      return error(429, 42901, 'limit reached: too many requests', { 'retry-after': '30' });
    }
    const kept = publish(body);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { status: 200, body: '<html>proxy</html>' };
    return { status: 200, json: kept };
  }

  function subscribe(topic: string, since: string | null): Answer {
    return (response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(`${JSON.stringify({ id: 'open1', time: 1_772_602_200, event: 'open', topic })}\n`);
      const after = messages.findIndex(({ id }) => id === since);
      const kept = since === null ? [] : messages.slice(after + 1).filter((one) => one.topic === topic);
      for (const message of kept) response.write(`${JSON.stringify(message)}\n`);
      listeners.set(response, topic);
      response.on('close', () => listeners.delete(response));
    };
  }

  const server = await startLoopbackHttp((request): Answer => {
    asked.push(request);
    const { method, path, headers, query } = request;
    if (path === '/v1/health') return { status: 200, json: { healthy: true } };
    const isKnown = headers['authorization'] === `Bearer ${token}`;
    if (!isKnown || scene === 'locked-out') return error(401, 40101, 'unauthorized');
    if (path === '/' && method === 'POST') return publishJson(request);
    const [, topic = '', what] = path.split('/');
    if (topic === 'file' && isFileless) return 'hang-up';
    if (topic === 'file') return { status: 200, body: files.get(path) ?? '' };
    if (what === 'auth') return { status: 200, json: { success: true } };
    if (what === 'json' && method === 'GET') return subscribe(topic, query.get('since'));
    if (what === undefined && method === 'POST') {
      return { status: 200, json: publish({ topic, message: request.text }) };
    }
    return error(404, 40401, 'page not found');
  });

  return {
    url: server.url,
    token,
    asked: asked as readonly Asked[],
    messages: messages as readonly NtfyMessage[],
    /** Presses a button as the app does. */
    async press(message: NtfyMessage, label: string) {
      const action = message.actions?.find((one) => one.label === label);
      if (!action) throw new Error(`No button ${label}`);
      const { url, method, body } = action;
      const response = await fetch(url, { method, body, headers: action.headers ?? {} });
      if (!response.ok) throw new Error(`The button got ${response.status}`);
    },
    publish,
    /** Somebody publishes a file; its words may be empty. */
    attach(topic: string, name: string, bytes: Buffer, from = server.url) {
      const path = `/file/file${count + 1}`;
      files.set(path, bytes);
      const attachment = { name, type: 'image/jpeg', size: bytes.length, url: `${from}${path}` };
      return publish({ topic, message: `You received a file: ${name}`, attachment });
    },
    hangUpOnFiles() {
      isFileless = true;
    },
    get listening() {
      return listeners.size;
    },
    play(next: Scene) {
      scene = next;
    },
    /** As a server that is restarted: subscriptions end without a word. */
    cut: server.cutConnections,
    stop: server.stop,
  };
}
