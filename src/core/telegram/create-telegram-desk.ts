import type { TelegramAccount } from '../../shared/contract/telegram.ts';
import type { SettingStore } from '../db/setting-store.ts';
import type { TelegramAccountRow } from '../db/telegram-store.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { DataDir } from '../platform/data-dir.ts';
import type { Random } from '../platform/random.ts';
import { createApiSetting } from './api-setting.ts';
import { createLoginAttempts } from './login-attempts.ts';
import { createSessionFiles } from './session-files.ts';
import { createTelegramSignIn } from './sign-in.ts';
import { createTakeUp } from './take-up-account.ts';
import { type AccountParts, createTelegramAccounts, type TelegramAccounts } from './telegram-accounts.ts';
import type { LiveState, TelegramDesk } from './telegram-desk.ts';
import type { ApiKey } from './telegram-port.ts';

type Parts = Omit<AccountParts, 'api' | 'attempts' | 'files'> & {
  readonly settings: SettingStore;
  /** This computer's own, for sessions: they are good here alone. */
  readonly secretBox: SecretBox;
  /** The desk's, for the application's key: it goes along to another computer. */
  readonly deskBox: SecretBox;
  readonly dirs: Pick<DataDir, 'telegram' | 'tmp'>;
  readonly random: Random;
  /** As `readMachineId` gives it. */
  readonly machineId: string;
  /** The name under which the phone lists this session. */
  readonly device: string;
  /** Library and version. */
  readonly engine: string;
  readonly liveStates: () => ReadonlyMap<number, LiveState>;
  /** The stored session is free to be connected. */
  readonly onSignedIn: (accountId: number) => void;
};

/** What the handlers reach, and what the engine needs of accounts. */
export type TelegramDeskParts = TelegramDesk &
  Pick<TelegramAccounts, 'openSession' | 'markSignedOut'> & {
    api(): ApiKey | undefined;
    /** From a configuration file: kept unchecked, and in silence when it is the same. */
    provideApi(key: ApiKey): void;
    /** Once per start, before or while the accounts connect; quick unless a killed desk left something behind. */
    endLeftovers(): Promise<void>;
    stop(): Promise<void>;
  };

export function createTelegramDesk(parts: Parts): TelegramDeskParts {
  const { store, secretBox, liveStates, device, engine } = parts;
  const api = createApiSetting(parts.settings, parts.deskBox);
  const attempts = createLoginAttempts(parts);
  const files = createSessionFiles(parts);
  const accounts = createTelegramAccounts({ ...parts, api, attempts, files });
  const signIn = createTelegramSignIn({
    ...parts,
    api,
    attempts,
    files,
    takeUp: createTakeUp({ ...parts, files }),
  });
  return {
    api: api.get,
    provideApi(key) {
      const known = api.get();
      if (known?.id !== key.id || known.hash !== key.hash)
        parts.db.transact((revision) => api.set(key, revision));
    },
    apiId: api.id,
    accounts: () => store.accounts().map((row) => toAccount(row, liveStates().get(row.id))),
    saveApi: accounts.saveApi,
    signIn,
    logOut: accounts.logOut,
    reset: accounts.reset,
    remove: accounts.remove,
    attempts: attempts.list,
    openSession: accounts.openSession,
    markSignedOut: accounts.markSignedOut,
    endLeftovers: () => accounts.endLeftovers(signIn.isPending),
    stop: signIn.stop,
    async session(accountId) {
      const { userId, name, username, phoneMask, signedInAt } = accounts.require(accountId);
      const secret = await accounts.openSession(accountId).catch(() => undefined);
      return {
        userId,
        name,
        username,
        about: secret?.about ?? null,
        phoneMask,
        signedInAt,
        lastUpdateAt: liveStates().get(accountId)?.lastUpdateAt ?? null,
        device,
        secretStore: secretBox.kind,
        engine,
      };
    },
  };
}

function toAccount(row: TelegramAccountRow, live: LiveState | undefined): TelegramAccount {
  const { id, name, username, phoneMask, signedInAt } = row;
  const common = { id, name, username, phoneMask, signedInAt };
  if (row.state === 'signed-out') {
    return { ...common, state: 'signed-out', reason: row.signedOutReason, pauses: [] };
  }
  return {
    ...common,
    state: live?.state ?? 'starting',
    reason: live?.reason ?? null,
    pauses: (live?.pauses ?? []).map((pause) => ({ ...pause })),
  };
}
