import { deskSettings, type DeskSettings } from '../../shared/contract/settings.ts';
import { isZone } from '../../shared/domain/roster.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { IncidentStore } from '../db/incident-store.ts';
import type { Db } from '../db/open.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export type Settings = {
  get(): DeskSettings;
  /** Throws `conflict` (reason `code-prefix-fixed`) once incidents carry the prefix, `invalid-input` (reason `zone-unknown`). */
  save(
    change: { readonly [K in keyof DeskSettings]?: DeskSettings[K] | undefined },
    actor: number | null,
  ): void;
};

type Parts = {
  readonly db: Db;
  readonly store: SettingStore;
  readonly incidents: IncidentStore;
  readonly journal: Journal;
};

const defaults: DeskSettings = {
  zone: 'Europe/Moscow',
  codePrefix: 'PLT',
  foreignPrefixes: [],
  undoSeconds: 10,
  alarmAfterSeconds: 60,
  floodCount: 10,
  floodMinutes: 10,
  autoCloseMinutes: 720,
  logLevel: 'info',
  contractorEmails: [],
  shiftPhone: '',
  answersLateLetters: false,
};

const key = 'desk';
/** Numbers start above it: a desk's first incident is PLT-1001. */
const firstNumber = 1000;

export function createSettings({ db, store, incidents, journal }: Parts): Settings {
  let cached: DeskSettings | undefined;
  const get = () => {
    cached ??= { ...defaults, ...deskSettings.partial().parse(store.get(key) ?? {}) };
    return cached;
  };
  return {
    get,
    save(change, actor) {
      const before = get();
      const next = deskSettings.parse({ ...before, ...withoutUndefined(change) });
      if (next.codePrefix !== before.codePrefix && incidents.lastNumber() > firstNumber) {
        throw new AppError('conflict', { details: { reason: 'code-prefix-fixed' } });
      }
      requireZone(next.zone);
      db.transact((revision) => {
        store.set(key, next, revision);
        journal.append({
          kind: 'setting.saved',
          subject: 'setting',
          subjectId: 0,
          actorId: actor,
          facts: { keys: Object.keys(change), ...changeOf(before, next) },
        });
        db.touch('setting');
        // A transaction around this one may still fail, and must not leave settings the database does not have.
        db.afterCommit(() => {
          cached = next;
        });
      });
    },
  };
}

/** The workstation's id is made at the first start, so that several can be joined later without rewriting anything. */
export function workstationId(
  { db, store, clock }: Pick<Parts, 'db' | 'store'> & { readonly clock: Clock },
  random: Random,
): string {
  const known = store.workstation();
  if (known) return known.uuid;
  const now = clock.now();
  const uuid = uuidv7(now, random.bytes(10));
  db.transact(() => store.saveWorkstation({ uuid, createdAt: now }));
  return uuid;
}

/** Only what differs, so that taking it back leaves the rest as somebody set it meanwhile. */
function changeOf(before: DeskSettings, after: DeskSettings) {
  const keys = (Object.keys(after) as (keyof DeskSettings)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const pick = (from: DeskSettings) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { before: pick(before), after: pick(after) };
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>;
}

function requireZone(zone: string): void {
  if (!isZone(zone)) throw new AppError('invalid-input', { details: { reason: 'zone-unknown', zone } });
}
