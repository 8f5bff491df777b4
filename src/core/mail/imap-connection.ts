import { ImapFlow, type FetchMessageObject, type ImapFlowOptions, type MailboxObject } from 'imapflow';
import { AppError } from '../../shared/errors.ts';
import type { MailSecurity } from '../db/account-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { MailSecret } from './account-secrets.ts';
import { mailError } from './connection-errors.ts';
import { withDeadline } from './deadline.ts';
import { toImapError } from './imap-errors.ts';
import type { MailTiming } from './mail-timing.ts';

export type ImapSettings = {
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  readonly userName: string;
  readonly secret: MailSecret;
  /** PEM; undefined trusts the system's authorities. */
  readonly caCertificate: string | undefined;
};

/** `uidNext` is undefined on servers too old to say. */
export type FolderStatus = { readonly uidvalidity: string; readonly uidNext: number | undefined };
export type OpenFolder = FolderStatus & { readonly path: string };
export type LetterSize = { readonly uid: number; readonly size: number; readonly receivedAt: number };
export type FetchedLetter = { readonly uid: number; readonly bytes: Buffer };

/**
 * One logged-in connection. Every call fails with a classified AppError, in bounded time, and a call that ran out of
 * time takes the connection with it: an answer that comes late would be read as the answer to something else.
 */
export type ImapConnection = {
  /** Path of the folder marked \Sent, if the server marks one. */
  sentPath(): Promise<string | undefined>;
  open(path: string): Promise<OpenFolder>;
  /** The folder that is open, as the server last described it. */
  current(): OpenFolder | undefined;
  /** Closes the folder, so that STATUS may be asked about it. */
  leave(): Promise<void>;
  status(path: string): Promise<FolderStatus>;
  /** How many letters a folder holds. */
  count(path: string): Promise<number>;
  noop(): Promise<void>;
  /** UIDs above `uid`, ascending. */
  uidsAbove(uid: number): Promise<number[]>;
  uidsSince(date: Date): Promise<number[]>;
  /** Letters of the open folder with this Message-ID, given without angle brackets. */
  withMessageId(messageId: string): Promise<number[]>;
  /** Adds a letter that counts as read; `sentAt` in epoch milliseconds. */
  append(path: string, letter: Buffer, sentAt: number): Promise<void>;
  /** Which of these still exist. */
  existing(uids: readonly number[]): Promise<number[]>;
  sizes(range: string): Promise<LetterSize[]>;
  letters(uids: readonly number[]): Promise<FetchedLetter[]>;
  headers(uid: number): Promise<Buffer | undefined>;
  /** In pieces, for what must not be held in memory; undefined when the letter is gone. */
  stream(uid: number): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Something about the open folder changed: ask. */
  onChange(listener: () => void): void;
  /** Resolves with the reason once the connection is gone, whoever ended it. */
  readonly ended: Promise<AppError>;
  /** Says goodbye without waiting for long. */
  logout(): Promise<void>;
  close(): void;
};

type Parts = {
  readonly settings: ImapSettings;
  readonly timing: MailTiming;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends the connection, or the attempt, at once. */
  readonly signal?: AbortSignal;
  /** Called when it failed before the server was asked to let anybody in. */
  readonly onNeverAsked?: () => void;
};

/** Trouble after the greeting and before the password. */
const beforeLogin: ReadonlySet<string> = new Set([
  'certificate-untrusted',
  'certificate-wrong-host',
  'certificate-expired',
  'tls-required',
  'tls-unavailable',
  'tls-mismatch',
]);

/** Larger answers to a line or literal than any command here asks for: hostile or broken. */
const maxLiteralBytes = 64 * 1024 * 1024;
const streamPieceBytes = 1024 * 1024;

