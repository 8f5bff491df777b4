import { AppError, toAppError } from '../../shared/errors.ts';
import type { AccountRow, AccountStore } from '../db/account-store.ts';
import type { RawStore } from '../db/raw-store.ts';
import type { Db } from '../db/open.ts';
import { createBackoff } from '../platform/backoff.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { Service } from '../platform/service.ts';
import { createSleepWatch, type SleepWatch } from '../platform/sleep-watch.ts';
import { createFolderSync } from './folder-sync.ts';
import type { AccountSecrets } from './account-secrets.ts';
import { connectAccount } from './connect-account.ts';
import type { ImapConnection } from './imap-connection.ts';
import { runInboxSession } from './inbox-session.ts';
import type { JournalPort } from './journal-port.ts';
import { createLoginBudget, type Login } from './login-budget.ts';
import { createMailboxHealth } from './mailbox-health.ts';
import type { LoginLimits, MailTiming } from './mail-timing.ts';
import type { RawIntake } from './raw-intake.ts';
import type { SentCopies } from './sent-copies.ts';
import { type PlaceCopies, runSentSession } from './sent-session.ts';
import { createWake, type Wake } from '../platform/wake.ts';

export type MailboxService = Service & {
  readonly accountId: number;
  /** Connects or asks the server at once, within the login budget and never sooner than the server asked for. */
  checkNow(): void;
  /** Its connections are not to be trusted any more. */
  slept(): void;
};

export type MailboxParts = {
  readonly db: Db;
  readonly accounts: AccountStore;
  readonly raw: RawStore;
  readonly intake: RawIntake;
  readonly journal: JournalPort;
  readonly secrets: AccountSecrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timing: MailTiming;
  readonly limits: LoginLimits;
  readonly copies: SentCopies;
  /** The server refused the password: nothing is tried until a person mends it. */
  readonly halt: (accountId: number, reason: string) => void;
};

/** What reaches a session that waits for its server. */
type Bell = { readonly wake: Wake; readonly sleep: SleepWatch };

type Session = { readonly connection: ImapConnection; readonly login: Login };

/**
 * One account, as long as its settings stay the same. Inbox has a connection; Sent gets its own once the first has been
 * well for a while and the login budget allows, and until then Inbox's connection looks after both.
 */
