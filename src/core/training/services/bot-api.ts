import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../platform/clock.ts';
import { botMethods } from './bot-methods.ts';
import { createBotState, type BotControl } from './bot-state.ts';
import { readBotRequest, type BotRequest } from './bot-request.ts';

export type BotScene =
  | 'well'
  /** `sendMessage` and its like: the recipient shut the bot out, or is unknown, or the words are not taken. */
  | 'blocked'
  | 'no-chat'
  | 'bad-request'
  | 'throttled'
  /** Takes the message and never answers, or cuts the connection, or answers what is no JSON. */
  | 'silent'
  | 'hangs-up'
  | 'garbage'
  | 'broken'
  | 'unauthorized';

export type BotApi = BotControl & {
  readonly url: string;
  readonly token: string;
  readonly username: string;
  /** How it behaves from now on; it keeps what it is given either way. */
  play(scene: BotScene): void;
  /** As another program that reads the same updates: whoever polls hears of a conflict. */
  conflict(isOn: boolean): void;
  stop(): Promise<void>;
};

type Parts = {
  readonly clock: Clock;
  readonly token?: string;
  readonly username?: string;
  readonly port?: number;
};

/** What `throttled` asks to wait. */
export const throttledSeconds = 7;

type Answer = { readonly status: number; readonly body: object };

/** The Bot API on loopback, as strict as the real one about what it is given; people are played by its methods. */
export async function startBotApi({
  clock,
  token = '7001:training-token',
  username = 'pult_training_bot',
  port = 0,
}: Parts): Promise<BotApi> {
  const state = createBotState(clock, username);
  let scene: BotScene = 'well';
  let isShared = false;

  async function answer(request: BotRequest): Promise<Answer | 'silent' | 'hangs-up' | 'garbage'> {
    if (request.token !== token || scene === 'unauthorized') return failed(401, 'Unauthorized');
    const method = botMethods[request.method.toLowerCase()];
    if (!method) return failed(404, 'Not Found: method not found');
    const isPoll = request.method.toLowerCase() === 'getupdates';
    if (isPoll && isShared) {
      return failed(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    }
    const isSending = /^send(message|photo|document)$/i.test(request.method);
    if (isSending) {
      const refused = refusalOf(scene);
      if (refused) return refused;
    }
    try {
      const result = await method(state, request);
      if (isSending && (scene === 'silent' || scene === 'hangs-up' || scene === 'garbage')) return scene;
      return { status: 200, body: { ok: true, result } };
    } catch (thrown) {
      const { code = 400, words = 'Bad Request' } = thrown as { code?: number; words?: string };
      return failed(code, words);
    }
  }

  const server = createServer((incoming, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    readBotRequest(incoming, gone.signal)
      .then(async (read) => {
        if (read === 'file-wanted') {
          const bytes = state.fileAt(incoming.url ?? '', token);
          if (bytes) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
          else response.writeHead(404).end();
          return;
        }
        const given = await answer(read);
        if (given === 'silent') return;
        if (given === 'hangs-up') incoming.socket.destroy();
        else if (given === 'garbage') response.writeHead(200).end('<html>nginx</html>');
        else {
          response
            .writeHead(given.status, { 'content-type': 'application/json' })
            .end(JSON.stringify(given.body));
        }
      })
      .catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;

  return {
    ...state.control,
    url: `http://127.0.0.1:${taken}`,
    token,
    username,
    play: (next) => {
      scene = next;
    },
    conflict: (isOn) => {
      isShared = isOn;
      if (isOn) state.endPoll();
    },
    async stop() {
      state.endPoll();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function refusalOf(scene: BotScene): Answer | undefined {
  switch (scene) {
    case 'blocked':
      return failed(403, 'Forbidden: bot was blocked by the user');
    case 'no-chat':
      return failed(400, 'Bad Request: chat not found');
    case 'bad-request':
      return failed(400, "Bad Request: can't parse entities");
    case 'throttled':
      return failed(429, `Too Many Requests: retry after ${throttledSeconds}`, {
        retry_after: throttledSeconds,
      });
    case 'broken':
      return failed(500, 'Internal Server Error');
    case 'well':
    case 'silent':
    case 'hangs-up':
    case 'garbage':
    case 'unauthorized':
      return undefined;
  }
}

function failed(code: number, description: string, parameters?: object): Answer {
  return {
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
  };
}
