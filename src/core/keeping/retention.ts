import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RetentionCounts } from '../../shared/contract/keeping.ts';
import type { Db } from '../db/open.ts';
import type { OutboxStore } from '../db/outbox-store.ts';
import type { KindsOf, RetentionStore, StoredName } from '../db/retention-store.ts';
import type { TextRetentionStore } from '../db/text-retention-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDir } from '../platform/data-dir.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { namesIn, prefixes } from './durable-files.ts';
import { createExpireTexts } from './expire-texts.ts';
import type { KeepingSettingDesk } from './keeping-settings.ts';
import type { FilePlaces } from './make-set.ts';
import type { WorkGate } from './work-gate.ts';

export type Retention = Service & {
  /** What a run would remove now, and removes nothing. */
  preview(): Promise<RetentionCounts>;
  run(actor: number | null): Promise<RetentionCounts>;
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly journal: Journal;
  readonly store: RetentionStore;
  readonly texts: TextRetentionStore;
  readonly outbox: Pick<OutboxStore, 'inState'>;
  readonly settings: KeepingSettingDesk;
  readonly dataDir: DataDir;
  readonly places: FilePlaces;
  readonly gate: WorkGate;
};

type Rule = { readonly kinds: KindsOf; readonly days: number; readonly before: number };

const dayMs = 86_400_000;
/** More than a holiday without the desk: the clock is believed when it still says so a day later. */
const leapMs = 7 * dayMs;
const incidentsAtOnce = 50;
const firstLookMs = 10 * 60_000;
/** A file nobody names may be an upload for a letter that is still being written. */
const orphanMs = 7 * dayMs;
/** A file somebody counted on a moment ago gets its row in the next one. */
const freshMs = 10 * 60_000;

/**
 * Removes what its time is over for: files and words of incidents closed long ago, files nobody names, databases a
 * restore set aside. Never the journal, never a row, never a file that anything else counts on. Off unless a person set
 * days.
 */
