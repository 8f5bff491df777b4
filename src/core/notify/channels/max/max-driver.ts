import { z } from 'zod';
import type { AnswerVerb } from '../../../../shared/domain/reaching.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { verbCaptions } from '../../answer-words.ts';
import type { CreateDriver, DriverParts, RouteConfig, RouteInbox } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { createMessengerListener, type Messenger } from '../messenger-listener.ts';
import { buttonData, fitWords, inRows, wordsOf } from '../messenger-words.ts';
import { readAnswer } from '../read-answer.ts';
import { createMaxClient, type MaxClient } from './max-client.ts';
import { readUpdate } from './max-updates.ts';

const sentMessage = z.object({ message: z.object({ body: z.object({ mid: z.string().min(1) }) }) });
const me = z.object({ username: z.string(), name: z.string().optional() });
const news = z.object({ updates: z.array(z.unknown()), marker: z.number().nullish() });

/** Of the words of a message, as MAX takes it. */
const longestText = 4000;
const pollSeconds = 50;
const answerMs = 10_000;

/**
 * The desk's own bot in MAX: words with buttons, whose presses come back by long polling. Files go with the words, so
 * that there is one message; whether it was read is never told.
 */
export const createMaxDriver: CreateDriver = (parts, config) => {
  const client = createMaxClient(parts, config);
  const listener = createMessengerListener(parts, config, createMaxMessenger(parts, config, client));
  let inbox: RouteInbox | undefined;
  return {
    receipts: ['accepted', 'acknowledged'],
    isIdempotent: false,
    async send(dispatch, hooks, signal) {
      const { address, verbs, code, files } = dispatch;
      const text = fitWords(wordsOf(dispatch), longestText);
      if (!/^-?\d{1,20}$/.test(address)) throw routeError('address-refused', { certainty: 'refused' });
      const attachments: object[] = [];
      for (const file of files) attachments.push(await notSent(client.upload(file, { signal })));
      if (verbs.length > 0) attachments.push(keyboardOf(verbs, code));
      const wrote = once(() => hooks.wrote());
      const body = { text, attachments, notify: true };
      const result = await client
        .post('messages', { chat_id: address }, body, { signal, wrote })
        .catch((thrown) => {
          if (toAppError(thrown).reason === 'address-blocked') inbox?.blocked(address, true);
          throw thrown;
        });
      const { mid } = readAnswer(sentMessage, result).message.body;
      return { status: 'accepted', raw: mid, providerId: mid };
    },
    async listen(given, signal) {
      inbox = given;
      await listener.listen(given, signal);
    },
    async test(signal) {
      const { username, name } = readAnswer(me, await client.get('me', {}, { signal }));
      return { facts: { username, ...(name === undefined ? {} : { name }) } };
    },
    health: listener.health,
  };
};

function createMaxMessenger({ log }: DriverParts, config: RouteConfig, client: MaxClient): Messenger {
  const soon = (signal: AbortSignal) => ({ signal, timeoutMs: Math.min(answerMs, config.timeoutMs) });
  return {
    async poll(cursor, signal) {
      const query = { limit: 100, timeout: pollSeconds, ...(cursor === '' ? {} : { marker: cursor }) };
      const held = { signal, timeoutMs: pollSeconds * 1000 + config.timeoutMs };
      const { updates, marker } = readAnswer(news, await client.get('updates', query, held));
      const next = marker === null || marker === undefined ? null : String(marker);
      // One marker stands for the whole page: it is passed when the last of it is written.
      return updates.map((raw, index) => ({
        key: `${cursor} ${index}`,
        heard: readUpdate(raw),
        cursor: index === updates.length - 1 ? next : null,
      }));
    },
    fetch(file, signal) {
      const url = URL.parse(file.ref);
      if (url && /^https?:$/.test(url.protocol)) return client.download(file.ref, { signal });
      log.warn({ routeId: config.routeId }, 'max.file-without-address');
      return Promise.resolve(undefined);
    },
    say(chatId, text, replyTo, signal) {
      const link = replyTo === undefined ? {} : { link: { type: 'reply', mid: replyTo } };
      return client.post('messages', { chat_id: chatId }, { text, ...link }, soon(signal));
    },
    answerPress({ queryId, text: above }, { text, left }, signal) {
      const attachments = left && left.verbs.length > 0 ? [keyboardOf(left.verbs, left.code)] : [];
      const message = left ? { message: { text: above, attachments } } : {};
      return client.post(
        'answers',
        { callback_id: queryId },
        { notification: text, ...message },
        soon(signal),
      );
    },
    // Its messages have names that are good everywhere.
    providerId: (_chatId, messageId) => messageId,
  };
}

function keyboardOf(verbs: readonly AnswerVerb[], code: string) {
  const buttons = verbs.map((verb) => ({
    type: 'callback',
    text: verbCaptions[verb],
    payload: buttonData(code, verb),
  }));
  return { type: 'inline_keyboard', payload: { buttons: inRows(buttons) } };
}

/** Asked again while its file is looked through, the message is still the same try. */
function once(run: () => void): () => void {
  let hasRun = false;
  return () => {
    if (hasRun) return;
    run();
    hasRun = true;
  };
}

/** A file without its message has reached nobody. */
async function notSent<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.details['certainty'] !== 'unknown') throw thrown;
    throw routeError('route-unavailable', { certainty: 'not-sent', cause: error });
  }
}