/** Connects and logs in. A client is never used again after it failed: imapflow forbids it, and so does doubt. */
export async function connectImap({
  settings,
  timing,
  clock,
  log,
  signal,
  onNeverAsked,
}: Parts): Promise<ImapConnection> {
  const client = new ImapFlow(toOptions(settings, timing));
  // For ever: an abandoned client may still fail, and an unheard `error` would end the process.
  client.on('error', (failure) => log.debug({ reason: toImapError(failure).reason }, 'imap.error-ignored'));
  if (signal !== undefined) closeOnAbort(client, signal);
  const deadline = <T>(work: Promise<T>, ms: number) => withDeadline(work, ms, clock, () => client.close());
  try {
    await deadline(client.connect(), timing.connect);
  } catch (failure) {
    client.close();
    const error = toImapError(failure, 'login');
    if (client.greeting === undefined || beforeLogin.has(error.reason ?? '')) onNeverAsked?.();
    throw error;
  }
  return wrap({ client, timing, deadline });
}

function closeOnAbort(client: ImapFlow, signal: AbortSignal): void {
  signal.throwIfAborted();
  const close = () => client.close();
  signal.addEventListener('abort', close, { once: true });
  client.once('close', () => signal.removeEventListener('abort', close));
}

type Wrapped = {
  readonly client: ImapFlow;
  readonly timing: MailTiming;
  readonly deadline: <T>(work: Promise<T>, ms: number) => Promise<T>;
};

function wrap({ client, timing, deadline }: Wrapped): ImapConnection {
  let lastFailure: AppError | undefined;
  client.on('error', (failure) => (lastFailure ??= toImapError(failure)));
  const ended = new Promise<AppError>((resolve) => {
    client.once('close', () => resolve(lastFailure ?? mailError('connection-lost')));
  });
  const ask = async <T>(work: () => Promise<T>, ms: number = timing.command): Promise<T> => {
    try {
      return await deadline(work(), ms);
    } catch (failure) {
      throw toImapError(failure);
    }
  };
  // imapflow answers "nothing" instead of failing when no folder is open: that must never look like an empty folder.
  const requireFolder = () => {
    if (client.mailbox === false || !client.usable) throw mailError('connection-lost');
  };
  const askFolder = <T>(work: () => Promise<T>, ms?: number): Promise<T> =>
    ask(async () => {
      requireFolder();
      const answer = await work();
      requireFolder();
      return answer;
    }, ms);
  const search = async (query: { uid: string } | { since: Date } | { header: Record<string, string> }) => {
    const found = await client.search(query, { uid: true });
    if (!Array.isArray(found)) throw mailError('server-refused');
    return found.toSorted((a, b) => a - b);
  };

  return {
    ended,
    sentPath: () =>
      ask(async () => (await client.list()).find(({ specialUse }) => specialUse === '\\Sent')?.path),
    open: (path) =>
      ask(async () => {
        // Read-only: a dispatcher's mail client decides what is seen.
        return toOpenFolder(await client.mailboxOpen(path, { readOnly: true }));
      }),
    current: () => (client.mailbox === false ? undefined : toOpenFolder(client.mailbox)),
    leave: () => ask(async () => void (await client.mailboxClose())),
    status: (path) =>
      ask(async () => {
        const status = await client.status(path, { uidNext: true, uidValidity: true });
        if (status === false) throw mailError('server-refused');
        return toStatus(status);
      }),
    count: (path) =>
      ask(async () => {
        const status = await client.status(path, { messages: true });
        if (status === false) throw mailError('server-refused');
        return status.messages ?? 0;
      }),
    // imapflow swallows the failure of its own noop; what matters is whether an answer came at all.
    noop: () => askFolder(() => client.noop(), timing.noop),
    uidsAbove: (uid) =>
      askFolder(async () => (await search({ uid: `${uid + 1}:*` })).filter((found) => found > uid)),
    uidsSince: (date) => askFolder(() => search({ since: date })),
    withMessageId: (messageId) => askFolder(() => search({ header: { 'message-id': messageId } })),
    append: (path, letter, sentAt) =>
      ask(async () => {
        if (!(await client.append(path, letter, ['\\Seen'], new Date(sentAt))))
          throw mailError('server-refused');
      }, timing.fetch),
    existing: (uids) => askFolder(() => search({ uid: toSet(uids) })),
    sizes: (range) =>
      askFolder(async () => {
        const found = await client.fetchAll(
          range,
          { uid: true, size: true, internalDate: true },
          { uid: true },
        );
        return found.map(toLetterSize).toSorted((a, b) => a.uid - b.uid);
      }),
    letters: (uids) =>
      askFolder(async () => {
        const found = await client.fetchAll(toSet(uids), { uid: true, source: true }, { uid: true });
        return found.flatMap(({ uid, source }) => (source === undefined ? [] : [{ uid, bytes: source }]));
      }, timing.fetch),
    headers: (uid) =>
      askFolder(async () => {
        const found = await client.fetchOne(String(uid), { headers: true }, { uid: true });
        return found ? found.headers : undefined;
      }),
    stream: (uid) => askFolder(async () => streamLetter(client, uid, ask)),
    onChange(listener) {
      client.on('exists', listener);
      client.on('mailboxOpen', listener);
    },
    async logout() {
      await deadline(client.logout(), 2000).catch(() => undefined);
      client.close();
    },
    close: () => client.close(),
  };
}

