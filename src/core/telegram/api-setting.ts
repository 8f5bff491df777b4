import { z } from 'zod';
import type { SettingStore } from '../db/setting-store.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { ApiKey } from './telegram-port.ts';

export type ApiSetting = {
  id(): number | null;
  /** undefined when none was entered, or its hash cannot be unsealed any more: then it must be entered again. */
  get(): ApiKey | undefined;
  /** Inside a transaction. */
  set(key: ApiKey, revision: number): void;
};

const name = 'telegram-api';
const stored = z.object({ id: z.int(), sealedHash: z.string() });

export function createApiSetting(store: SettingStore, secretBox: SecretBox): ApiSetting {
  const read = () => stored.safeParse(store.get(name)).data;
  return {
    id: () => read()?.id ?? null,
    get() {
      const row = read();
      if (row === undefined) return undefined;
      try {
        return { id: row.id, hash: secretBox.open(row.sealedHash) };
      } catch {
        // The key of the seal is gone.
        return undefined;
      }
    },
    set: ({ id, hash }, revision) => store.set(name, { id, sealedHash: secretBox.seal(hash) }, revision),
  };
}
