import type { AddressInfo, Server, Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../platform/clock.ts';
import { idlePlugin } from './imap-idle.ts';

export type MailAccount = { readonly address: string; readonly password: string };

/** A letter the desk gave to the SMTP server for somebody else. */
export type Submission = {
  readonly from: string;
  /** Without the desk's own address. */
  readonly recipients: readonly string[];
  readonly raw: Buffer;
};

export type EmbeddedMailParts = {
  /** The desk's account; it logs in with its whole address. */
  readonly account: MailAccount;
  readonly clock: Clock;
  /** Zero or nothing for any free port. */
  readonly ports?: { readonly imap?: number; readonly smtp?: number };
};

export type EmbeddedMail = {
  readonly account: MailAccount;
  readonly host: '127.0.0.1';
  /** Neither offers TLS: nothing leaves this machine. */
  readonly ports: { readonly imap: number; readonly smtp: number };
  readonly sentFolder: 'Sent';
  /** As from outside; `receivedAt` (epoch milliseconds) becomes INTERNALDATE. INBOX unless told otherwise. */
  deliver(raw: Uint8Array, receivedAt: number, folder?: 'INBOX' | 'Sent'): void;
  /** Tells of each letter the desk sends, until the returned function is called. */
  onSubmitted(listener: (submission: Submission) => void): () => void;
  /** How many letters a folder holds. */
  count(folder: 'INBOX' | 'Sent'): number;
  stop(): Promise<void>;
};

const host = '127.0.0.1';
const maxLetterBytes = 50 * 1024 * 1024;

/** An ordinary mail account on loopback, kept in memory: IMAP with IDLE and a `\Sent` folder, and SMTP. */
export async function startEmbeddedMail({
  account,
  clock,
  ports = {},
}: EmbeddedMailParts): Promise<EmbeddedMail> {
  const listeners = new Set<(submission: Submission) => void>();
  const imap = createImap(account, clock);
  const deliver: EmbeddedMail['deliver'] = (raw, receivedAt, folder = 'INBOX') => {
    const flags = folder === 'Sent' ? ['\\Seen'] : [];
    imap.appendMessage(folder, flags, toInternalDate(receivedAt), Buffer.from(raw).toString('latin1'));
  };

  const smtp = createSmtp(account, (raw, session) => {
    const { from, to } = readEnvelope(session);
    const stamped = Buffer.concat([Buffer.from(traceHeaders(from, clock.now())), raw]);
    const recipients = to.filter((address) => !isSameAddress(address, account.address));
    if (recipients.length < to.length) deliver(stamped, clock.now());
    if (recipients.length > 0) for (const listener of listeners) listener({ from, recipients, raw: stamped });
  });

  const closeImap = trackSockets(imap.server);
  await new Promise<void>((resolve, reject) => {
    imap.server.once('error', reject);
    imap.listen(ports.imap ?? 0, host, resolve);
  });
  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(ports.smtp ?? 0, host, resolve);
  });
  const stopOnce = once(async () => {
    listeners.clear();
    await Promise.all([closeImap(), new Promise<void>((resolve) => smtp.close(resolve))]);
  });

  return {
    account,
    host,
    ports: { imap: portOf(imap.server), smtp: portOf(smtp.server) },
    sentFolder: 'Sent',
    deliver,
    onSubmitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    count: (folder) => imap.getMailbox(folder)?.messages.length ?? 0,
    stop: stopOnce,
  };
}

function createImap(account: MailAccount, clock: Clock) {
  // A server that forgot everything must say so, or a desk that kept its cursor would wait for ever.
  const uidvalidity = Math.floor(clock.now() / 1000);
  return hoodiecrow({
    plugins: [
      'ID',
      idlePlugin,
      'UIDPLUS',
      'MOVE',
      'CONDSTORE',
      'ENABLE',
      'LITERALPLUS',
      'UNSELECT',
      'SPECIAL-USE',
    ],
    users: { [account.address]: { password: account.password } },
    storage: {
      INBOX: { uidvalidity },
      '': { separator: '/', folders: { Sent: { uidvalidity, 'special-use': '\\Sent' } } },
    },
  });
}

function createSmtp(
  account: MailAccount,
  accept: (raw: Buffer, session: SMTPServerSession) => void,
): SMTPServer {
  const server = new SMTPServer({
    banner: 'training',
    logger: false,
    size: maxLetterBytes,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      if (username === account.address && password === account.password) done(null, { user: username });
      else done(Object.assign(new Error('5.7.8 wrong name or password'), { responseCode: 535 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error('5.3.4 the letter is too big'), { responseCode: 552 }));
          return;
        }
        try {
          accept(Buffer.concat(chunks), session);
          done(null, 'queued');
        } catch (error) {
          done(Object.assign(new Error(`4.3.0 ${String(error)}`), { responseCode: 451 }));
        }
      });
    },
  });
  // A client that went away is its own affair; without a listener it would end the process.
  server.on('error', () => undefined);
  return server;
}

function readEnvelope({ envelope }: SMTPServerSession): {
  readonly from: string;
  readonly to: readonly string[];
} {
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
  };
}

function traceHeaders(from: string, at: number): string {
  const date = new Date(at).toUTCString().replace('GMT', '+0000');
  return `Return-Path: <${from}>\r\nReceived: from desk (localhost [127.0.0.1]) by training with ESMTPA; ${date}\r\n`;
}

function toInternalDate(at: number): string {
  const [, day = '01', month = 'Jan', year = '1970', time = '00:00:00'] =
    /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}

/** Returns what closes the server and every connection it still has. */
function trackSockets(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
