import type { Db } from '../db/open.ts';
import type { StoredName } from '../db/retention-store.ts';
import type { TextCounts, TextRetentionStore } from '../db/text-retention-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { KeepingSettingDesk } from './keeping-settings.ts';

type Counts = TextCounts & { readonly incidents: number; readonly raws: number; readonly bytes: number };

export type ExpireTexts = {
  /** Without the raw letters another rule takes. */
  count(signal: AbortSignal, others?: ReadonlySet<number>): Promise<Counts>;
  expire(actor: number | null, signal: AbortSignal): Promise<void>;
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly texts: TextRetentionStore;
  readonly settings: Pick<KeepingSettingDesk, 'get'>;
  /** Inside a transaction. */
  readonly expireRaw: (file: StoredName) => void;
  /** Once no row counts on the file. */
  readonly takeAway: (file: StoredName) => void;
};

const dayMs = 86_400_000;
const incidentsAtOnce = 50;

/**
 * Words of incidents closed long ago: of letters and of chat messages as they stand in the incident, with the raw
 * letter, of notes, and of what was told to people and what they said. Telegram's own history stays, and so does who
 * wrote when, to whom and about what.
 */
export function createExpireTexts(parts: Parts): ExpireTexts {
  const { db, clock, journal, texts, settings } = parts;

  async function* closed(days: number, signal: AbortSignal): AsyncIterable<number[]> {
    const before = clock.now() - days * dayMs;
    for (let after = 0; ;) {
      signal.throwIfAborted();
      const ids = texts.closedBefore(before, after, incidentsAtOnce);
      const last = ids.at(-1);
      if (last === undefined) return;
      yield ids;
      after = last;
      await clock.sleep(0, signal);
    }
  }

  async function count(signal: AbortSignal, others?: ReadonlySet<number>): Promise<Counts> {
    const total = { incidents: 0, letters: 0, notes: 0, raws: 0, bytes: 0 };
    const { textDays } = settings.get();
    if (textDays === null) return total;
    const seen = new Set<string>();
    for await (const ids of closed(textDays, signal)) {
      total.incidents += ids.length;
      for (const id of ids) {
        const { letters, notes } = texts.counts(id);
        total.letters += letters;
        total.notes += notes;
        for (const { id: rawId, sha256, size } of texts.raws(id)) {
          if (others?.has(rawId)) continue;
          total.raws += 1;
          if (!seen.has(sha256)) total.bytes += size;
          seen.add(sha256);
        }
      }
    }
    return total;
  }

  return {
    count,
    async expire(actor, signal) {
      const { textDays } = settings.get();
      if (textDays === null) return;
      const facts = { olderThanDays: textDays, ...(await count(signal)) };
      let isTold = false;
      for await (const ids of closed(textDays, signal)) {
        const files = db.transact((revision) => {
          if (!isTold) {
            journal.append({
              kind: 'desk.texts-removed',
              subject: 'desk',
              subjectId: 0,
              actorId: actor,
              facts,
            });
          }
          const gone = ids.flatMap((id) => texts.raws(id));
          for (const file of gone) parts.expireRaw(file);
          for (const id of ids) {
            texts.expire(id, clock.now(), revision);
            db.touch('message', id);
            db.touch('incident', id);
          }
          return gone;
        });
        isTold = true;
        // Killed before this, the files have no row and go with the leftovers of the next start.
        for (const file of files) parts.takeAway(file);
      }
    },
  };
}
