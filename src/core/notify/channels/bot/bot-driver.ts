import { z } from 'zod';
import { toAppError } from '../../../../shared/errors.ts';
import type { CreateDriver, Dispatch, DispatchFile, RouteInbox } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { createMessengerListener } from '../messenger-listener.ts';
import { buttonData, fitWords, wordsOf } from '../messenger-words.ts';
import { readAnswer } from '../read-answer.ts';
import { createBotClient } from './bot-client.ts';
import { keyboardOf } from './bot-keyboard.ts';
import { createBotMessenger } from './bot-messenger.ts';

const sentMessage = z.object({ message_id: z.number() });
const me = z.object({ username: z.string(), first_name: z.string().optional() });
const webhook = z.object({ url: z.string() });

/** Of the words of a message, as the Bot API takes it. */
const longestText = 4096;
/** Larger pictures go as documents. */
const mostPhotoBytes = 10 * 1024 * 1024;
const mostFileBytes = 50 * 1024 * 1024;

/**
 * The desk's own bot in Telegram: words with buttons, whose presses come back by long polling. Whether a message was
 * read is never told, and one whose answer was lost cannot be looked for.
 */
export const createBotDriver: CreateDriver = (parts, config) => {
  const { log } = parts;
  const client = createBotClient(parts, config);
  const listener = createMessengerListener(parts, config, createBotMessenger(parts, config, client));
  let inbox: RouteInbox | undefined;

  async function sendFile(address: string, file: DispatchFile, replyTo: number, signal: AbortSignal) {
    if (file.size > mostFileBytes) throw routeError('payload-too-large', { certainty: 'refused' });
    const isPhoto = /^image\/(jpeg|png|webp)$/.test(file.mimeType) && file.size <= mostPhotoBytes;
    const fields = { chat_id: address, reply_parameters: JSON.stringify({ message_id: replyTo }) };
    await client.upload(isPhoto ? 'sendPhoto' : 'sendDocument', fields, file, { signal }).catch((thrown) => {
      // A picture of odd proportions is still a document.
      if (!isPhoto || toAppError(thrown).reason !== 'message-refused') throw thrown;
      return client.upload('sendDocument', fields, file, { signal });
    });
  }

  /** The words have left: a picture that does not follow is told, but makes nothing of it undone. */
  async function sendFiles({ address, files, deliveryId }: Dispatch, replyTo: number, signal: AbortSignal) {
    let gone = 0;
    for (const file of files) {
      try {
        await sendFile(address, file, replyTo, signal);
        gone += 1;
      } catch (thrown) {
        log.warn({ err: toAppError(thrown), routeId: config.routeId, deliveryId }, 'bot.file-not-sent');
      }
    }
    return gone;
  }

  return {
    receipts: ['accepted', 'acknowledged'],
    isIdempotent: false,
    async send(dispatch, hooks, signal) {
      const { address, verbs, code, files } = dispatch;
      const text = fitWords(wordsOf(dispatch), longestText);
      if (!/^-?\d{1,20}$/.test(address)) throw routeError('address-refused', { certainty: 'refused' });
      const message = {
        chat_id: Number(address),
        text: text === '' ? '—' : text,
        ...(verbs.length > 0 ? { reply_markup: keyboardOf(verbs, (verb) => buttonData(code, verb)) } : {}),
      };
      const wrote = () => hooks.wrote();
      const result = await client.call('sendMessage', message, { signal, wrote }).catch((thrown) => {
        if (toAppError(thrown).reason === 'address-blocked') inbox?.blocked(address, true);
        throw thrown;
      });
      const { message_id: id } = readAnswer(sentMessage, result);
      const gone = await sendFiles(dispatch, id, signal);
      const raw = files.length > 0 ? `#${id}, files ${gone}/${files.length}` : `#${id}`;
      return { status: 'accepted', raw, providerId: `${address}:${id}` };
    },
    async listen(given, signal) {
      inbox = given;
      await listener.listen(given, signal);
    },
    async test(signal) {
      const { username, first_name: name } = readAnswer(me, await client.call('getMe', {}, { signal }));
      const hook = webhook.safeParse(await client.call('getWebhookInfo', {}, { signal }));
      const isHooked = hook.success && hook.data.url !== '';
      // Updates go to whoever set it: the bot would send and never hear.
      if (isHooked) throw routeError('route-shared', { certainty: 'not-sent', raw: 'webhook' });
      return { facts: { username, ...(name === undefined ? {} : { name }) } };
    },
    health: listener.health,
  };
};
