import { callSettings, type CallSettings } from '../../shared/contract/calls.ts';
import type { Db } from '../db/open.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { Journal } from '../journal/journal.ts';

export type CallSettingsDesk = {
  get(): CallSettings;
  save(
    change: { readonly [K in keyof CallSettings]?: CallSettings[K] | undefined },
    actor: number | null,
  ): void;
};

type Parts = { readonly db: Db; readonly store: SettingStore; readonly journal: Journal };

/** A mast is hours away: who is waited for longer than this is not coming any sooner than the next one would. */
const defaults: CallSettings = {
  normal: { answer: 60, accept: 120, arrive: 480, complete: 1440 },
  urgent: { answer: 20, accept: 60, arrive: 240, complete: 480 },
  critical: { answer: 10, accept: 30, arrive: 120, complete: 240 },
  contractorMinutes: 60,
  asksContractors: true,
  pagesLead: 'high',
};

const key = 'calls';

export function createCallSettings({ db, store, journal }: Parts): CallSettingsDesk {
  let cached: CallSettings | undefined;
  const get = () => {
    cached ??= { ...defaults, ...callSettings.partial().parse(store.get(key) ?? {}) };
    return cached;
  };
  return {
    get,
    save(change, actor) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = callSettings.parse({ ...get(), ...Object.fromEntries(given) });
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
        db.touch('call');
        db.afterCommit(() => {
          cached = next;
        });
      });
    },
  };
}
