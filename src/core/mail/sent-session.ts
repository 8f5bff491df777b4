import { AppError, toAppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { FolderSync } from './folder-sync.ts';
import type { FolderStatus, ImapConnection } from './imap-connection.ts';
import type { MailTiming } from './mail-timing.ts';
import type { SleepWatch } from '../platform/sleep-watch.ts';
import type { Wake } from '../platform/wake.ts';

/** Puts into Sent what the provider has not; true when it opened the folder. */
export type PlaceCopies = (connection: ImapConnection, sentPath: string) => Promise<boolean>;

export type SentSessionParts = {
  readonly connection: ImapConnection;
  readonly inbox: FolderSync;
  readonly sent: FolderSync;
  readonly sentPath: string;
  readonly wake: Wake;
  readonly sleep: SleepWatch;
  readonly timing: MailTiming;
  readonly clock: Clock;
  readonly onLetters: (count: number) => void;
  readonly placeCopies: PlaceCopies;
  readonly onAlive: (ms: number) => void;
  readonly onSentFound: (isThere: boolean) => void;
  /** STATUS from here sees what the connection that has Inbox open is not told. */
  readonly onInboxBehind: (isRenumbered: boolean) => void;
};

/** STATUS of Sent and of Inbox every `probe`. Never returns: throws why the session is over. */
export async function runSentSession(parts: SentSessionParts, signal: AbortSignal): Promise<never> {
  const { connection, inbox, timing, clock, wake, sleep } = parts;
  const startedAt = clock.elapsed();
  let ended: AppError | undefined;
  void connection.ended.then((reason) => {
    ended = reason;
    wake.ring();
  });
  for (;;) {
    await pullSent(parts, signal);
    const status = await connection.status('INBOX');
    if (inbox.isRenumbered(status.uidvalidity)) parts.onInboxBehind(true);
    else if (inbox.isBehind(status, 'INBOX')) parts.onInboxBehind(false);
    const askAt = clock.elapsed() + timing.probe;
    for (let waitMs = timing.probe; waitMs > 0; waitMs = askAt - clock.elapsed()) {
      const answer = await wake.wait(Math.min(waitMs, timing.sleepCheck), signal);
      if (sleep.hasSlept()) throw new AppError('unavailable', { details: { reason: 'slept' } });
      if (ended !== undefined) throw ended;
      if (answer === 'rung') break;
    }
    parts.onAlive(clock.elapsed() - startedAt);
  }
}

async function pullSent(
  { connection, sent, sentPath, onLetters, onSentFound, placeCopies }: SentSessionParts,
  signal: AbortSignal,
) {
  let status = await statusOfSent(connection, sentPath);
  onSentFound(status !== undefined);
  if (status !== undefined && (await placeCopies(connection, sentPath))) {
    await connection.leave();
    status = await statusOfSent(connection, sentPath);
  }
  if (status === undefined || !sent.isBehind(status, sentPath)) return;
  try {
    await sent.open(connection, sentPath);
    await sent.pull(connection, onLetters, signal);
  } catch (failure) {
    // The session of Inbox shows it; Sent is asked again with the next probe.
    if (toAppError(failure).reason !== 'disk-full') throw failure;
  } finally {
    // STATUS is not meant for a folder that is open.
    await connection.leave();
  }
}

/** undefined when the folder is gone or not given: somebody renamed it, and Inbox must not suffer for that. */
export async function statusOfSent(
  connection: ImapConnection,
  sentPath: string,
): Promise<FolderStatus | undefined> {
  try {
    return await connection.status(sentPath);
  } catch (failure) {
    const { reason } = toAppError(failure);
    if (reason === 'folder-not-found' || reason === 'server-refused') return undefined;
    throw failure;
  }
}
