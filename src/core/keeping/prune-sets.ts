import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSetDatabase, type SetDatabase } from '../db/set-database.ts';
import type { Clock } from '../platform/clock.ts';
import { namesIn, prefixes } from './durable-files.ts';
import { databaseOf, listSets, placesOf, unfinished, type BackupSet } from './set-manifest.ts';

export type SetRule = { readonly keepDays: number; readonly keepWeeks: number };

const dayMs = 86_400_000;
const always = 2;

/** The newest of each day for some days, of each week for some weeks, and always the newest two. */
export function setsToKeep(sets: readonly BackupSet[], rule: SetRule, now: number): ReadonlySet<string> {
  const newestFirst = sets.toSorted((a, b) => b.madeAt - a.madeAt);
  const kept = new Set(newestFirst.slice(0, always).map(({ name }) => name));
  const days = new Set<number>();
  const weeks = new Set<number>();
  for (const { name, madeAt, reason } of newestFirst) {
    const day = Math.floor(madeAt / dayMs);
    const week = Math.floor(day / 7);
    const age = now - madeAt;
    if (age < rule.keepDays * dayMs && !days.has(day)) kept.add(name);
    if (age < rule.keepWeeks * 7 * dayMs && !weeks.has(week)) kept.add(name);
    // A move is not a matter of routine: whoever made it takes it away.
    if (reason === 'move') kept.add(name);
    days.add(day);
    weeks.add(week);
  }
  return kept;
}

type Prune = {
  readonly base: string;
  readonly rule: SetRule;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The one just made stays, whatever a clock that was set back says of its age. */
  readonly made?: string;
};

/**
 * Removes what the rule does not keep, the manifest's folder first, then files that no backup left names. Does nothing
 * to files while a backup cannot be read: what it counts on is not known. Returns how many backups went.
 */
export async function pruneSets({ base, rule, clock, signal, made }: Prune): Promise<number> {
  const sets = await listSets(base);
  const kept = new Set(setsToKeep(sets, rule, clock.now()));
  if (made !== undefined) kept.add(made);
  const gone = sets.filter(({ name }) => !kept.has(name));
  for (const { path, name } of gone) {
    // Killed in the middle it must not look whole; what is left of it goes before the next backup.
    const leaving = join(placesOf(base).sets, `${unfinished}${name}`);
    await rename(path, leaving);
    await rm(leaving, { recursive: true, force: true });
  }
  if (gone.length > 0)
    await sweepFiles(
      base,
      sets.filter(({ name }) => kept.has(name)),
      clock,
      signal,
    );
  return gone.length;
}

async function sweepFiles(
  base: string,
  sets: readonly BackupSet[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const places = placesOf(base);
  const databases: SetDatabase[] = [];
  try {
    for (const { path } of sets) databases.push(openSetDatabase(databaseOf(path), false));
    for (const prefix of prefixes) {
      signal.throwIfAborted();
      const named = new Set(
        databases.flatMap((database) => database.filesOf(prefix).map(({ sha256 }) => sha256)),
      );
      for (const name of await namesIn(join(places.files, prefix))) {
        if (!named.has(name)) await rm(join(places.files, prefix, name), { force: true });
      }
      await clock.sleep(0, signal);
    }
  } finally {
    for (const database of databases) database.close();
  }
}