export function createRetention(parts: Parts): Retention {
  const { db, clock, log, journal, store, settings, gate } = parts;

  /** Attachments and letters may have different times: each is a rule of its own. */
  function rules(): Rule[] {
    const { attachmentDays, letterDays } = settings.get();
    const rule = (days: number | null, kinds: KindsOf): Rule[] =>
      days === null ? [] : [{ kinds, days, before: clock.now() - days * dayMs }];
    return [
      ...rule(attachmentDays, { attachments: true, letters: false }),
      ...rule(letterDays, { attachments: false, letters: true }),
    ];
  }

  async function* closed(rule: Rule, signal: AbortSignal): AsyncIterable<number[]> {
    for (let after = 0; ;) {
      signal.throwIfAborted();
      const ids = store.closedBefore(rule.before, rule.kinds, after, incidentsAtOnce);
      const last = ids.at(-1);
      if (last === undefined) return;
      yield ids;
      after = last;
      await clock.sleep(0, signal);
    }
  }

  function filesOf(rule: Rule, incidentId: number): StoredName[] {
    return store
      .filesOf(incidentId)
      .filter(({ kind }) => rule.kinds[kind === 'raw' ? 'letters' : 'attachments']);
  }

  const texts = createExpireTexts({
    ...parts,
    expireRaw: (file) => store.expire(file, clock.now()),
    takeAway: ({ kind, sha256 }) => takeAway(kind, parts.places[kind](sha256), sha256, freshMs),
  });

  async function count(
    rule: Rule,
    signal: AbortSignal,
    raws = new Set<number>(),
  ): Promise<Omit<RetentionCounts, 'leftovers' | 'texts' | 'notes'>> {
    const counts = { incidents: 0, attachments: 0, letters: 0, bytes: 0 };
    const seen = new Set<string>();
    for await (const ids of closed(rule, signal)) {
      for (const file of ids.flatMap((id) => filesOf(rule, id))) {
        counts[file.kind === 'raw' ? 'letters' : 'attachments'] += 1;
        if (file.kind === 'raw') raws.add(file.id);
        if (seen.has(file.sha256)) continue;
        seen.add(file.sha256);
        if (!store.isNeeded(file, rule.before)) counts.bytes += file.size;
      }
      counts.incidents += ids.length;
    }
    return counts;
  }

  async function preview(signal: AbortSignal): Promise<RetentionCounts> {
    const raws = new Set<number>();
    const counts = await Promise.all(rules().map((rule) => count(rule, signal, raws)));
    const worded = await texts.count(signal, raws);
    const sum = (key: 'incidents' | 'attachments' | 'letters' | 'bytes') =>
      counts.reduce((total, one) => total + one[key], 0);
    return {
      // The same incident may be due for several.
      incidents: Math.max(worded.incidents, ...counts.map(({ incidents }) => incidents)),
      attachments: sum('attachments'),
      letters: sum('letters') + worded.raws,
      texts: worded.letters,
      notes: worded.notes,
      bytes: sum('bytes') + worded.bytes,
      leftovers: asideFiles().length,
    };
  }

  async function expire(rule: Rule, actor: number | null, signal: AbortSignal): Promise<void> {
    const { incidents, attachments, letters, bytes } = await count(rule, signal);
    if (attachments + letters === 0) return;
    let isTold = false;
    for await (const ids of closed(rule, signal)) {
      const files = db.transact(() => {
        if (!isTold) {
          journal.append({
            kind: 'desk.retention-run',
            subject: 'desk',
            subjectId: 0,
            actorId: actor,
            facts: { olderThanDays: rule.days, incidents, attachments, letters, bytes },
          });
        }
        const gone = ids.flatMap((id) => filesOf(rule, id));
        for (const file of gone) store.expire(file, clock.now());
        for (const id of ids) db.touch('incident', id);
        return gone;
      });
      isTold = true;
      // Killed before this, the files have no row and go with the leftovers.
      for (const { kind, sha256 } of files) takeAway(kind, parts.places[kind](sha256), sha256, freshMs);
    }
  }

  /**
   * Aside first, then looked at again: whoever counts on it in this moment has either touched it or finds it gone and
   * writes it anew.
   */
  function takeAway(kind: StoredName['kind'], path: string, sha256: string, restMs: number): boolean {
    if (store.isNamed(kind, sha256)) return false;
    const aside = `${path}.gone`;
    try {
      renameSync(path, aside);
    } catch {
      // It was never there, or is held open on Windows and goes another day.
      return false;
    }
    if (statSync(aside).mtimeMs > clock.now() - restMs || store.isNamed(kind, sha256)) {
      renameSync(aside, path);
      return false;
    }
    rmSync(aside, { force: true });
    return true;
  }

  /** Attachments nobody names; raw letters have a sweep of their own at each start. */
  async function sweepOrphans(signal: AbortSignal): Promise<number> {
    let removed = 0;
    for (const prefix of prefixes) {
      for (const name of await namesIn(join(parts.dataDir.attachments, prefix))) {
        const path = join(parts.dataDir.attachments, prefix, name);
        const sha256 = name.replace(/\.gone$/, '');
        if (!/^[0-9a-f]{64}$/.test(sha256)) continue;
        if (name !== sha256) rmSync(path, { force: true });
        else if (takeAway('attachment', path, sha256, orphanMs)) removed += 1;
      }
      await clock.sleep(0, signal);
    }
    return removed;
  }

  function asideFiles(): string[] {
    const { asideDays } = settings.get();
    if (asideDays === null || parts.outbox.inState('unknown').length > 0) return [];
    const before = clock.now() - asideDays * dayMs;
    const { root, logs } = parts.dataDir;
    const databases = readdirSync(root)
      .filter((name) => Number(/^pult\.db\.(\d+)\.aside$/.exec(name)?.[1] ?? Infinity) < before)
      .map((name) => join(root, name));
    const old = readdirSync(logs)
      .filter((name) => /^pult\.\d+\.log$/.test(name))
      .map((name) => join(logs, name))
      .filter((path) => statSync(path).mtimeMs < before);
    return [...databases, ...old];
  }

  async function run(actor: number | null, signal: AbortSignal): Promise<RetentionCounts> {
    const planned = await preview(signal);
    for (const rule of rules()) await expire(rule, actor, signal);
    await texts.expire(actor, signal);
    const aside = asideFiles();
    for (const path of aside) rmSync(path, { force: true });
    const orphans = await sweepOrphans(signal);
    const done = { ...planned, leftovers: aside.length + orphans };
    log.info(done, 'retention.run');
    return done;
  }

  const begin = (actor: number | null) => gate.run('retention', (signal) => run(actor, signal));
  /** A clock that leapt ahead by years must not age everything at once before anybody has seen it. */
  function isClockBelieved(): boolean {
    const now = clock.now();
    const before = settings.agedAt();
    db.transact((revision) => settings.setAged(now, revision));
    return before !== null && now - before < leapMs;
  }

  let isFirst = true;
  const loop = createWatchLoop({
    name: 'retention',
    clock,
    log,
    async look() {
      if (isFirst) {
        isFirst = false;
        return firstLookMs;
      }
      // A backup under way: in ten minutes again.
      if (gate.current() !== undefined) return firstLookMs;
      if (isClockBelieved()) await begin(null);
      return dayMs;
    },
  });
  return {
    name: 'retention',
    preview: () => preview(new AbortController().signal),
    run: begin,
    async start() {
      isFirst = true;
      loop.start();
    },
    async stop() {
      gate.cancel();
      await loop.stop();
    },
    health: loop.health,
  };
}
