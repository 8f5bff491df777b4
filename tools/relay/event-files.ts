import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type RelayEvent = {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** X-Hub-Signature-256 as it came. */
  readonly signature: string;
  /** The raw body in base64: what is signed is bytes, not JSON. */
  readonly body: string;
};

const longestDays = 7;
const mostEvents = 20_000;
const idDigits = 16;

/** One file for each event, on the disk before it is acknowledged; its name is its id and its place in the order. */
export function createEventFiles(directory: string, now: () => number) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let ids = readdirSync(directory)
    .filter((name) => /^\d{16}\.json$/.test(name))
    .map((name) => name.slice(0, idDigits))
    .toSorted();

  /** By the clock, and never again: a reader's bookmark must hold after everything was pruned. */
  function nextId(): string {
    const last = Number(ids.at(-1) ?? 0);
    return String(Math.max(last + 1, now() * 1000)).padStart(idDigits, '0');
  }

  function prune(): void {
    const oldest = String((now() - longestDays * 86_400_000) * 1000).padStart(idDigits, '0');
    const gone = ids.filter((id, index) => id < oldest || index < ids.length - mostEvents);
    for (const id of gone) rmSync(join(directory, `${id}.json`), { force: true });
    if (gone.length > 0) ids = ids.filter((id) => !gone.includes(id));
  }

  return {
    add(event: Omit<RelayEvent, 'id' | 'receivedAt'>): RelayEvent {
      const kept = { ...event, id: nextId(), receivedAt: now() };
      const path = join(directory, `${kept.id}.json`);
      const file = openSync(`${path}.new`, 'w', 0o600);
      try {
        writeSync(file, JSON.stringify(kept));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.new`, path);
      ids.push(kept.id);
      prune();
      return kept;
    },
    /** Oldest first. */
    after(id: string, most: number): RelayEvent[] {
      return ids
        .filter((one) => one > id)
        .slice(0, most)
        .map((one) => JSON.parse(readFileSync(join(directory, `${one}.json`), 'utf8')) as RelayEvent);
    },
  };
}
