import type { BotRequest } from './bot-request.ts';
import type { BotButton, BotMessage, BotState, Keyboard } from './bot-state.ts';

type Method = (state: BotState, request: BotRequest) => unknown;

/** Of the real service: what is longer or larger is refused. */
const longestText = 4096;
const longestCaption = 1024;
const mostDataBytes = 64;
const longestPollSeconds = 50;
const longestToast = 200;

/** Names in lower case, as the service takes them in any. */
export const botMethods: Readonly<Record<string, Method | undefined>> = {
  getme: ({ username }) => ({ id: 7001, is_bot: true, first_name: 'Пульт', username }),
  getwebhookinfo: () => ({ url: '', pending_update_count: 0 }),
  async getupdates(state, { params, gone }) {
    const offset = optionalNumber(params['offset'], 'offset');
    const limit = Math.min(100, Math.max(1, optionalNumber(params['limit'], 'limit') ?? 100));
    const seconds = Math.min(longestPollSeconds, optionalNumber(params['timeout'], 'timeout') ?? 0);
    const updates = await state.take(offset, limit, seconds * 1000, gone);
    if (updates) return updates;
    throw refusal('Conflict: terminated by other getUpdates request', 409);
  },
  sendmessage(state, { params }) {
    const userId = recipient(state, params['chat_id']);
    const text = textOf(params['text'], longestText, 'message');
    if (text.trim() === '') throw refusal('Bad Request: message text is empty');
    const buttons = keyboardOf(params['reply_markup']);
    const replyTo = replyOf(params['reply_parameters']);
    return toMessage(state, state.send({ userId, text, buttons, file: null, replyTo }));
  },
  sendphoto: (state, request) => sendFile(state, request, 'photo'),
  senddocument: (state, request) => sendFile(state, request, 'document'),
  editmessagereplymarkup(state, { params }) {
    const userId = recipient(state, params['chat_id']);
    const message = state.message(numberOf(params['message_id'], 'message_id'));
    if (!message || message.userId !== userId || message.from !== 'bot') {
      throw refusal('Bad Request: message to edit not found');
    }
    const buttons = keyboardOf(params['reply_markup']);
    if (JSON.stringify(buttons) === JSON.stringify(message.buttons)) {
      throw refusal('Bad Request: message is not modified');
    }
    state.setButtons(message.id, buttons);
    return toMessage(state, message);
  },
  answercallbackquery(state, { params }) {
    const query = state.query(String(params['callback_query_id']));
    if (!query || query.answer) {
      throw refusal('Bad Request: query is too old and response timeout expired or query ID is invalid');
    }
    const text = textOf(params['text'] ?? '', longestToast, 'callback answer');
    state.answerQuery(query.id, { text, isAlert: params['show_alert'] === true });
    return true;
  },
  getfile(state, { params }) {
    const id = String(params['file_id']);
    if (id === 'huge') throw refusal('Bad Request: file is too big');
    const bytes = state.file(id);
    if (!bytes) throw refusal('Bad Request: invalid file_id');
    return { file_id: id, file_unique_id: id, file_size: bytes.length, file_path: `documents/${id}` };
  },
};

function sendFile(state: BotState, { params, file }: BotRequest, field: 'photo' | 'document') {
  const userId = recipient(state, params['chat_id']);
  if (!file || file.field !== field) throw refusal(`Bad Request: there is no ${field} in the request`);
  if (field === 'photo' && file.bytes.length > 10 * 1024 * 1024) {
    throw refusal('Bad Request: PHOTO_INVALID_DIMENSIONS');
  }
  const text = textOf(params['caption'] ?? '', longestCaption, 'caption');
  const replyTo = replyOf(params['reply_parameters']);
  const { name, bytes } = file;
  return toMessage(state, state.send({ userId, text, buttons: [], file: { name, bytes }, replyTo }));
}

function toMessage({ username }: BotState, { id, userId, text, at }: BotMessage) {
  return {
    message_id: id,
    date: Math.floor(at / 1000),
    chat: { id: userId, type: 'private' },
    from: { id: 7001, is_bot: true, username },
    text,
  };
}

/** A bot never speaks first. */
function recipient(state: BotState, value: unknown): number {
  const id = Number(value);
  if (!Number.isInteger(id)) throw refusal('Bad Request: chat_id is empty');
  const user = state.user(id);
  if (!user) throw refusal('Bad Request: chat not found');
  if (!user.hasStarted) throw refusal("Forbidden: bot can't initiate conversation with a user", 403);
  if (user.hasBlocked) throw refusal('Forbidden: bot was blocked by the user', 403);
  return id;
}

function keyboardOf(value: unknown): Keyboard {
  const markup: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (markup === undefined) return [];
  const rows = (markup as { readonly inline_keyboard?: unknown } | null)?.inline_keyboard;
  if (!Array.isArray(rows)) throw refusal('Bad Request: object expected as reply markup');
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw refusal('Bad Request: field "inline_keyboard" must be an Array of Arrays');
    return row.map((button: Partial<BotButton>) => {
      const { text, callback_data: data } = button;
      if (typeof text !== 'string' || text === '') throw refusal('Bad Request: Text buttons are unallowed');
      if (typeof data !== 'string' || data === '' || Buffer.byteLength(data) > mostDataBytes) {
        throw refusal('Bad Request: BUTTON_DATA_INVALID');
      }
      return { text, callback_data: data };
    });
  });
}

function replyOf(value: unknown): number | null {
  if (value === undefined) return null;
  const reply = (typeof value === 'string' ? JSON.parse(value) : value) as { readonly message_id?: unknown };
  return numberOf(reply.message_id, 'reply_parameters');
}

function textOf(value: unknown, longest: number, what: string): string {
  if (typeof value !== 'string') throw refusal(`Bad Request: ${what} text must be a String`);
  if (value.length > longest) throw refusal(`Bad Request: ${what} is too long`);
  return value;
}

function numberOf(value: unknown, name: string): number {
  const number = optionalNumber(value, name);
  if (number === undefined) throw refusal(`Bad Request: ${name} is not specified`);
  return number;
}

function optionalNumber(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw refusal(`Bad Request: ${name} must be an Integer`);
  return number;
}

/** How the service says no; bot-api.ts makes an answer of it. */
function refusal(words: string, code = 400) {
  return Object.assign(new Error(words), { words, code });
}
