import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { FolderSync } from './folder-sync.ts';
import type { ImapConnection } from './imap-connection.ts';
import { type PlaceCopies, statusOfSent } from './sent-session.ts';
import type { MailTiming } from './mail-timing.ts';
import type { SleepWatch } from '../platform/sleep-watch.ts';
import type { Wake } from '../platform/wake.ts';

export type InboxSessionParts = {
  readonly connection: ImapConnection;
  readonly inbox: FolderSync;
  readonly sent: FolderSync;
  /** undefined: this account has no Sent folder. */
  readonly sentPath: string | undefined;
  readonly placeCopies: PlaceCopies;
  /** Whether a connection of its own looks after Sent (and watches the Inbox's numbering from outside). */
  readonly sentIsWatched: () => boolean;
  /** Somebody wants the mail checked now. */
  readonly wake: Wake;
  readonly sleep: SleepWatch;
  readonly timing: MailTiming;
  readonly clock: Clock;
  readonly onLetters: (count: number) => void;
  /** The server was asked and everything it has is stored. */
  readonly onChecked: () => void;
  readonly onDiskFull: () => void;
  readonly onSentFound: (isThere: boolean) => void;
  readonly onAlive: (ms: number) => void;
};

/**
 * IDLE on Inbox with a question every `probe`, because a line may die without a word and a server may forget to tell.
 * Never returns: throws why the session is over.
 */
export async function runInboxSession(parts: InboxSessionParts, signal: AbortSignal): Promise<never> {
  const { connection, inbox, timing, clock, wake, sleep } = parts;
  const startedAt = clock.elapsed();
  let ended: AppError | undefined;
  void connection.ended.then((reason) => {
    ended = reason;
    wake.ring();
  });
  await inbox.open(connection, 'INBOX');
  // imapflow idles by itself once the folder is open and quiet.
  connection.onChange(wake.ring);
  let isBlocked = await pullAll(parts, signal);
  let probedAt = clock.elapsed();
  for (;;) {
    const untilProbe = Math.max(0, probedAt + timing.probe - clock.elapsed());
    const waitMs = Math.min(
      untilProbe,
      timing.sleepCheck,
      isBlocked ? timing.diskRetry : Number.POSITIVE_INFINITY,
    );
    const answer = await wake.wait(waitMs, signal);
    if (sleep.hasSlept()) throw new AppError('unavailable', { details: { reason: 'slept' } });
    if (ended !== undefined) throw ended;
    parts.onAlive(clock.elapsed() - startedAt);
    const isProbe = clock.elapsed() - probedAt >= timing.probe;
    if (isProbe) {
      probedAt = clock.elapsed();
      await connection.noop();
    }
    isBlocked =
      isProbe || isBlocked ? await pullAll(parts, signal) : await pullInbox(parts, answer === 'rung', signal);
    if (isProbe) await checkNumbering(parts);
  }
}

/** True when the disk is too full to go on. */
async function pullAll(parts: InboxSessionParts, signal: AbortSignal): Promise<boolean> {
  if (await pullInbox(parts, true, signal)) return true;
  return parts.sentIsWatched() ? false : await pullSentBetween(parts, signal);
}

async function pullInbox(parts: InboxSessionParts, isAsked: boolean, signal: AbortSignal): Promise<boolean> {
  if (!isAsked) return false;
  const { connection, inbox } = parts;
  return guardDisk(parts, async () => {
    const open = connection.current();
    // imapflow announces a new UIDVALIDITY as a freshly opened mailbox: our numbers mean nothing until compared.
    if (open === undefined || inbox.isRenumbered(open.uidvalidity)) await inbox.open(connection, 'INBOX');
    await inbox.pull(connection, parts.onLetters, signal);
    parts.onChecked();
  });
}

/** While Sent has no connection of its own, this one looks in between; Inbox is idle meanwhile, for a moment. */
async function pullSentBetween(parts: InboxSessionParts, signal: AbortSignal): Promise<boolean> {
  const { connection, sent, inbox, sentPath } = parts;
  if (sentPath === undefined) return false;
  const status = await statusOfSent(connection, sentPath);
  parts.onSentFound(status !== undefined);
  if (status === undefined) return false;
  const copied = await parts.placeCopies(connection, sentPath);
  if (!copied && !sent.isBehind(status, sentPath)) return false;
  const isFull = await guardDisk(parts, async () => {
    await sent.open(connection, sentPath);
    await sent.pull(connection, parts.onLetters, signal);
  });
  await inbox.open(connection, 'INBOX');
  return isFull || (await pullInbox(parts, true, signal));
}

/** An open folder may have been rebuilt behind our back: servers do not tell the connections that have it open. */
async function checkNumbering({ connection, inbox, sentIsWatched }: InboxSessionParts): Promise<void> {
  if (sentIsWatched()) return;
  const { uidvalidity } = await connection.status('INBOX');
  if (inbox.isRenumbered(uidvalidity)) {
    throw new AppError('unavailable', { details: { reason: 'folder-renumbered' } });
  }
}

async function guardDisk(parts: InboxSessionParts, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (failure) {
    if (toAppError(failure).reason !== 'disk-full') throw failure;
    parts.onDiskFull();
    return true;
  }
}
