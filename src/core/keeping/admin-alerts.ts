import type { AlertKind } from '../../shared/domain/alert-kinds.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { AlertFacts, AlertRecord, AlertStore } from '../db/alert-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { alertLetter, testLetter, type AlertLetter } from './alert-words.ts';
import type { KeepingSettingDesk } from './keeping-settings.ts';

/** Something that is wrong at this moment. */
export type Trouble = { readonly kind: AlertKind; readonly subject: string; readonly facts: AlertFacts };

export type AdminAlerts = Service & {
  /** Something that happened once and is over, such as a start after a crash. */
  happened(kind: AlertKind): void;
  latest(): readonly AlertRecord[];
  /** Why the last alert could not be sent; undefined when it could. */
  failure(): string | undefined;
  /** Sends to everybody at once and throws what stands in the way; `conflict` (reason `alert-nobody`) without anybody. */
  test(): Promise<number>;
};

export type AlertSenders = {
  /** By the first mailbox that works, marked as written by a program. */
  readonly mail: (to: readonly string[], letter: AlertLetter) => Promise<void>;
  /** Into a chat, by the outbox. */
  readonly chat: (chatId: number, text: string) => void;
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: AlertStore;
  readonly settings: KeepingSettingDesk;
  readonly troubles: () => readonly Trouble[];
  readonly senders: AlertSenders;
  readonly desk: () => string;
  readonly time: (at: number) => string;
};

const lookMs = 15_000;
/** What comes in a heap is told in a heap. */
const bundleMs = 10 * 60_000;
const retryMs = 5 * 60_000;
/** A hiccup is nobody's business; what is kept for the screen goes after a while. */
const keepMs = 90 * 86_400_000;

/** Tells an administrator what the desk cannot mend itself, outside of the desk, and when it is mended. */
export function createAdminAlerts(parts: Parts): AdminAlerts {
  const { db, clock, log, store, settings, senders } = parts;
  let toldAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let failure: string | undefined;

  const words = () => ({ desk: parts.desk(), time: parts.time });
  const wanted = (kind: AlertKind) => settings.get().alertKinds.includes(kind);

  function follow(): void {
    const now = parts.troubles().filter(({ kind }) => wanted(kind));
    const open = store.open();
    const isSame = (one: Trouble, other: Trouble) => one.kind === other.kind && one.subject === other.subject;
    const begun = now.filter((trouble) => !open.some((alert) => isSame(alert, trouble)));
    const over = open.filter((alert) => !now.some((trouble) => isSame(alert, trouble)));
    if (begun.length + over.length === 0) return;
    db.transact(() => {
      for (const trouble of begun) store.insert({ ...trouble, beganAt: clock.now(), endedAt: null });
      for (const { id } of over) store.end(id, clock.now());
      store.forgetBefore(clock.now() - keepMs);
      db.touch('setting');
    });
  }

  async function tell(): Promise<void> {
    const since = clock.elapsed();
    if (since - toldAt < bundleMs || since - failedAt < retryMs) return;
    const untold = store.untold();
    // Over before anybody was told, and not a thing that only happens: nothing to say any more.
    const silent = untold.filter(
      ({ kind, toldAt: at, endedAt }) => at === null && endedAt !== null && !isOnce(kind),
    );
    const rest = untold.filter((alert) => !silent.includes(alert));
    if (rest.length > 0 && hasReaders()) {
      await send(alertLetter(rest, store.open().length, words()));
      toldAt = clock.elapsed();
    }
    if (untold.length === 0 || (rest.length > 0 && !hasReaders())) return;
    const now = clock.now();
    db.transact(() => {
      for (const { id, endedAt } of untold) {
        store.markTold(id, now);
        if (endedAt !== null) store.markOver(id, now);
      }
      db.touch('setting');
    });
  }

  function hasReaders(): boolean {
    const { alertEmails, alertChatId } = settings.get();
    return alertEmails.length > 0 || alertChatId !== null;
  }

  /** Enough when one way works: who was told by mail need not wait for Telegram. */
  async function send(letter: AlertLetter): Promise<number> {
    const { alertEmails, alertChatId } = settings.get();
    const ways = [
      ...(alertEmails.length > 0 ? [async () => senders.mail(alertEmails, letter)] : []),
      ...(alertChatId === null
        ? []
        : [async () => senders.chat(alertChatId, `${letter.subject}\n\n${letter.text}`)]),
    ];
    const outcomes = await Promise.allSettled(ways.map((way) => way()));
    const told = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      const error = toAppError(failed.reason);
      failure = error.reason ?? error.code;
      log.error({ err: error }, 'alert.not-sent');
      if (told === 0) {
        failedAt = clock.elapsed();
        throw error;
      }
      return told;
    }
    failure = undefined;
    return told;
  }

  const loop = createWatchLoop({
    name: 'admin-alerts',
    clock,
    log,
    async look() {
      follow();
      // Told by `failure` and tried again.
      await tell().catch(() => undefined);
      return lookMs;
    },
  });

  return {
    name: 'admin-alerts',
    happened(kind) {
      if (!wanted(kind)) return;
      const now = clock.now();
      db.transact(() => store.insert({ kind, subject: '', facts: {}, beganAt: now, endedAt: now }));
    },
    latest: () => store.latest(50),
    failure: () => failure,
    async test() {
      if (!hasReaders()) throw new AppError('conflict', { details: { reason: 'alert-nobody' } });
      return send(testLetter(words(), clock.now()));
    },
    start: async () => loop.start(),
    stop: loop.stop,
    health() {
      if (failure !== undefined && hasReaders()) {
        return { state: 'degraded', reason: 'alert-not-sent', facts: { why: failure } };
      }
      return loop.health();
    },
  };
}

function isOnce(kind: AlertKind): boolean {
  return kind === 'unclean-start';
}
