import type { Clock } from '../../../platform/clock.ts';
import type { RouteInbox } from '../../route-driver.ts';
import { answerId, readDeliver, type ReceiptIds } from './deliver.ts';
import { createJoiner } from './join-parts.ts';

/** ESME_RX_T_APPN: not now, say it again later. */
const later = 0x64;
/** Earlier parts are remembered for a while: of them only a failure is told. */
const mostRemembered = 5000;

/** What comes from the centre goes to whoever listens; while nobody does, the centre is asked to keep it. */
export function createEar(clock: Clock, ids: string) {
  const receiptIds: ReceiptIds = ids === 'hex' || ids === 'decimal' ? ids : 'same';
  const joiner = createJoiner();
  const wholes = new Map<string, string>();
  let inbox: RouteInbox | undefined;

  const tell = (taker: RouteInbox, from: string, text: string) => {
    if (text.trim() === '') return;
    taker.answer({
      eventId: answerId(from, text, clock.now()),
      at: clock.now(),
      address: from,
      verb: null,
      code: null,
      providerId: null,
      text,
      files: [],
      place: null,
    });
  };
  const take = (taker: RouteInbox, body: Buffer) => {
    const delivered = readDeliver(body, receiptIds);
    for (const { from, text } of joiner.late(clock.now())) tell(taker, from, text);
    if (delivered.kind === 'words') {
      const text = joiner.take(delivered.from, delivered.heard, clock.now());
      if (text !== undefined) tell(taker, delivered.from, text);
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
      return () => {
        if (inbox === taker) inbox = undefined;
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
