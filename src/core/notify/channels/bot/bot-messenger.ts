import { z } from 'zod';
import type { DriverParts, RouteConfig } from '../../route-driver.ts';
import type { Messenger } from '../messenger-listener.ts';
import { buttonData } from '../messenger-words.ts';
import { readAnswer } from '../read-answer.ts';
import type { BotClient } from './bot-client.ts';
import { readCursor, writeCursor } from './bot-cursor.ts';
import { keyboardOf } from './bot-keyboard.ts';
import { readUpdate } from './bot-updates.ts';

/** The server's own limits. */
const pollSeconds = 50;
const longestToast = 200;
const answerMs = 10_000;

/** What the Bot API does for whoever hears a bot. */
export function createBotMessenger(
  { clock }: DriverParts,
  { timeoutMs }: RouteConfig,
  client: BotClient,
): Messenger {
  const soon = (signal: AbortSignal) => ({ signal, timeoutMs: Math.min(answerMs, timeoutMs) });
  return {
    async poll(cursor, signal) {
      const offset = readCursor(cursor, clock.now());
      const params = {
        limit: 100,
        timeout: pollSeconds,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
        ...(offset === undefined ? {} : { offset }),
      };
      const held = { signal, timeoutMs: pollSeconds * 1000 + timeoutMs };
      const updates = readAnswer(z.array(z.unknown()), await client.call('getUpdates', params, held));
      const now = clock.now();
      return updates
        .flatMap((raw) => readUpdate(raw) ?? [])
        .toSorted((a, b) => a.id - b.id)
        .map(({ id, heard }) => ({ key: String(id), heard, cursor: writeCursor(id, now) }));
    },
    fetch: (file, signal) => client.download(file.ref, { signal }),
    say: (chatId, text, replyTo, signal) => {
      const reply = replyTo === undefined ? {} : { reply_parameters: { message_id: Number(replyTo) } };
      return client.call('sendMessage', { chat_id: Number(chatId), text, ...reply }, soon(signal));
    },
    async answerPress({ queryId, chatId, messageId }, { text, isAlert, left }, signal) {
      const toast = text.slice(0, longestToast);
      const query = { callback_query_id: queryId, text: toast, show_alert: isAlert && toast !== '' };
      await client.call('answerCallbackQuery', query, soon(signal));
      if (!left) return;
      const markup = keyboardOf(left.verbs, (verb) => buttonData(left.code, verb));
      const edit = { chat_id: Number(chatId), message_id: Number(messageId), reply_markup: markup };
      await client.call('editMessageReplyMarkup', edit, soon(signal));
    },
    providerId: (chatId, messageId) => `${chatId}:${messageId}`,
  };
}
