import { keepingSettings, type KeepingSettings } from '../../shared/contract/keeping.ts';
import { alertKinds } from '../../shared/domain/alert-kinds.ts';
import type { Db } from '../db/open.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';

export type KeepingSettingDesk = {
  get(): KeepingSettings;
  save(
    change: { readonly [K in keyof KeepingSettings]?: KeepingSettings[K] | undefined },
    actor: number | null,
  ): void;
  /** When the desk was put to rest; null while it works. */
  restingSince(): number | null;
  /** Inside a transaction. */
  setResting(at: number | null, revision: number): void;
  /** When the clock was last asked what is past its time; null: never. */
  agedAt(): number | null;
  /** Inside a transaction. */
  setAged(at: number, revision: number): void;
};

type Parts = { readonly db: Db; readonly store: SettingStore; readonly journal: Journal };

const defaults: KeepingSettings = {
  backupDirectory: null,
  fullEveryHours: 24,
  keepDays: 7,
  keepWeeks: 4,
  attachmentDays: null,
  letterDays: null,
  textDays: null,
  asideDays: 30,
  alertEmails: [],
  alertChatId: null,
  alertKinds: [...alertKinds],
  deadMinutes: 15,
};

const key = 'keeping';
const restingKey = 'resting';
const agedKey = 'retention-aged';

export function createKeepingSettings({ db, store, journal }: Parts): KeepingSettingDesk {
  let cached: KeepingSettings | undefined;
  const get = () => {
    cached ??= { ...defaults, ...keepingSettings.partial().parse(store.get(key) ?? {}) };
    return cached;
  };
  return {
    get,
    save(change, actor) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = keepingSettings.parse({ ...get(), ...given });
      db.transact((revision) => {
        store.set(key, next, revision);
        journal.append({
          kind: 'setting.saved',
          subject: 'setting',
          subjectId: 0,
          actorId: actor,
          facts: { keys: Object.keys(given) },
        });
        db.touch('setting');
        db.afterCommit(() => {
          cached = next;
        });
      });
    },
    restingSince() {
      const found = store.get(restingKey);
      return typeof found === 'number' ? found : null;
    },
    agedAt() {
      const found = store.get(agedKey);
      return typeof found === 'number' ? found : null;
    },
    setAged: (at, revision) => store.set(agedKey, at, revision),
    setResting: (at, revision) => store.set(restingKey, at, revision),
  };
}
