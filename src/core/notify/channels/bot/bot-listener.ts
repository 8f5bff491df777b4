import { z } from 'zod';
import { toAppError } from '../../../../shared/errors.ts';
import type { Health } from '../../../platform/service.ts';
import type { DriverParts, InboundFile, RouteConfig, RouteInbox } from '../../route-driver.ts';
import { botSays, buttonData, readButton, verbsAfter } from '../messenger-words.ts';
import { readCursor, writeCursor } from './bot-cursor.ts';
import type { BotClient } from './bot-client.ts';
import { keyboardOf } from './bot-keyboard.ts';
import { readUpdate, type Heard } from './bot-updates.ts';

/** The server's own limit. */
const pollSeconds = 50;
const answerMs = 10_000;
const strangerMs = 3_600_000;
const mostRemembered = 1000;
/** A file that cannot be had keeps nobody's words back for ever. */
const mostFileTries = 3;

type Numbered = { readonly id: number; readonly heard: Heard | undefined };
type Words = Extract<Heard, { kind: 'words' }>;
type Press = Extract<Heard, { kind: 'press' }>;

/**
 * Reads updates by long polling. What an update says is written before the cursor moves past it, so a crash repeats
 * rather than loses; repeated ones are known by the message's own number. Words and presses never wait for a file.
 */
