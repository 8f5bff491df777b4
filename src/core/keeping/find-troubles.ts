import type { Health } from '../platform/service.ts';
import type { Clock } from '../platform/clock.ts';
import type { Trouble } from './admin-alerts.ts';

type Parts = {
  readonly clock: Clock;
  readonly healths: () => Readonly<Record<string, { readonly title: string; readonly health: Health }>>;
  readonly diskState: () => { readonly state: string; readonly freeBytes: number };
  readonly quarantined: () => number;
  readonly isJournalBroken: () => boolean;
  readonly isLocked: () => boolean;
  /** When the newest entry of the journal was written; undefined for an empty one. */
  readonly newestEntryAt: () => number | undefined;
  readonly deadMinutes: () => number;
};

const minuteMs = 60_000;
/** The clock was put back: what happened before lies ahead. */
const clockSlackMs = 5 * minuteMs;
const megabyte = 1_000_000;
const unwell: ReadonlySet<Health['state']> = new Set(['degraded', 'needs-attention']);

/** Looks at the whole desk from outside; a channel counts once it has been unwell for a while. */
export function createFindTroubles(parts: Parts): () => readonly Trouble[] {
  const deadSince = new Map<string, number>();

  function deadChannels(healths: ReturnType<Parts['healths']>): Trouble[] {
    const now = parts.clock.elapsed();
    return Object.entries(healths).flatMap(([name, { title, health }]) => {
      if (!/^(mail|telegram):/.test(name)) return [];
      if (!unwell.has(health.state)) {
        deadSince.delete(name);
        return [];
      }
      const since = deadSince.get(name) ?? now;
      deadSince.set(name, since);
      if (now - since < parts.deadMinutes() * minuteMs) return [];
      return [{ kind: 'channel-dead' as const, subject: title, facts: {} }];
    });
  }

  return () => {
    const healths = parts.healths();
    const disk = parts.diskState();
    const quarantined = parts.quarantined();
    const one = (isTrue: boolean, kind: Trouble['kind'], facts: Trouble['facts'] = {}): Trouble[] =>
      isTrue ? [{ kind, subject: '', facts }] : [];
    const isUnwell = (name: string) => unwell.has(healths[name]?.health.state ?? 'ok');
    return [
      ...one(isUnwell('backup') || isUnwell('full-backup'), 'backup-failed'),
      ...one(disk.state !== 'ok', 'disk-low', { free: `${Math.round(disk.freeBytes / megabyte)} МБ` }),
      ...deadChannels(healths),
      ...one(quarantined > 0, 'quarantine-grows', { letters: quarantined }),
      ...one(parts.isJournalBroken(), 'journal-broken'),
      ...one(parts.clock.now() < (parts.newestEntryAt() ?? 0) - clockSlackMs, 'clock-wrong'),
      ...one(parts.isLocked(), 'secrets-locked'),
    ];
  };
}
