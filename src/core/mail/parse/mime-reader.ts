import { type BodyStore, createGrowingBuffer } from './body-store.ts';
import { looksLikeField, parseHeaderBlock } from './header-block.ts';
import { limits } from './limits.ts';
import { createPart, type MimePart } from './mime-part.ts';
import { isNestedLetter, openPartBody, type PartBodyWriter } from './part-body.ts';

export type MimeReader<Stored> = {
  /** The chunk may be reused by the caller afterwards. */
  write(chunk: Uint8Array): void;
  end(): MimePart<Stored>;
};

/** Shared by a letter and the letters inside it, so that nesting does not multiply what a letter may cost. */
export type Budget = { parts: number; headerBytes: number; readonly notes: Set<string> };

export function createBudget(): Budget {
  return { parts: limits.parts, headerBytes: limits.headerBytes, notes: new Set() };
}

type OpenBoundary<Stored> = { readonly line: Buffer; readonly part: MimePart<Stored> };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;
const delimiterStart = Buffer.from('\n--');
/** RFC 2046 allows 70 characters; what is longer than this is text. */
const longestDelimiter = 1024;

/** A first header line longer than this without any line feed is a letter without line feeds. */
const lineEndSample = 4096;

/** A header line that does not end by then is taken as it is. */
const longestLine = limits.headerLineBytes * 4;

/**
 * Takes a letter apart while its bytes pass by: memory is bounded by what the parts keep, not by the letter.
 * Without a store only headers are kept, which is all that is wanted of a letter sent back in a report.
 */