export function createBotListener({ clock, log }: DriverParts, config: RouteConfig, client: BotClient) {
  const { routeId } = config;
  const strangers = new Map<string, number>();
  const tries = new Map<number, number>();
  /** Beyond the cursor, because a file before them is still awaited. */
  const taken = new Set<number>();
  let state: Health = { state: 'starting' };
  let stopping = new AbortController().signal;

  async function listen(inbox: RouteInbox, signal: AbortSignal): Promise<void> {
    stopping = signal;
    try {
      while (!signal.aborted) {
        const updates = await poll(inbox, signal);
        state = { state: 'ok' };
        if (updates.length > 0) await take(inbox, updates, signal);
      }
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!signal.aborted) state = { state: 'degraded', reason: error.reason ?? error.code };
      throw thrown;
    }
  }

  async function poll(inbox: RouteInbox, signal: AbortSignal): Promise<readonly Numbered[]> {
    const offset = readCursor(inbox.cursor(), clock.now());
    const params = {
      limit: 100,
      timeout: pollSeconds,
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
      ...(offset === undefined ? {} : { offset }),
    };
    const timeoutMs = pollSeconds * 1000 + config.timeoutMs;
    const updates = z
      .array(z.unknown())
      .parse(await client.call('getUpdates', params, { signal, timeoutMs }));
    return updates.flatMap((raw) => readUpdate(raw) ?? []).toSorted((a, b) => a.id - b.id);
  }

  async function take(inbox: RouteInbox, updates: readonly Numbered[], signal: AbortSignal) {
    const replies: (() => Promise<unknown>)[] = [];
    const withFiles: Numbered[] = [];
    for (const update of updates) {
      const { heard } = update;
      if (heard?.kind === 'words' && heard.file !== null && inbox.knows(heard.chatId)) {
        withFiles.push(update);
      } else if (!taken.has(update.id)) {
        const reply = heard && hear(inbox, heard);
        if (reply) replies.push(reply);
        taken.add(update.id);
      }
      if (withFiles.length === 0) pass(inbox, update.id);
    }
    await say(replies);
    for (const update of withFiles) {
      if (update.heard?.kind !== 'words') continue;
      const files = await fetchFile(inbox, update.id, update.heard, signal);
      await say([answered(inbox, update.heard, files)]);
    }
    const last = updates.at(-1);
    if (last && withFiles.length > 0) pass(inbox, last.id);
  }

  function pass(inbox: RouteInbox, updateId: number): void {
    inbox.saveCursor(writeCursor(updateId, clock.now()));
    for (const id of taken) if (id <= updateId) taken.delete(id);
    for (const id of tries.keys()) if (id <= updateId) tries.delete(id);
  }

  /** Writes what was said at once; answers what is to be said back. */
  function hear(inbox: RouteInbox, heard: Heard): (() => Promise<unknown>) | undefined {
    switch (heard.kind) {
      case 'start':
        return started(inbox, heard);
      case 'blocked':
        inbox.blocked(heard.chatId, heard.isBlocked);
        return undefined;
      case 'press':
        return pressed(inbox, heard);
      case 'words':
        return answered(inbox, heard, undefined);
    }
  }

  function started(inbox: RouteInbox, heard: Extract<Heard, { kind: 'start' }>) {
    const { code, chatId, userId, title } = heard;
    if (code === '') {
      inbox.blocked(chatId, false);
      return inbox.knows(chatId) ? undefined : toStranger(chatId, botSays.hello);
    }
    const bound = inbox.bind({ code, chatId, userId, title });
    return bound ? words(chatId, botSays.bound(bound.name)) : toStranger(chatId, botSays.staleLink);
  }

  function pressed(inbox: RouteInbox, press: Press) {
    const { queryId, chatId, messageId, data, shown } = press;
    const button = readButton(data);
    const alert = (text: string) => () => answerQuery(queryId, text, true);
    if (!inbox.knows(chatId)) return alert(botSays.stranger);
    inbox.blocked(chatId, false);
    const { reply, verb } = inbox.answer({
      eventId: `c${queryId}`,
      at: clock.now(),
      address: chatId,
      verb: button?.verb ?? null,
      code: button?.code ?? null,
      providerId: `${chatId}:${messageId}`,
      text: '',
      files: [],
      place: null,
    });
    if (verb === null || !button) return alert(reply ?? '');
    const markup = keyboardOf(verbsAfter(shown, verb), (next) => buttonData(button.code, next));
    return async () => {
      await answerQuery(queryId, reply ?? botSays.taken, false);
      const edit = { chat_id: Number(chatId), message_id: messageId, reply_markup: markup };
      await client.call('editMessageReplyMarkup', edit, soon());
    };
  }

  function answered(inbox: RouteInbox, heard: Words, fetched: Fetched | undefined) {
    const { chatId, messageId, text, replyTo, place, at } = heard;
    if (!inbox.knows(chatId)) return toStranger(chatId, botSays.stranger);
    inbox.blocked(chatId, false);
    const { reply } = inbox.answer({
      eventId: `m${chatId}:${messageId}`,
      // Their clock may be ahead of ours.
      at: Math.min(at, clock.now()),
      address: chatId,
      verb: null,
      code: null,
      providerId: replyTo === null ? null : `${chatId}:${replyTo}`,
      text: [text, fetched?.lost ?? ''].filter((part) => part !== '').join('\n'),
      files: fetched?.files ?? [],
      place,
    });
    return reply === null ? undefined : words(chatId, reply, messageId);
  }

  type Fetched = { readonly files: readonly InboundFile[]; readonly lost: string };

  async function fetchFile(inbox: RouteInbox, id: number, { file }: Words, signal: AbortSignal) {
    if (file === null) return undefined;
    const lost: Fetched = { files: [], lost: botSays.fileLost(file.fileName) };
    try {
      const bytes = await client.download(file.fileId, { signal });
      if (!bytes) return lost;
      const { fileName, mimeType } = file;
      return { files: [await inbox.store({ bytes, fileName, mimeType })], lost: '' };
    } catch (thrown) {
      const count = (tries.get(id) ?? 0) + 1;
      tries.set(id, count);
      if (signal.aborted || count < mostFileTries) throw thrown;
      log.warn({ err: toAppError(thrown), routeId }, 'bot.file-not-fetched');
      return lost;
    }
  }

  /** Anybody may write to a bot: each thing is told them once an hour. */
  function toStranger(chatId: string, text: string): (() => Promise<unknown>) | undefined {
    const now = clock.elapsed();
    const told = `${chatId} ${text}`;
    if (now - (strangers.get(told) ?? Number.NEGATIVE_INFINITY) < strangerMs) return undefined;
    if (strangers.size >= mostRemembered) strangers.clear();
    strangers.set(told, now);
    return words(chatId, text);
  }

  function words(chatId: string, text: string, replyTo?: number): () => Promise<unknown> {
    const reply = replyTo === undefined ? {} : { reply_parameters: { message_id: replyTo } };
    return () => client.call('sendMessage', { chat_id: Number(chatId), text, ...reply }, soon());
  }

  function answerQuery(id: string, text: string, isAlert: boolean): Promise<unknown> {
    const query = { callback_query_id: id, text: text.slice(0, 200), show_alert: isAlert && text !== '' };
    return client.call('answerCallbackQuery', query, soon());
  }

  /** What is said back is a courtesy: it holds nothing up, and is not said twice. */
  async function say(replies: readonly ((() => Promise<unknown>) | undefined)[]): Promise<void> {
    await Promise.all(
      replies.map((reply) =>
        reply?.().catch((thrown: unknown) => {
          log.info({ err: toAppError(thrown), routeId }, 'bot.reply-not-said');
        }),
      ),
    );
  }

  const soon = () => ({ signal: stopping, timeoutMs: Math.min(answerMs, config.timeoutMs) });

  return { listen, health: () => state };
}
