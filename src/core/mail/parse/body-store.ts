import { createHash } from 'node:crypto';

/** Where attachments' bytes go: memory in tests and tools, content-addressed files in the worker. */
export type BodyStore<Stored> = {
  open(): BodyWriter<Stored>;
};

export type BodyWriter<Stored> = {
  write(bytes: Uint8Array): void;
  end(): StoredBody<Stored>;
};

export type StoredBody<Stored> = { readonly content: Stored; readonly size: number; readonly sha256: string };

export const memoryStore: BodyStore<Uint8Array> = {
  open() {
    const buffer = createGrowingBuffer();
    return {
      write: buffer.append,
      end() {
        const content = buffer.bytes();
        return { content, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
      },
    };
  },
};

export type GrowingBuffer = {
  append(bytes: Uint8Array): void;
  /** Forgets the bytes and keeps the room. */
  clear(): void;
  length(): number;
  /** A view: valid until the next append. */
  bytes(): Uint8Array;
};

/** One array that doubles: a hostile letter in three-byte pieces must not cost an object for each. */
export function createGrowingBuffer(): GrowingBuffer {
  let buffer = new Uint8Array(0);
  let used = 0;
  return {
    append(bytes) {
      if (used + bytes.length > buffer.length) {
        const wider = new Uint8Array(Math.max(used + bytes.length, buffer.length * 2, 1024));
        wider.set(buffer.subarray(0, used));
        buffer = wider;
      }
      buffer.set(bytes, used);
      used += bytes.length;
    },
    clear() {
      used = 0;
    },
    length: () => used,
    bytes: () => buffer.subarray(0, used),
  };
}