export function createMimeReader<Stored>(
  store: BodyStore<Stored> | undefined,
  budget: Budget,
  depth = 0,
): MimeReader<Stored> {
  const pending = createGrowingBuffer();
  let onlyReturns: boolean | undefined;
  let state: 'header' | 'body' = 'header';
  let atLineStart = true;
  let heldBreak: Uint8Array | undefined;
  let lines: Uint8Array[] = [];
  let parent: MimePart<Stored> | undefined;
  let root: MimePart<Stored> | undefined;
  let open: { readonly part: MimePart<Stored>; readonly writer: PartBodyWriter<Stored> } | undefined;
  const boundaries: OpenBoundary<Stored>[] = [];

  function beginHeader(owner: MimePart<Stored> | undefined): void {
    parent = owner;
    lines = [];
    state = 'header';
  }

  function beginBody(): void {
    const { headers, guessed } = parseHeaderBlock(lines);
    const defaultType = parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const part = asReadable(createPart<Stored>(headers, defaultType, guessed), root === undefined);
    root ??= part;
    parent?.children.push(part);
    state = 'body';
    atLineStart = true;
    heldBreak = undefined;
    if (part.type.startsWith('multipart/')) {
      boundaries.push({ line: Buffer.from(`--${part.params.get('boundary')}`), part });
      return;
    }
    if (store !== undefined) openLeaf(part, store);
    // Lines that are no header fields are text whose header is missing.
    if (headers.length === 0) for (const line of lines) writeLine(line);
  }

  /** What is declared multipart but cannot be taken apart is read as something else. */
  function asReadable(part: MimePart<Stored>, isRoot: boolean): MimePart<Stored> {
    if (part.type.startsWith('multipart/')) {
      if ((part.params.get('boundary') ?? '') === '') return { ...part, type: 'text/plain' };
      if (boundaries.length < limits.multipartDepth) return part;
      budget.notes.add('nesting-cut');
      return { ...part, type: 'application/octet-stream' };
    }
    // Some robots name the only text they send: it is the letter all the same.
    const isOnlyText = isRoot && part.type.startsWith('text/') && part.disposition !== 'attachment';
    return isOnlyText ? { ...part, fileName: undefined } : part;
  }

  function openLeaf(part: MimePart<Stored>, into: BodyStore<Stored>): void {
    const nested =
      isNestedLetter(part) && depth < limits.nestedLetters
        ? createMimeReader<Stored>(parent?.type === 'multipart/report' ? undefined : into, budget, depth + 1)
        : undefined;
    open = { part, writer: openPartBody(part, into, nested) };
  }

  function writeLine(line: Uint8Array): void {
    open?.writer.write(line);
    open?.writer.write(delimiterStart.subarray(0, 1));
  }

  function closeLeaf(): void {
    if (open !== undefined) open.part.body = open.writer.end();
    open = undefined;
  }

  function takeHeaderLine(line: Uint8Array): void {
    if (takeDelimiter(line)) return;
    if (line.length === 0) {
      if (lines.length > 0 || parent !== undefined || root !== undefined) beginBody();
      return;
    }
    if (lines.length === 0 && parent !== undefined && !looksLikeField(line)) {
      // A part whose header and blank line are missing altogether.
      beginBody();
      writeLine(line);
      return;
    }
    budget.headerBytes -= line.length;
    if (budget.headerBytes < 0) {
      budget.notes.add('headers-cut');
      return;
    }
    lines.push(Uint8Array.from(line.subarray(0, limits.headerLineBytes)));
  }

  function takeDelimiter(line: Uint8Array): boolean {
    if (line[0] !== dash || line[1] !== dash || boundaries.length === 0) return false;
    for (let at = boundaries.length - 1; at >= 0; at -= 1) {
      const boundary = boundaries[at];
      if (boundary === undefined) continue;
      const match = matchDelimiter(line, boundary.line);
      if (match === undefined) continue;
      if (state === 'header') beginBody();
      closeLeaf();
      const closing = match === 'close';
      boundaries.length = Math.min(boundaries.length, closing ? at : at + 1);
      heldBreak = undefined;
      if (closing) state = 'body';
      else if (budget.parts > 0) beginHeader(boundary.part);
      else budget.notes.add('parts-cut');
      budget.parts -= closing ? 0 : 1;
      return true;
    }
    return false;
  }

  function releaseBreak(): void {
    if (heldBreak !== undefined) open?.writer.write(heldBreak);
    heldBreak = undefined;
  }

  /** Consumes body bytes from `at`; returns where it stopped for want of more input. */
  function takeBody(data: Buffer, at: number, isLast: boolean): number {
    if (boundaries.length === 0) {
      releaseBreak();
      open?.writer.write(data.subarray(at));
      return data.length;
    }
    if (atLineStart) {
      const left = data.length - at;
      if (left < 2 && !isLast) return at;
      if (data[at] === dash && data[at + 1] === dash) {
        const end = data.indexOf(lineFeed, at);
        if (end < 0 && left < longestDelimiter && !isLast) return at;
        const lineEnd = end < 0 ? data.length : end;
        if (lineEnd - at <= longestDelimiter && takeDelimiter(trimReturn(data.subarray(at, lineEnd)))) {
          atLineStart = true;
          return Math.min(lineEnd + 1, data.length);
        }
      }
      releaseBreak();
      atLineStart = false;
    }
    const next = data.indexOf(delimiterStart, at);
    if (next < 0) {
      const keep = isLast ? 0 : Math.min(3, data.length - at);
      open?.writer.write(data.subarray(at, data.length - keep));
      return data.length - keep;
    }
    const textEnd = next > at && data[next - 1] === carriageReturn ? next - 1 : next;
    open?.writer.write(data.subarray(at, textEnd));
    heldBreak = Uint8Array.from(data.subarray(textEnd, next + 1));
    atLineStart = true;
    return next + 1;
  }

  function take(data: Buffer, isLast: boolean): void {
    let at = 0;
    while (at < data.length) {
      if (state === 'header') {
        const end = data.indexOf(lineFeed, at);
        if (end < 0 && !isLast && data.length - at < longestLine) break;
        const lineEnd = end < 0 ? data.length : end;
        takeHeaderLine(trimReturn(data.subarray(at, lineEnd)));
        at = lineEnd + 1;
      } else {
        const stopped = takeBody(data, at, isLast);
        if (stopped === at) break;
        at = stopped;
      }
    }
    const rest = data.subarray(Math.min(at, data.length));
    pending.clear();
    pending.append(rest);
  }

  /** Letters of old Macs end their lines in CR alone; told from the first bytes, before anything is taken. */
  function decideLineEnds(isLast: boolean): boolean {
    const start = pending.bytes();
    if (start.includes(lineFeed)) onlyReturns = false;
    else if (isLast || start.length >= lineEndSample) onlyReturns = start.includes(carriageReturn);
    return onlyReturns !== undefined;
  }

  function takePending(isLast: boolean): void {
    const data = Buffer.from(pending.bytes());
    take(onlyReturns === true ? asLineFeeds(data) : data, isLast);
  }

  return {
    write(chunk) {
      if (onlyReturns === undefined) {
        pending.append(chunk);
        if (decideLineEnds(false)) takePending(false);
        return;
      }
      const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const input = onlyReturns ? asLineFeeds(view) : view;
      const isShort = pending.length() + input.length < longestLine;
      if (state === 'header' && pending.length() > 0 && isShort && !input.includes(lineFeed)) {
        // A line that grows by a few bytes at a time must not be copied each time.
        pending.append(input);
        return;
      }
      take(pending.length() === 0 ? input : Buffer.concat([pending.bytes(), input]), false);
    },
    end() {
      if (onlyReturns === undefined) decideLineEnds(true);
      takePending(true);
      if (state === 'header') beginBody();
      releaseBreak();
      closeLeaf();
      return root ?? createPart<Stored>([], 'text/plain', false);
    },
  };
}

function asLineFeeds(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte) => (byte === carriageReturn ? lineFeed : byte)));
}

function trimReturn(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && line[end - 1] === carriageReturn) end -= 1;
  return line.subarray(0, end);
}

/** The whole line must be the boundary: one boundary may begin with another. */
function matchDelimiter(line: Uint8Array, boundary: Uint8Array): 'open' | 'close' | undefined {
  if (line.length < boundary.length) return undefined;
  for (let at = 0; at < boundary.length; at += 1) if (line[at] !== boundary[at]) return undefined;
  const isClose = line[boundary.length] === dash && line[boundary.length + 1] === dash;
  for (let at = boundary.length + (isClose ? 2 : 0); at < line.length; at += 1) {
    if (line[at] !== 0x20 && line[at] !== 0x09) return undefined;
  }
  return isClose ? 'close' : 'open';
}
