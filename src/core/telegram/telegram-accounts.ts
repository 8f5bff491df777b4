import { AppError, toAppError } from '../../shared/errors.ts';
import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { Db } from '../db/open.ts';
import type { TelegramAccountRow, TelegramStore } from '../db/telegram-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Logger } from '../platform/logger.ts';
import type { ApiSetting } from './api-setting.ts';
import type { LoginAttempts } from './login-attempts.ts';
import { type ConnectionParts, overConnection } from './over-connection.ts';
import type { SessionFiles, SessionSecret } from './session-files.ts';
import { isNobodys } from './sign-in-run.ts';
import type { TelegramDesk } from './telegram-desk.ts';
import { telegramError } from './telegram-error.ts';

export type AccountParts = ConnectionParts & {
  readonly db: Db;
  readonly store: TelegramStore;
  readonly journal: Journal;
  readonly log: Logger;
  readonly api: ApiSetting;
  readonly attempts: LoginAttempts;
  readonly files: SessionFiles;
  /** Resolves when the account's own connection is closed, if it had one. */
  readonly release: (accountId: number) => Promise<void>;
};

export type TelegramAccounts = Pick<TelegramDesk, 'saveApi' | 'logOut' | 'reset' | 'remove'> & {
  /** Throws `not-found` (reason `telegram-account`). */
  require(id: number): TelegramAccountRow;
  /** Throws `session-broken`, `session-sealed`, `session-elsewhere` or `signed-out`. */
  openSession(accountId: number): Promise<SessionSecret>;
  /** Telegram, or this machine, says that the session opens nothing any more. */
  markSignedOut(accountId: number, reason: string): Promise<void>;
  /** Ends what a killed desk left behind: sessions that belong to no signed-in account. */
  endLeftovers(isPending: (file: string) => boolean): Promise<void>;
};

type EndKind = 'telegram.signed-out' | 'telegram.logged-out' | 'telegram.reset';

export function createTelegramAccounts(parts: AccountParts): TelegramAccounts {
  const { db, store, journal, log, api, attempts, files, release, clock } = parts;

  const require = (id: number): TelegramAccountRow => {
    const row = store.account(id);
    if (row === undefined) throw new AppError('not-found', { details: { reason: 'telegram-account' } });
    return row;
  };

  /** Once for each session, whoever says it first. */
  function setSignedOut<K extends EndKind>(
    id: number,
    reason: string,
    entry: { readonly kind: K; readonly facts: JournalFacts[K]; readonly actorId: number | null },
  ): void {
    db.transact((revision) => {
      if (store.account(id)?.state !== 'signed-in') return;
      store.signOutAccount(id, reason, revision);
      journal.append({ ...entry, subject: 'telegram', subjectId: id });
      db.touch('telegram');
    });
  }

  async function endAtTelegram(session: string): Promise<void> {
    const key = api.get();
    if (key === undefined) throw telegramError('api-missing');
    try {
      await overConnection(parts, { api: key, session }, (connection) => connection.logOut());
    } catch (failure) {
      // Somebody was quicker.
      if (!isNobodys(failure)) throw failure;
    }
  }

  function readOrNothing(name: string): SessionSecret | undefined {
    try {
      return files.read(name);
    } catch (failure) {
      // Its key may come back, and then it is to be ended.
      if (toAppError(failure).reason === 'session-sealed') throw failure;
      // Not to be read by us: there is nothing to end.
      return undefined;
    }
  }

  async function endLeftover(name: string): Promise<void> {
    const secret = readOrNothing(name);
    // What was sealed on another machine is that machine's session, and not ours to end.
    if (secret) await endAtTelegram(secret.session);
    // The account may have been signed in again meanwhile.
    if (readOrNothing(name)?.session === secret?.session) files.remove(name);
  }

  const endSession = async (name: string) => endAtTelegram(files.read(name).session);

  return {
    require,
    async saveApi(key, force, actor) {
      const attempt = attempts.begin('api', actor);
      const failure = await overConnection(parts, { api: key, session: undefined }, (connection) =>
        connection.requestQr(),
      ).then(() => undefined, toAppError);
      attempt.settle(failure === undefined ? 'ok' : (failure.reason ?? 'unexpected-answer'));
      if (failure && (!force || failure.reason === 'api-refused')) throw failure;
      db.transact((revision) => {
        api.set(key, revision);
        journal.append({
          kind: 'telegram.api-saved',
          subject: 'setting',
          subjectId: 0,
          actorId: actor,
          facts: { apiId: key.id, checked: failure === undefined },
        });
        db.touch('telegram');
      });
    },
    async logOut(id, actor) {
      const row = require(id);
      if (row.state === 'signed-out') return true;
      const attempt = attempts.begin('log-out', actor);
      await release(id);
      const failure = await endSession(row.uuid).then(() => undefined, toAppError);
      const ended = failure === undefined;
      setSignedOut(id, 'signed-out', { kind: 'telegram.logged-out', facts: { ended }, actorId: actor });
      files.remove(row.uuid);
      attempt.settle(ended ? 'ok' : (failure.reason ?? 'unexpected-answer'));
      return ended;
    },
    async reset(id, actor) {
      const row = require(id);
      const attempt = attempts.begin('reset', actor);
      setSignedOut(id, 'signed-out', { kind: 'telegram.reset', facts: {}, actorId: actor });
      files.remove(row.uuid);
      attempt.settle('ok');
      await release(id);
    },
    remove(id, actor) {
      db.transact((revision) => {
        if (require(id).state === 'signed-in') {
          throw new AppError('conflict', { details: { reason: 'account-signed-in' } });
        }
        store.removeAccount(id, clock.now(), revision);
        journal.append({
          kind: 'telegram.removed',
          subject: 'telegram',
          subjectId: id,
          actorId: actor,
          facts: {},
        });
        db.touch('telegram');
      });
    },
    async openSession(id) {
      const { uuid, userId, state } = require(id);
      if (state === 'signed-out') throw telegramError('signed-out');
      const secret = files.read(uuid);
      // A database of another time beside the files of now.
      if (secret.userId !== userId) throw telegramError('session-broken');
      return secret;
    },
    async markSignedOut(id, reason) {
      const row = store.account(id);
      if (row === undefined) return;
      setSignedOut(id, reason, { kind: 'telegram.signed-out', facts: { reason }, actorId: null });
      files.remove(row.uuid);
      log.warn({ accountId: id, reason }, 'telegram.signed-out');
    },
    async endLeftovers(isPending) {
      for (const name of files.list()) {
        const row = store.accountByUuid(name);
        const isKept = row?.state === 'signed-in' && row.removedAt === null;
        if (isKept || isPending(name)) continue;
        try {
          await endLeftover(name);
          log.info({}, 'telegram.leftover-ended');
        } catch (failure) {
          log.warn({ reason: toAppError(failure).reason ?? 'internal' }, 'telegram.leftover-kept');
        }
      }
    },
  };
}
