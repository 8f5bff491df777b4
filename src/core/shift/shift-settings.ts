import { shiftSettings, type ShiftSettings } from '../../shared/contract/shift.ts';
import type { Db } from '../db/open.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';

export type ShiftDeskSettings = {
  get(): ShiftSettings;
  save(
    change: { readonly [K in keyof ShiftSettings]?: ShiftSettings[K] | undefined },
    actor: number | null,
  ): void;
};

type Parts = { readonly db: Db; readonly store: SettingStore; readonly journal: Journal };

const defaults: ShiftSettings = {
  handoverMinutes: 15,
  leftWork: 'offer',
  shellAfterMinutes: 3,
  silence: true,
  // Of a mailbox with six letters an hour this is wrong about once a week.
  silenceBound: 0.001,
  silenceMinutes: 20,
  silenceCloses: true,
};

const key = 'shift';

export function createShiftSettings({ db, store, journal }: Parts): ShiftDeskSettings {
  let cached: ShiftSettings | undefined;
  const get = () => {
    cached ??= { ...defaults, ...shiftSettings.partial().parse(store.get(key) ?? {}) };
    return cached;
  };
  return {
    get,
    save(change, actor) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = shiftSettings.parse({ ...get(), ...Object.fromEntries(given) });
      db.transact((revision) => {
        store.set(key, next, revision);
        journal.append({
          kind: 'setting.saved',
          subject: 'setting',
          subjectId: 0,
          actorId: actor,
          facts: { keys: given.map(([name]) => `${key}.${name}`) },
        });
        db.touch('setting');
        db.afterCommit(() => {
          cached = next;
        });
      });
    },
  };
}
