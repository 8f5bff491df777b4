import type { Account, AccountPreset, AccountSettings } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { AccountRow, AccountStore } from '../db/account-store.ts';
import type { RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { JournalPort } from './journal-port.ts';
import type { Grant, TokenKeeper } from './oauth/token-keeper.ts';
import { accountPresets } from './presets.ts';

export type SaveAccount = {
  readonly id: number | null;
  readonly settings: AccountSettings;
  /** null keeps the one there is. */
  readonly password: string | null;
  /** What a person's signing in brought, instead of a password. */
  readonly grant?: Grant | undefined;
  /** For a new account only; null means from now on. */
  readonly opensFrom: number | null;
};

export type Accounts = {
  /** Without secrets. */
  list(): { readonly accounts: readonly Account[]; readonly presets: readonly AccountPreset[] };
  findByAddress(address: string): Account | undefined;
  /**
   * Adds an account or changes one; a halted one is tried again. Throws `invalid-input` (reason `password-missing` or
   * `sign-in-required`), `conflict` (reason `account-exists`), `not-found`.
   */
  save(input: SaveAccount, actorId: number | null): { readonly id: number };
  /** Its letters stay; its password is forgotten. */
  remove(id: number, actorId: number | null): void;
  /** Lets a halted account try again; harmless for any other. */
  resume(id: number, actorId: number | null): void;
  halt(id: number, reason: string): void;
  /** Throws `denied` (reason `secret-unreadable`) when it cannot be unsealed. */
  password(id: number): string;
  /** The person has signed in again: a halted account is tried at once. */
  granted(id: number, grant: Grant, actorId: number | null): void;
};

type Parts = {
  readonly db: Db;
  readonly accounts: AccountStore;
  readonly raw: RawStore;
  readonly journal: JournalPort;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly random: Random;
  readonly tokens: Pick<TokenKeeper, 'keep' | 'forget'>;
};

export function createAccounts(parts: Parts): Accounts {
  const { db, accounts, raw, journal, secretBox, clock, random } = parts;

  const require = (id: number): AccountRow => {
    const row = accounts.find(id);
    if (row === undefined) throw new AppError('not-found', { details: { reason: 'account' } });
    return row;
  };
  const tell = (
    kind: 'account.saved' | 'account.removed',
    row: { id: number; address: string },
    actorId: number | null,
  ) =>
    journal.append({ kind, subject: 'account', subjectId: row.id, actorId, facts: { address: row.address } });

  function insert({ settings, password, grant, opensFrom }: SaveAccount, revision: number): number {
    if (grant === undefined && (password === null || password === '')) throw invalid('password-missing');
    const now = clock.now();
    return accounts.insert({
      ...toColumns(settings),
      auth: grant === undefined ? 'password' : 'oauth',
      uuid: uuidv7(now, random.bytes(10)),
      sealedPassword: password === null || password === '' ? '' : secretBox.seal(password),
      // Servers tell arrival to the second: a letter of this very second is not from before.
      opensFrom: Math.floor((opensFrom ?? now) / 1000) * 1000,
      createdAt: now,
      revision,
    });
  }

  function update(row: AccountRow, { settings, password, grant }: SaveAccount, revision: number): number {
    const sealedPassword =
      password === null || password === '' ? row.sealedPassword : secretBox.seal(password);
    const typed = password === null || password === '' ? settings.auth : 'password';
    const auth = grant === undefined ? typed : 'oauth';
    accounts.update({ ...toColumns(settings), auth, id: row.id, sealedPassword, revision });
    // On another server the same numbers mean other letters.
    const { host, port } = settings.imap;
    const isMoved = row.imapHost !== host || row.imapPort !== port || row.userName !== settings.userName;
    if (isMoved) raw.forgetFolders(row.id);
    return row.id;
  }

  function resumed(row: AccountRow, actorId: number | null): void {
    if (row.haltedReason === null) return;
    journal.append({ kind: 'account.resumed', subject: 'account', subjectId: row.id, actorId, facts: {} });
  }

  return {
    list: () => ({ accounts: accounts.list().map(toAccount), presets: accountPresets }),
    findByAddress(address) {
      const row = accounts.findByAddress(address);
      return row === undefined ? undefined : toAccount(row);
    },
    save(input, actorId) {
      const { settings } = input;
      const preset = accountPresets.find(({ key }) => key === settings.preset);
      if (preset?.oauth?.required && input.grant === undefined && settings.auth !== 'oauth') {
        throw invalid('sign-in-required');
      }
      return db.transact((revision) => {
        const known = input.id === null ? undefined : require(input.id);
        const namesake = accounts.findByAddress(settings.address);
        if (namesake !== undefined && namesake.id !== input.id) {
          throw new AppError('conflict', { details: { reason: 'account-exists', id: namesake.id } });
        }
        const id = known === undefined ? insert(input, revision) : update(known, input, revision);
        if (input.grant) parts.tokens.keep(id, input.grant, revision);
        tell('account.saved', { id, address: settings.address }, actorId);
        if (known !== undefined) resumed(known, actorId);
        db.touch('account');
        return { id };
      });
    },
    remove(id, actorId) {
      db.transact((revision) => {
        const row = require(id);
        accounts.remove(id, clock.now(), revision);
        parts.tokens.forget(id);
        tell('account.removed', row, actorId);
        db.touch('account');
      });
    },
    resume(id, actorId) {
      const row = require(id);
      if (row.haltedReason === null) return;
      db.transact((revision) => {
        accounts.setHalted(id, null, revision);
        resumed(row, actorId);
        db.touch('account');
      });
    },
    halt(id, reason) {
      db.transact((revision) => {
        accounts.setHalted(id, reason, revision);
        journal.append({
          kind: 'account.halted',
          subject: 'account',
          subjectId: id,
          actorId: null,
          facts: { reason },
        });
        db.touch('account');
      });
    },
    password: (id) => secretBox.open(require(id).sealedPassword),
    granted(id, grant, actorId) {
      db.transact((revision) => {
        const row = require(id);
        parts.tokens.keep(id, grant, revision);
        accounts.setAuth(id, 'oauth', revision);
        accounts.setHalted(id, null, revision);
        tell('account.saved', row, actorId);
        resumed(row, actorId);
        db.touch('account');
      });
    },
  };
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', { details: { reason } });
}

function toColumns(settings: AccountSettings) {
  const { imap, smtp, enabled, ...rest } = settings;
  return {
    ...rest,
    imapHost: imap.host,
    imapPort: imap.port,
    imapSecurity: imap.security,
    smtpHost: smtp.host,
    smtpPort: smtp.port,
    smtpSecurity: smtp.security,
    enabled: enabled ? 1 : 0,
  };
}

/** Without secrets. */
export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    preset: row.preset,
    name: row.name,
    address: row.address,
    displayName: row.displayName,
    imap: { host: row.imapHost, port: row.imapPort, security: row.imapSecurity },
    smtp: { host: row.smtpHost, port: row.smtpPort, security: row.smtpSecurity },
    userName: row.userName,
    auth: row.auth,
    caCertificate: row.caCertificate,
    sentCopy: row.sentCopy,
    sentPath: row.sentPath,
    signature: row.signature,
    enabled: row.enabled === 1,
    opensFrom: row.opensFrom,
    haltedReason: row.haltedReason,
  };
}
