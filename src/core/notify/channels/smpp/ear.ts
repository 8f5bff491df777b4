import type { Clock } from '../../../platform/clock.ts';
import type { RouteInbox } from '../../route-driver.ts';
import { answerId, readDeliver, type ReceiptIds } from './deliver.ts';
import { createJoiner } from './join-parts.ts';
import type { Heard } from './message-text.ts';

/** ESME_RX_T_APPN: not now, say it again later. */
const later = 0x64;
/** What could not be written down is not tried again at once. */
const shortestWaitMs = 1000;
/** Earlier parts are remembered for a while: of them only a failure is told. */
const mostRemembered = 5000;

/** What comes from the centre goes to whoever listens; while nobody does, the centre is asked to keep it. */
export function createEar(clock: Clock, ids: string) {
  const receiptIds: ReceiptIds = ids === 'hex' || ids === 'decimal' ? ids : 'same';
  const joiner = createJoiner();
  const wholes = new Map<string, string>();
  /** How often something was said since the line stands; only over another line is it a repetition. */
  const said = new Map<string, number>();
  let inbox: RouteInbox | undefined;
  let waiting: AbortController | undefined;

  const tell = (taker: RouteInbox, from: string, text: string) => {
    if (text.trim() === '') return;
    const id = answerId(from, text, clock.now());
    const times = said.get(id) ?? 0;
    taker.answer({
      eventId: times === 0 ? id : `${id}-${times}`,
      at: clock.now(),
      address: from,
      verb: null,
      code: null,
      providerId: null,
      text,
      files: [],
      place: null,
    });
    if (said.size >= mostRemembered) said.clear();
    said.set(id, times + 1);
  };
  /** A part is the centre's until it is written down; so is a whole message. */
  const join = (taker: RouteInbox, next?: { readonly from: string; readonly heard: Heard }) => {
    const before = joiner.kept();
    try {
      const now = clock.now();
      const text = next && joiner.take(next.from, next.heard, now);
      if (text !== undefined) tell(taker, next?.from ?? '', text);
      for (const late of joiner.late(now)) tell(taker, late.from, late.text);
      if (joiner.kept() !== before) taker.saveCursor(joiner.kept());
    } catch (thrown) {
      joiner.restore(before);
      throw thrown;
    }
  };
  /** The rest of a message may never come, and nothing else either. */
  const waitForRest = (taker: RouteInbox) => {
    const lateAt = joiner.lateAt();
    if (waiting || lateAt === undefined) return;
    const mine = new AbortController();
    waiting = mine;
    clock.sleep(Math.max(shortestWaitMs, lateAt - clock.now()), mine.signal).then(
      () => {
        waiting = undefined;
        try {
          join(taker);
        } catch {
          // It could not be written down: it is tried again.
        }
        waitForRest(taker);
      },
      () => undefined,
    );
  };
  const take = (taker: RouteInbox, body: Buffer) => {
    const delivered = readDeliver(body, receiptIds);
    if (delivered.kind === 'words') {
      join(taker, delivered);
      waitForRest(taker);
      return;
    }
    const { id, status, raw } = delivered;
    taker.receipt({
      providerId: wholes.get(id) ?? id,
      eventId: `${id}:${raw}`,
      at: clock.now(),
      report: { status, raw },
    });
  };

  return {
    hear(body: Buffer): number {
      if (!inbox) return later;
      try {
        take(inbox, body);
        return 0;
      } catch {
        // It could not be written down: it is still the centre's.
        return later;
      }
    },
    listen(taker: RouteInbox): () => void {
      inbox = taker;
      said.clear();
      joiner.restore(taker.cursor());
      waitForRest(taker);
      return () => {
        if (inbox !== taker) return;
        inbox = undefined;
        waiting?.abort();
        waiting = undefined;
      };
    },
    /** Receipts of parts are those of the whole. */
    remember(parts: readonly string[], whole: string): void {
      for (const id of parts) if (id !== whole) wholes.set(id, whole);
      for (const id of wholes.keys()) {
        if (wholes.size <= mostRemembered) break;
        wholes.delete(id);
      }
    },
  };
}
