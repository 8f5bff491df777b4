import { z } from 'zod';
import { chatAddress, type ChatReach, type ChatWords } from '../../../platform/chat-reach.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { findAnswerCodes } from '../../answer-words.ts';
import type { RouteInbox, StatusReport } from '../../route-driver.ts';

type Parts = { readonly chats: ChatReach; readonly clock: Clock; readonly log: Logger };

/** Files are fetched by the chat's own engine; words do not wait for them for ever. */
const filesMs = 120_000;
const mostWaitingMs = 15_000;

const cursor = z.object({ after: z.number(), waiting: z.array(z.number()) });
type Cursor = z.infer<typeof cursor>;

/**
 * Receipts and answers out of rows that the chat's engine writes. The cursor is the last message looked at and those
 * before it whose files are still on their way; it moves after what it passes is written.
 */
export function createChatListener({ chats, clock, log }: Parts) {
  async function listen(inbox: RouteInbox, signal: AbortSignal): Promise<void> {
    let isWoken = false;
    let wake = () => {};
    const off = chats.onChange(() => {
      isWoken = true;
      wake();
    });
    try {
      for (const id of readCursor(inbox).waiting) chats.wantFiles(id);
      while (!signal.aborted) {
        isWoken = false;
        tell(inbox);
        hear(inbox);
        if (isWoken) continue;
        const waiting = new AbortController();
        wake = () => waiting.abort();
        await clock.sleep(mostWaitingMs, AbortSignal.any([signal, waiting.signal])).catch(() => undefined);
      }
    } finally {
      off();
    }
  }

  /** A row tells itself again until it is marked; whoever takes it knows the event. */
  function tell(inbox: RouteInbox): void {
    for (const { key, state, at } of chats.untold()) {
      const report = reportOf(state.state);
      if (report) inbox.receipt({ providerId: key, eventId: state.state, at, report });
      chats.markTold(key);
    }
  }

  function readCursor(inbox: RouteInbox): Cursor {
    const saved = inbox.cursor();
    if (saved !== '') return cursor.parse(JSON.parse(saved));
    // What was said before the route was there answers nothing.
    const first = { after: chats.newest(), waiting: [] };
    inbox.saveCursor(JSON.stringify(first));
    return first;
  }

  function hear(inbox: RouteInbox): void {
    const before = readCursor(inbox);
    const { words, upTo } = chats.said(before.after);
    const late = before.waiting.flatMap((id) => chats.words(id) ?? []);
    const waiting: number[] = [];
    const replies: (() => void)[] = [];
    for (const said of [...late, ...words]) {
      if (said.answers === null && findAnswerCodes(said.text).length === 0) continue;
      if (isWhole(said) || clock.now() - said.at >= filesMs) {
        const reply = take(inbox, said);
        // In a chat of people only what was understood is confirmed.
        if (reply !== null) replies.push(() => chats.reply(said, reply));
      } else {
        if (!before.waiting.includes(said.id)) chats.wantFiles(said.id);
        waiting.push(said.id);
      }
    }
    const next = JSON.stringify({ after: upTo, waiting });
    if (next !== inbox.cursor()) inbox.saveCursor(next);
    for (const reply of replies) say(reply);
  }

  function take(inbox: RouteInbox, said: ChatWords): string | null {
    const { reply, verb } = inbox.answer({
      eventId: `m${said.id}`,
      at: Math.min(said.at, clock.now()),
      address: chatAddress(said.chatId),
      verb: null,
      code: null,
      providerId: said.answers,
      text: said.text,
      files: said.files.flatMap(({ sha256, ...file }) => (sha256 === null ? [] : [{ sha256, ...file }])),
      place: said.place,
    });
    return verb === null ? null : reply;
  }

  /** A courtesy: said once, or not at all. */
  function say(reply: () => void): void {
    try {
      reply();
    } catch (thrown) {
      log.info({ err: toAppError(thrown) }, 'telegram-route.reply-not-said');
    }
  }

  return { listen };
}

function isWhole({ files }: ChatWords): boolean {
  return files.every(({ sha256 }) => sha256 !== null);
}

function reportOf(state: string): StatusReport | undefined {
  if (state === 'left') return { status: 'accepted', raw: state };
  if (state === 'read') return { status: 'read', raw: state };
  if (state === 'failed') return { status: 'failed', raw: state };
  return undefined;
}
