import { type Answer, startLoopbackHttp } from './loopback-http.ts';

type Scene = 'well' | 'refuses' | 'throttles' | 'silent' | 'hangs-up' | 'garbage' | 'locked-out';
export type GotifyMessage = {
  readonly id: number;
  readonly message: string;
  readonly title?: string;
  readonly priority?: number;
  readonly token: string;
};

const error = (status: number, words: string, description: string, headers = {}): Answer => ({
  status,
  headers,
  json: { error: words, errorCode: status, errorDescription: description },
});

/** Publishing as gotify/server does (docs/spec.json), for the applications whose tokens are given. */
export async function startFakeGotify({ tokens = ['Ashared0000000A'] }: { tokens?: readonly string[] } = {}) {
  let scene: Scene = 'well';
  const messages: GotifyMessage[] = [];

  function publish(token: string, text: string): Answer {
    const body = JSON.parse(text) as Partial<GotifyMessage>;
    if (typeof body.message !== 'string' || body.message === '') {
      return error(400, 'Bad Request', "Field 'message' is required");
    }
    if (scene === 'refuses') return error(400, 'Bad Request', 'json: cannot unmarshal');
    if (scene === 'throttles') {
      return { status: 429, headers: { 'retry-after': '12' }, body: 'Too Many Requests' };
    }
    const kept = { ...body, message: body.message, id: messages.length + 1, token };
    messages.push(kept);
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { status: 200, body: 'OK' };
    const { token: _token, ...shown } = kept;
    return { status: 200, json: { ...shown, appid: 1, date: '2026-03-04T05:30:00Z' } };
  }

  const server = await startLoopbackHttp(({ method, path, headers, text }): Answer => {
    if (path === '/version' && method === 'GET') {
      return { status: 200, json: { version: '2.7.3', commit: 'x', buildDate: 'x' } };
    }
    if (path !== '/message' || method !== 'POST') return error(404, 'Not Found', 'page not found');
    const token = headers['x-gotify-key'] ?? '';
    if (!tokens.includes(token) || scene === 'locked-out') {
      return error(
        401,
        'Unauthorized',
        'you need to provide a valid access token or user credentials to access this api',
      );
    }
    if (headers['content-type'] !== 'application/json') return error(400, 'Bad Request', 'no json');
    return publish(token, text);
  });
  return {
    url: server.url,
    messages: messages as readonly GotifyMessage[],
    play(next: Scene) {
      scene = next;
    },
    stop: server.stop,
  };
}
