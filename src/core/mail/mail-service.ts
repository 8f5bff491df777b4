import type { AccountRow } from '../db/account-store.ts';
import type { Health, Service } from '../platform/service.ts';
import { createMailboxService, type MailboxParts, type MailboxService } from './mailbox-service.ts';
import type { RawFiles } from './raw-files.ts';

export type MailboxView = { readonly accountId: number; readonly name: string; readonly health: Health };

export type MailService = Service & {
  /** Every account that is not removed; a disabled one is `off`, a halted one needs attention. */
  mailboxes(): readonly MailboxView[];
  /** null: all of them. */
  checkNow(accountId: number | null): void;
};

type Parts = MailboxParts & { readonly files: RawFiles };

type Running = { readonly service: MailboxService; readonly wiring: string };

/** A start has better things to do than to walk through a million files. */
const sweepAfterMs = 60_000;
/** Files without a row younger than this may be somebody's letter on its way. */
const orphanAgeMs = 10 * 60 * 1000;

/** One mailbox service per account, following the accounts as they are changed. */
export function createMailService(parts: Parts): MailService {
  const { accounts, clock, db, files, raw, log } = parts;
  const stopping = new AbortController();
  const running = new Map<number, Running>();
  let unfollow = () => {};
  let changing: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> = Promise.resolve();

  async function follow(signal: AbortSignal): Promise<void> {
    const wanted = new Map(
      accounts
        .list()
        .filter(isActive)
        .map((account) => [account.id, account]),
    );
    const outdated = [...running].filter(([id, { wiring }]) => {
      const account = wanted.get(id);
      return account === undefined || toWiring(account) !== wiring;
    });
    for (const [id] of outdated) running.delete(id);
    await Promise.all(outdated.map(([, { service }]) => service.stop()));
    for (const account of wanted.values()) {
      if (running.has(account.id) || signal.aborted) continue;
      const service = createMailboxService(account, parts);
      running.set(account.id, { service, wiring: toWiring(account) });
      await service.start(signal);
    }
  }

  function followLater(signal: AbortSignal): void {
    changing = changing
      .then(() => follow(signal))
      .catch((failure: unknown) => {
        log.error({ error: String(failure) }, 'mail.accounts-not-followed');
      });
  }

  async function sweep(signal: AbortSignal): Promise<void> {
    try {
      await clock.sleep(sweepAfterMs, signal);
      const removed = await files.sweep(raw.hasSha256, orphanAgeMs, signal);
      if (removed > 0) log.info({ removed }, 'mail.orphans-swept');
    } catch (failure) {
      if (!signal.aborted) log.warn({ error: String(failure) }, 'mail.sweep-failed');
    }
  }

  function mailboxes(): readonly MailboxView[] {
    return accounts.list().map((account) => {
      const { id, name, haltedReason } = account;
      const service = running.get(id)?.service;
      if (service !== undefined) return { accountId: id, name, health: service.health() };
      const health: Health =
        haltedReason !== null && account.enabled === 1
          ? { state: 'needs-attention', reason: haltedReason }
          : { state: 'off' };
      return { accountId: id, name, health };
    });
  }

  return {
    name: 'mail',
    async start(signal) {
      const lifetime = AbortSignal.any([signal, stopping.signal]);
      await files.prepare();
      sweeping = sweep(lifetime);
      unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('account')) followLater(lifetime);
      });
      followLater(lifetime);
      await changing;
    },
    async stop() {
      unfollow();
      stopping.abort();
      await changing;
      await Promise.all([...running.values()].map(({ service }) => service.stop()));
      running.clear();
      await sweeping;
    },
    health: () => worst(mailboxes().map(({ health }) => health)),
    mailboxes,
    resumed(from) {
      for (const { service } of running.values()) {
        if (from === 'sleep') service.slept();
        else service.checkNow();
      }
    },
    checkNow(accountId) {
      for (const [id, { service }] of running) if (accountId === null || accountId === id) service.checkNow();
    },
  };
}

function isActive(account: AccountRow): boolean {
  return account.enabled === 1 && account.haltedReason === null;
}

/** What a running mailbox was made of: a new signature must not cost a login. */
function toWiring(account: AccountRow): string {
  const { imapHost, imapPort, imapSecurity, userName, sealedPassword, auth, caCertificate, sentPath } =
    account;
  return JSON.stringify([
    imapHost,
    imapPort,
    imapSecurity,
    userName,
    sealedPassword,
    auth,
    caCertificate,
    sentPath,
  ]);
}

const severity: readonly Health['state'][] = ['off', 'ok', 'starting', 'degraded', 'needs-attention'];

function worst(all: readonly Health[]): Health {
  return all.toSorted((a, b) => severity.indexOf(b.state) - severity.indexOf(a.state))[0] ?? { state: 'off' };
}
