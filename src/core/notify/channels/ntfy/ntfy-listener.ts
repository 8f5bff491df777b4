import { toAppError } from '../../../../shared/errors.ts';
import type { Logger } from '../../../platform/logger.ts';
import { readAnswerWords } from '../../answer-words.ts';
import type { Clock } from '../../../platform/clock.ts';
import { httpCall, httpLines } from '../../http-call.ts';
import type { InboundFile, RouteConfig, RouteInbox } from '../../route-driver.ts';
import type { Hearing } from '../hearing.ts';
import { fieldOf, wordsOf } from '../http-refusal.ts';
import { botSays } from '../messenger-words.ts';
import { ntfyError, ntfySetup } from './ntfy-client.ts';
import { readPress } from './ntfy-message.ts';

type Parts = { readonly clock: Clock; readonly log: Logger; readonly hearing: Hearing };

/** The server says something every 45 seconds; two of them missing is a dead line. */
const keepaliveMs = 120_000;
const mostFileBytes = 20 * 1024 * 1024;

/** What the server itself writes beside a file that came without words. */
const serversWords = /^You received a file(?:: .*)?$/;

/** Reads the reply topic as it is written, from the last message that was dealt with. Returns when the server ends it. */
export async function listenToReplies(
  { clock, log, hearing }: Parts,
  config: RouteConfig,
  inbox: RouteInbox,
  signal: AbortSignal,
): Promise<void> {
  const { base, replyTopic, auth } = ntfySetup(config);
  // Without a bookmark all that the server still keeps: an answer of the first minutes must not be lost.
  const since = inbox.cursor() === '' ? 'all' : inbox.cursor();
  const answer = await httpLines(
    {
      clock,
      method: 'GET',
      url: `${base}/${encodeURIComponent(replyTopic)}/json?since=${encodeURIComponent(since)}`,
      headers: auth,
      timeoutMs: Math.max(config.timeoutMs, keepaliveMs),
      proxy: config.proxy,
      signal,
    },
    async (line) => {
      hearing.heard();
      const event = parse(line);
      const id = wordsOf(fieldOf(event, 'id'));
      if (fieldOf(event, 'event') !== 'message' || id === '') return;
      hear(event, id, await attachmentOf(event, id));
      inbox.saveCursor(id);
    },
  );
  if (answer.status !== 200) throw ntfyError(answer, clock.now());

  function hear(event: unknown, id: string, file: InboundFile | undefined): void {
    const name = wordsOf(fieldOf(event, 'attachment', 'name'));
    const lost = file === undefined && name !== '' ? botSays.fileLost(name) : '';
    const said = [wordsOf(fieldOf(event, 'message')).replace(serversWords, ''), lost]
      .filter(Boolean)
      .join('\n');
    const press = readPress(said);
    const words = press ?? readAnswerWords(said);
    if (!press && said.trim() === '' && !file) return;
    inbox.answer({
      eventId: id,
      at: Number(fieldOf(event, 'time')) * 1000 || clock.now(),
      address: press?.topic ?? '',
      verb: words.verb,
      code: words.code,
      providerId: null,
      text: press ? '' : said,
      files: file ? [file] : [],
      place: null,
    });
  }

  /** Only from the server itself: an address in a message is anybody's word. */
  async function attachmentOf(event: unknown, id: string): Promise<InboundFile | undefined> {
    const url = wordsOf(fieldOf(event, 'attachment', 'url'));
    if (!url.startsWith(`${base}/file/`)) return undefined;
    try {
      return await fetchFile(event, url);
    } catch (thrown) {
      // One file that never comes must not stop the words after it for ever.
      if (signal.aborted || !hearing.isLastTry(id)) throw thrown;
      log.warn({ err: toAppError(thrown) }, 'ntfy.attachment-lost');
      return undefined;
    }
  }

  async function fetchFile(event: unknown, url: string): Promise<InboundFile | undefined> {
    const fetched = await httpCall({
      clock,
      method: 'GET',
      url,
      headers: auth,
      timeoutMs: config.timeoutMs,
      proxy: config.proxy,
      signal,
      mostBytes: mostFileBytes,
    });
    if (fetched.status !== 200) {
      // It is kept there for three hours only: a lost photo must not stop the words that come after it.
      log.warn({ status: fetched.status }, 'ntfy.attachment-lost');
      return undefined;
    }
    return inbox.store({
      bytes: fetched.bytes,
      fileName: wordsOf(fieldOf(event, 'attachment', 'name')) || 'file',
      mimeType: wordsOf(fieldOf(event, 'attachment', 'type')) || 'application/octet-stream',
    });
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
