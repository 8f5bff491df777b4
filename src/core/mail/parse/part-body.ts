import { type BodyStore, createGrowingBuffer } from './body-store.ts';
import { limits } from './limits.ts';
import type { MimePart, PartBody } from './mime-part.ts';
import { createTransferDecoder } from './transfer-decoder.ts';

/** Reads the letter inside a message/rfc822 part while its bytes pass by. */
export type NestedReader<Stored> = {
  write(bytes: Uint8Array): void;
  end(): MimePart<Stored>;
};

export type PartBodyWriter<Stored> = {
  write(encoded: Uint8Array): void;
  end(): PartBody<Stored>;
};

/** Takes a part's encoded bytes; keeps what will be read in memory up to a limit, stores the rest. */
export function openPartBody<Stored>(
  part: MimePart<Stored>,
  store: BodyStore<Stored>,
  nested: NestedReader<Stored> | undefined,
): PartBodyWriter<Stored> {
  const { memoryBytes, overflow } = planFor(part);
  const head = createGrowingBuffer();
  let writer = memoryBytes === 0 ? store.open() : undefined;
  let cut = false;
  const decoder = createTransferDecoder(part.encoding, (bytes) => {
    nested?.write(bytes);
    if (writer !== undefined) {
      writer.write(bytes);
      return;
    }
    const room = memoryBytes - head.length();
    head.append(bytes.length > room ? bytes.subarray(0, room) : bytes);
    if (bytes.length <= room) return;
    cut = true;
    if (overflow !== 'store') return;
    writer = store.open();
    writer.write(head.bytes());
    writer.write(bytes.subarray(room));
  });
  return {
    write: (encoded) => decoder.write(encoded),
    end() {
      decoder.end();
      return { head: head.bytes(), cut, stored: writer?.end(), nested: nested?.end() };
    },
  };
}

/** Whether the part is the letter's own text rather than a file sent with it. */
export function isBodyText(part: MimePart<unknown>): boolean {
  return (
    (part.type === 'text/plain' || part.type === 'text/html') &&
    part.disposition !== 'attachment' &&
    part.fileName === undefined
  );
}

export function isCalendar(part: MimePart<unknown>): boolean {
  return part.type === 'text/calendar' || part.type === 'application/ics';
}

export function isTnef(part: MimePart<unknown>): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || part.fileName?.toLowerCase() === 'winmail.dat';
}

export function isNestedLetter(part: MimePart<unknown>): boolean {
  return part.type === 'message/rfc822' || part.type === 'message/global';
}

/** Machine-readable halves of a report: read, but not shown as files. */
export function isReportPart(part: MimePart<unknown>): boolean {
  return /^(?:message\/(?:global-)?(?:delivery-status|disposition-notification)|text\/rfc822-headers)$/.test(
    part.type,
  );
}

function planFor(part: MimePart<unknown>): { memoryBytes: number; overflow: 'drop' | 'store' } {
  if (isBodyText(part)) {
    return { memoryBytes: part.type === 'text/html' ? limits.htmlBytes : limits.textBytes, overflow: 'drop' };
  }
  if (isReportPart(part)) return { memoryBytes: limits.reportBytes, overflow: 'drop' };
  if (isCalendar(part)) return { memoryBytes: limits.calendarBytes, overflow: 'store' };
  if (isTnef(part)) return { memoryBytes: limits.tnefBytes, overflow: 'store' };
  return { memoryBytes: 0, overflow: 'store' };
}
