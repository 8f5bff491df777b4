import { toAppError } from '../../../shared/errors.ts';
import type { AnswerVerb } from '../../../shared/domain/reaching.ts';
import type { DriverParts, InboundFile, RouteConfig, RouteInbox } from '../route-driver.ts';
import { createHearing } from './hearing.ts';
import type { Heard, HeardFile, HeardMove, HeardPress, HeardStart, HeardWords } from './heard.ts';
import { botSays, readButton, verbsAfter } from './messenger-words.ts';

export type Update = {
  /** The same whenever it is told. */
  readonly key: string;
  readonly heard: Heard | undefined;
  /** What to go on from once this one and all before it are written; null when only a later one says it. */
  readonly cursor: string | null;
};

export type PressAnswer = {
  readonly text: string;
  /** To be read and put away, rather than to fade. */
  readonly isAlert: boolean;
  /** Buttons from now on; undefined leaves them. */
  readonly left: { readonly verbs: readonly AnswerVerb[]; readonly code: string } | undefined;
};

/** What a messenger's service does for its bot. */
export type Messenger = {
  /** Waits for news; `cursor` as the last update gave it. */
  poll(cursor: string, signal: AbortSignal): Promise<readonly Update[]>;
  /** undefined when it cannot be had, however often it is asked for. */
  fetch(file: HeardFile, signal: AbortSignal): Promise<Uint8Array | undefined>;
  say(chatId: string, text: string, replyTo: string | undefined, signal: AbortSignal): Promise<unknown>;
  answerPress(press: HeardPress, answer: PressAnswer, signal: AbortSignal): Promise<unknown>;
  /** How a message is called where receipts and replies name it. */
  providerId(chatId: string, messageId: string): string;
};

type Reply = (() => Promise<unknown>) | undefined;
type Fetched = { readonly files: readonly InboundFile[]; readonly lost: readonly string[] };

const strangerMs = 3_600_000;
const mostRemembered = 1000;
/** More than this nobody reads before it fades. */
const longestFading = 60;
const nothing: Fetched = { files: [], lost: [] };

/**
 * Hears what a bot is told. What an update says is written before the cursor moves past it, so a crash repeats rather
 * than loses; repeated ones are known by the message's own name. Words and presses never wait for a file.
 */
