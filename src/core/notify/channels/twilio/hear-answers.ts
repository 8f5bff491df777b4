import type { Clock } from '../../../platform/clock.ts';
import type { RouteInbox } from '../../route-driver.ts';
import type { TwilioMessage } from './twilio.ts';

type Ear = {
  readonly clock: Clock;
  /** Newest first, of the day and later. */
  inbound(since: string, signal: AbortSignal): Promise<readonly TwilioMessage[]>;
};

const everyMs = 15_000;
/** What comes late into the list is dated by when it was sent. */
const lateMs = 15 * 60_000;

/**
 * Reads what was sent to the number, again and again: nothing of Twilio's can call a desk. What was heard before comes
 * again and is thrown away by its id.
 */
export async function hearAnswers(
  { clock, inbound }: Ear,
  inbox: RouteInbox,
  signal: AbortSignal,
): Promise<void> {
  const begun = clock.now();
  while (!signal.aborted) {
    const heardUntil = Number(inbox.cursor()) || begun;
    const since = new Date(heardUntil - lateMs).toISOString().slice(0, 10);
    const found = (await inbound(since, signal)).filter(({ direction }) => direction === 'inbound');
    let newest = heardUntil;
    for (const { sid, from, body, date_sent: sentAt } of found.toReversed()) {
      const at = Date.parse(sentAt ?? '') || clock.now();
      // The list is asked by days: what was said before this route was there was not said to it.
      if (at < heardUntil - lateMs || from === null || from === undefined) continue;
      inbox.answer({
        eventId: sid,
        at,
        address: from.replaceAll(/\D/g, ''),
        verb: null,
        code: null,
        providerId: null,
        text: body ?? '',
        files: [],
        place: null,
      });
      newest = Math.max(newest, at);
    }
    if (newest > heardUntil || inbox.cursor() === '') inbox.saveCursor(String(newest));
    await clock.sleep(everyMs, signal).catch(() => {});
  }
}