type Ask = <T>(work: () => Promise<T>, ms?: number) => Promise<T>;

/** Piece by piece, each with a deadline of its own: a big letter on a slow line takes as long as it takes. */
async function streamLetter(
  client: ImapFlow,
  uid: number,
  ask: Ask,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const piece = async (start: number) => {
    const found = await client.fetchOne(
      String(uid),
      { uid: true, source: { start, maxLength: streamPieceBytes } },
      { uid: true },
    );
    return found ? found.source : undefined;
  };
  const first = await piece(0);
  if (first === undefined) return undefined;
  return (async function* pieces() {
    let bytes: Buffer = first;
    let start = 0;
    for (;;) {
      yield bytes;
      start += bytes.length;
      // More than was asked for: this server ignores the range and sent the whole letter.
      if (bytes.length !== streamPieceBytes) return;
      const next = await ask(() => piece(start));
      if (next === undefined) throw mailError('unexpected-answer');
      if (next.length === 0) return;
      bytes = next;
    }
  })();
}

function toOptions(settings: ImapSettings, timing: MailTiming): ImapFlowOptions {
  const { host, port, security, userName, secret, caCertificate } = settings;
  return {
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls' ? true : security === 'none' ? false : undefined,
    auth:
      'password' in secret
        ? { user: userName, pass: secret.password }
        : { user: userName, accessToken: secret.accessToken },
    tls: caCertificate === undefined ? {} : { ca: caCertificate },
    logger: false,
    clientInfo: { name: 'Pult' },
    autoIdleDelay: timing.autoIdle,
    maxIdleTime: timing.idle,
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    // The last net below our own deadlines; must outlast the quiet between two probes.
    socketTimeout: timing.probe + timing.fetch + timing.command,
    maxLiteralSize: maxLiteralBytes,
  };
}

function toStatus({
  uidValidity,
  uidNext,
}: {
  uidValidity?: bigint | undefined;
  uidNext?: number | undefined;
}): FolderStatus {
  return { uidvalidity: String(uidValidity ?? ''), uidNext };
}

function toOpenFolder(folder: MailboxObject): OpenFolder {
  return { path: folder.path, ...toStatus(folder) };
}

function toLetterSize({ uid, size, internalDate }: FetchMessageObject): LetterSize {
  const receivedAt = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
  return { uid, size: size ?? 0, receivedAt };
}

/** Ascending UIDs in IMAP notation: `4:9,12`. */
function toSet(uids: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const uid of uids) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === uid - 1) run[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}:${last}`)).join(',');
}
