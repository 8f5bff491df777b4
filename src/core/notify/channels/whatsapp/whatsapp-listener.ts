import { toAppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import { type HttpAnswer, httpCall } from '../../http-call.ts';
import type { InboundFile, RouteConfig, RouteInbox } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import type { Hearing } from '../hearing.ts';
import { fieldOf, httpRefusal, wordsOf } from '../http-refusal.ts';
import { botSays } from '../messenger-words.ts';
import type { WhatsappClient } from './whatsapp-client.ts';
import { readWhatsappCursor, writeWhatsappCursor } from './whatsapp-cursor.ts';
import { type MediaFound, toMessage, toReceipt } from './whatsapp-events.ts';
import { whatsappSetup } from './whatsapp-setup.ts';
import { isSigned, listOf, readWebhook } from './whatsapp-webhook.ts';

type Parts = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly client: WhatsappClient;
  /** When somebody wrote last, as the driver remembers it. */
  readonly windows: Map<string, number>;
  readonly hearing: Hearing;
};

/** The relay holds its answer so long when there is nothing. */
const waitSeconds = 25;
const pauseMs = 1000;
/** Anybody may write to the number: what is longer than a photo needs is told in words. */
const mostMediaBytes = 25 * 1024 * 1024;

/** Reads the relay event by event until `signal`; docs/whatsapp-relay.md has its contract. */
export async function listenToRelay(
  { clock, log, client, windows, hearing }: Parts,
  config: RouteConfig,
  inbox: RouteInbox,
  signal: AbortSignal,
): Promise<void> {
  const { phoneNumberId, appSecret } = whatsappSetup(config);
  let { at } = readWhatsappCursor(inbox.cursor());
  for (const [id, wroteAt] of Object.entries(readWhatsappCursor(inbox.cursor()).wrote))
    windows.set(id, wroteAt);
  while (!signal.aborted) {
    const answer = await askRelay(clock, config, { after: at, wait: waitSeconds }, signal);
    hearing.heard();
    const before = at;
    for (const event of listOf(fieldOf(answer.json(), 'events'))) {
      await hear(event);
      at = wordsOf(fieldOf(event, 'id'));
      inbox.saveCursor(writeWhatsappCursor({ at, wrote: Object.fromEntries(windows) }, clock.now()));
    }
    // It may hold back no answer, or give the same events for ever: it is not asked without a pause.
    if (at === before) await clock.sleep(pauseMs, signal);
  }

  async function hear(event: unknown): Promise<void> {
    const raw = Buffer.from(wordsOf(fieldOf(event, 'body')), 'base64');
    if (!isSigned(raw, wordsOf(fieldOf(event, 'signature')), appSecret)) {
      // Anybody may post to a relay; what Meta has not signed is nobody's word.
      log.warn({ event: wordsOf(fieldOf(event, 'id')) }, 'whatsapp.unsigned-event');
      return;
    }
    for (const { messages, statuses } of readWebhook(raw, phoneNumberId)) {
      for (const status of statuses) {
        const receipt = toReceipt(status);
        if (receipt) inbox.receipt(receipt);
      }
      for (const message of messages) await hearMessage(message);
    }
  }

  async function hearMessage(message: unknown): Promise<void> {
    const found = toMessage(message);
    if (!found) return;
    const { answer, media } = found;
    windows.set(answer.address, Math.max(answer.at, windows.get(answer.address) ?? 0));
    const file = media && (await fetchMedia(media));
    const lost = media && !file ? botSays.fileLost(media.fileName) : '';
    const text = [answer.text, lost].filter(Boolean).join('\n');
    inbox.answer({ ...answer, text, files: file ? [file] : [] });
  }

  /** Its address lives for minutes: what is no longer there must not stop what came after it. */
  async function fetchMedia({ id, fileName, mimeType }: MediaFound): Promise<InboundFile | undefined> {
    try {
      const about = await client.call({ method: 'GET', path: `/${encodeURIComponent(id)}`, signal });
      const url = wordsOf(fieldOf(about.json(), 'url'));
      if (!/^https?:\/\//.test(url)) return undefined;
      const { bytes } = await client.call({ method: 'GET', path: url, mostBytes: mostMediaBytes, signal });
      return await inbox.store({ bytes, fileName, mimeType });
    } catch (thrown) {
      const { code, reason } = toAppError(thrown);
      // The network or the disk is away, not the photo: the event is read again, though not for ever.
      const isPassing = code === 'timeout' || code === 'unavailable';
      if (signal.aborted || (isPassing && !hearing.isLastTry(id))) throw thrown;
      log.warn({ reason: reason ?? code }, 'whatsapp.media-lost');
      return undefined;
    }
  }
}

/** Throws what its status means; a relay that does not know the token is not let in without a person. */
export async function askRelay(
  clock: Clock,
  config: RouteConfig,
  { after, wait }: { readonly after: string; readonly wait: number },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { relay, relayToken } = whatsappSetup(config);
  const query = new URLSearchParams({ after, wait: String(wait) });
  const answer = await httpCall({
    clock,
    method: 'GET',
    url: `${relay}/events?${query}`,
    headers: { authorization: `Bearer ${relayToken}` },
    timeoutMs: config.timeoutMs + wait * 1000,
    proxy: config.proxy,
    signal,
    mostBytes: 32 * 1024 * 1024,
  });
  if (answer.status !== 200) throw httpRefusal(answer, clock.now());
  if (!Array.isArray(fieldOf(answer.json(), 'events'))) {
    throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
  }
  return answer;
}