export function createMailboxService(account: AccountRow, parts: MailboxParts): MailboxService {
  const { accounts, clock, random, timing } = parts;
  const log = parts.log.child({ account: account.id });
  const health = createMailboxHealth({ accountId: account.id, raw: parts.raw, clock, timing });
  const budget = createLoginBudget({ accountId: account.id, accounts, clock, limits: parts.limits });
  const policy = { firstMs: timing.backoffFirst, factor: 2, maxMs: timing.backoffMax };
  const inboxBackoff = createBackoff(policy, random);
  const sentBackoff = createBackoff(policy, random);
  // Rung by a person between two sessions; each session has a bell of its own, which its end rings too.
  const between = createWake(clock);
  const sessions = new Set<Bell>();
  const placeCopies: PlaceCopies = (connection, path) => parts.copies.place(account.id, connection, path);
  const inbox = createFolderSync({ ...parts, account, role: 'inbox', log });
  const sent = createFolderSync({ ...parts, account, role: 'sent', log });
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let isSentWatched = false;

  const createBell = (): Bell => ({
    wake: createWake(clock),
    sleep: createSleepWatch(clock, timing.sleepGap),
  });

  async function connect(signal: AbortSignal): Promise<Session> {
    const login = budget.begin();
    const onNeverAsked = login.neverHappened;
    const { secrets } = parts;
    const connection = await connectAccount({ account, secrets, timing, clock, log, signal, onNeverAsked });
    return { connection, login };
  }

  /** Marks what made a session worth its login. */
  function createWorth({ login }: Session, reset: () => void) {
    let isUseful = false;
    const prove = () => {
      reset();
      if (isUseful) return;
      isUseful = true;
      login.useful();
    };
    return {
      onLetters(count: number) {
        if (count > 0) prove();
        health.stored(count);
      },
      onAlive(ms: number) {
        if (ms >= timing.useful) prove();
      },
    };
  }

  async function inboxSession(signal: AbortSignal): Promise<void> {
    health.connecting();
    const session = await connect(signal);
    const { connection } = session;
    const ending = new AbortController();
    const sessionSignal = AbortSignal.any([signal, ending.signal]);
    const bell = createBell();
    const { wake } = bell;
    let watching: Promise<void> | undefined;
    let renumbered = false;
    sessions.add(bell);
    try {
      const sentPath = account.sentPath ?? (await connection.sentPath());
      if (sentPath !== undefined) {
        watching = watchSent(sentPath, sessionSignal, (isRenumbered) => {
          renumbered ||= isRenumbered;
          if (isRenumbered) connection.close();
          else wake.ring();
        });
      }
      await runInboxSession(
        {
          ...session,
          ...createWorth(session, inboxBackoff.reset),
          inbox,
          sent,
          sentPath,
          placeCopies,
          sentIsWatched: () => isSentWatched,
          ...bell,
          timing,
          clock,
          onChecked: health.checked,
          onSentFound: health.sentFound,
          onDiskFull: () => health.troubled('disk-full', clock.now() + timing.diskRetry),
        },
        signal,
      );
    } catch (failure) {
      if (renumbered) throw new AppError('unavailable', { details: { reason: 'folder-renumbered' } });
      throw failure;
    } finally {
      sessions.delete(bell);
      ending.abort();
      connection.close();
      await watching;
    }
  }

  /** Ends with its signal; its own failures only mean that Inbox's connection looks after Sent again. */
  async function watchSent(
    sentPath: string,
    signal: AbortSignal,
    onInboxBehind: (isRenumbered: boolean) => void,
  ): Promise<void> {
    let waitMs: number = timing.sentConnectionAfter;
    while (!signal.aborted) {
      try {
        await clock.sleep(Math.max(waitMs, budget.allowedAt('sent') - clock.now()), signal);
        if (budget.allowedAt('sent') > clock.now()) continue;
        const session = await connect(signal);
        const bell = createBell();
        sessions.add(bell);
        try {
          isSentWatched = true;
          const worth = createWorth(session, sentBackoff.reset);
          const watched = { onInboxBehind, onSentFound: health.sentFound };
          const shared = { inbox, sent, sentPath, placeCopies, ...bell, timing, clock, ...watched };
          await runSentSession({ ...session, ...worth, ...shared }, signal);
        } finally {
          sessions.delete(bell);
          isSentWatched = false;
          session.connection.close();
        }
      } catch (failure) {
        if (signal.aborted) return;
        const error = toAppError(failure);
        log.info({ reason: error.reason, code: error.code }, 'mail.sent-connection-lost');
        waitMs = Math.max(timing.sentConnectionAfter, error.retryAfterMs ?? 0, sentBackoff.next());
      }
    }
  }

  async function waitForBudget(signal: AbortSignal): Promise<void> {
    for (;;) {
      const allowedAt = budget.allowedAt('inbox');
      const waitMs = allowedAt - clock.now();
      if (waitMs <= 0) return;
      // The short spacing between the first tries is an ordinary wait, not worth a word of its own.
      if (waitMs > timing.backoffMax) health.troubled('login-budget-spent', allowedAt);
      // In steps: the hour is counted by the wall, and a sleeping machine must not wait longer than that.
      await clock.sleep(Math.min(waitMs, timing.backoffMax), signal);
    }
  }

  /** Waits as the failure asks for; false when a person must act first. */
  async function recover(failure: unknown, signal: AbortSignal): Promise<boolean> {
    const error = toAppError(failure);
    const reason = error.reason ?? error.code;
    if (error.code === 'internal')
      log.error({ error: error.message, cause: error.cause }, 'mail.session-failed');
    else log.info({ reason, code: error.code }, 'mail.session-ended');
    if (error.code === 'denied') {
      parts.halt(account.id, reason);
      health.halted(reason);
      return false;
    }
    // The old connection slept or means other letters now: a new one at once, nobody has to be spared.
    if (reason === 'slept' || reason === 'folder-renumbered') return true;
    if (error.code === 'rate-limited' && error.retryAfterMs !== undefined) {
      health.troubled(reason, clock.now() + error.retryAfterMs);
      await clock.sleep(error.retryAfterMs, signal);
      return true;
    }
    const waitMs = inboxBackoff.next();
    health.troubled(reason, clock.now() + waitMs);
    await between.wait(waitMs, signal);
    return true;
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await waitForBudget(signal);
        await inboxSession(signal);
      } catch (failure) {
        if (signal.aborted || !(await recover(failure, signal))) return;
      }
    }
  }

  return {
    name: `mailbox-${account.id}`,
    accountId: account.id,
    start(signal) {
      const lifetime = AbortSignal.any([signal, stopping.signal]);
      running ??= run(lifetime)
        .catch((failure: unknown) => {
          if (!lifetime.aborted) log.error({ error: String(failure) }, 'mail.mailbox-broken');
        })
        .then(health.stopped);
      return Promise.resolve();
    },
    async stop() {
      stopping.abort(new AppError('cancelled'));
      await running;
    },
    health: health.view,
    checkNow() {
      if (sessions.size === 0) between.ring();
      for (const { wake } of sessions) wake.ring();
    },
    slept() {
      // What failed before the sleep says nothing about the network after it.
      inboxBackoff.reset();
      sentBackoff.reset();
      if (sessions.size === 0) between.ring();
      for (const { wake, sleep } of sessions) {
        sleep.told();
        wake.ring();
      }
    },
  };
}

/** What a connection is made of; the password is opened only now. */