export function createMessengerListener(
  { clock, log }: DriverParts,
  { routeId }: RouteConfig,
  messenger: Messenger,
) {
  const strangers = new Map<string, number>();
  const hearing = createHearing();
  /** Written although the cursor is before them, because a file is still awaited. */
  const taken = new Set<string>();
  let stopping = new AbortController().signal;
  const eventOf = (chatId: string, messageId: string) => `m${messenger.providerId(chatId, messageId)}`;

  async function listen(inbox: RouteInbox, signal: AbortSignal): Promise<void> {
    stopping = signal;
    const work = async () => {
      while (!signal.aborted) {
        const updates = await messenger.poll(inbox.cursor(), signal);
        hearing.heard();
        await take(inbox, updates, signal);
      }
    };
    await hearing.during(work, signal);
  }

  async function take(inbox: RouteInbox, updates: readonly Update[], signal: AbortSignal): Promise<void> {
    const replies: Reply[] = [];
    const late: (readonly [string, HeardWords])[] = [];
    for (const { key, heard, cursor } of updates) {
      if (heard?.kind === 'words' && heard.files.length > 0 && inbox.knows(heard.chatId)) {
        late.push([key, heard]);
      } else if (!taken.has(key)) {
        if (heard) replies.push(hear(inbox, heard));
        taken.add(key);
      }
      if (late.length === 0 && cursor !== null) inbox.saveCursor(cursor);
    }
    await say(replies);
    for (const [key, words] of late) {
      const files = await fetchFiles(inbox, key, words, signal);
      await say([answered(inbox, words, files)]);
    }
    const last = updates.at(-1)?.cursor ?? null;
    if (late.length > 0 && last !== null) inbox.saveCursor(last);
    taken.clear();
  }

  /** Writes what was said at once; answers what is to be said back. */
  function hear(inbox: RouteInbox, heard: Heard): Reply {
    switch (heard.kind) {
      case 'start':
        return started(inbox, heard);
      case 'blocked':
        inbox.blocked(heard.chatId, heard.isBlocked);
        return undefined;
      case 'press':
        return pressed(inbox, heard);
      case 'words':
        return answered(inbox, heard, nothing);
      case 'moved':
        moved(inbox, heard);
        return undefined;
    }
  }

  function started(inbox: RouteInbox, { code, chatId, userId, title }: HeardStart): Reply {
    if (code === '') {
      inbox.blocked(chatId, false);
      return inbox.knows(chatId) ? undefined : toStranger(chatId, botSays.hello);
    }
    const bound = inbox.bind({ code, chatId, userId, title });
    if (!bound) return toStranger(chatId, botSays.staleLink);
    return () => messenger.say(chatId, botSays.bound(bound.name), undefined, stopping);
  }

  function pressed(inbox: RouteInbox, press: HeardPress): Reply {
    const { queryId, chatId, messageId, data, shown } = press;
    const answer = (given: PressAnswer) => () => messenger.answerPress(press, given, stopping);
    if (!inbox.knows(chatId)) return answer({ text: botSays.stranger, isAlert: true, left: undefined });
    inbox.blocked(chatId, false);
    const button = readButton(data);
    const { reply, verb } = inbox.answer({
      eventId: `c${queryId}`,
      at: clock.now(),
      address: chatId,
      verb: button?.verb ?? null,
      code: button?.code ?? null,
      providerId: messenger.providerId(chatId, messageId),
      text: '',
      files: [],
      place: null,
    });
    if (verb === null || !button) return answer({ text: reply ?? '', isAlert: true, left: undefined });
    const left = { verbs: verbsAfter(shown, verb), code: button.code };
    const text = reply ?? botSays.taken;
    return answer({ text, isAlert: text.length > longestFading, left });
  }

  function moved(inbox: RouteInbox, { chatId, messageId, at, place }: HeardMove): void {
    inbox.moved({ ...place, at: Math.min(at, clock.now()), eventId: eventOf(chatId, messageId) });
  }

  function answered(inbox: RouteInbox, heard: HeardWords, { files, lost }: Fetched): Reply {
    const { chatId, messageId, replyTo } = heard;
    if (!inbox.knows(chatId)) return toStranger(chatId, botSays.stranger);
    inbox.blocked(chatId, false);
    const { reply } = inbox.answer({
      eventId: eventOf(chatId, messageId),
      // Their clock may be ahead of ours.
      at: Math.min(heard.at, clock.now()),
      address: chatId,
      verb: null,
      code: null,
      providerId: replyTo === null ? null : messenger.providerId(chatId, replyTo),
      text: [heard.text, ...lost.map(botSays.fileLost)].filter((part) => part !== '').join('\n'),
      files,
      place: heard.place,
    });
    return reply === null ? undefined : () => messenger.say(chatId, reply, messageId, stopping);
  }

  async function fetchFiles(inbox: RouteInbox, key: string, heard: HeardWords, signal: AbortSignal) {
    const files: InboundFile[] = [];
    const lost: string[] = [];
    for (const file of heard.files) {
      const { fileName, mimeType } = file;
      const bytes = await fetchOne(key, file, signal);
      if (bytes) files.push(await inbox.store({ bytes, fileName, mimeType }));
      else lost.push(fileName);
    }
    return { files, lost };
  }

  async function fetchOne(
    key: string,
    file: HeardFile,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    try {
      return await messenger.fetch(file, signal);
    } catch (thrown) {
      // A file that cannot be had keeps nobody's words back for ever.
      if (signal.aborted || !hearing.isLastTry(key)) throw thrown;
      log.warn({ err: toAppError(thrown), routeId }, 'messenger.file-not-fetched');
      return undefined;
    }
  }

  /** Anybody may write to a bot: each thing is told them once an hour. */
  function toStranger(chatId: string, text: string): Reply {
    const now = clock.elapsed();
    const told = `${chatId} ${text}`;
    if (now - (strangers.get(told) ?? Number.NEGATIVE_INFINITY) < strangerMs) return undefined;
    if (strangers.size >= mostRemembered) strangers.clear();
    strangers.set(told, now);
    return () => messenger.say(chatId, text, undefined, stopping);
  }

  /** What is said back is a courtesy: it holds nothing up for long, and is not said twice. */
  async function say(replies: readonly Reply[]): Promise<void> {
    await Promise.all(
      replies.map(async (reply) =>
        reply?.().catch((thrown: unknown) => {
          log.info({ err: toAppError(thrown), routeId }, 'messenger.reply-not-said');
        }),
      ),
    );
  }

  return { listen, health: hearing.health };
}
