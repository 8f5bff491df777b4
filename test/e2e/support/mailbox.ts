import PostalMime from 'postal-mime';
import { systemClock } from '../../../src/core/platform/clock.ts';
import { startEmbeddedMail } from '../../../src/core/training/embedded-mail.ts';
import { hasDovecot, startDovecot } from '../../support/dovecot.ts';
import { makeLetter, type LetterParts } from '../../support/make-letter.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

export type SentLetter = {
  readonly raw: Buffer;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly inReplyTo: string | undefined;
  readonly attachments: readonly { readonly name: string; readonly bytes: Buffer }[];
};

/** One mailbox on a real server, with a line that can be cut. */
export type Mailbox = {
  readonly address: string;
  readonly password: string;
  readonly imap: number;
  readonly smtp: number;
  /** A letter from outside, now. Returns its Message-ID, without angle brackets. */
  receive(letter: LetterParts): Promise<string>;
  /** Put into the mailbox as it is, whatever its size. */
  put(raw: Uint8Array): Promise<void>;
  /** What the desk sent and the server took, in order. */
  sent(): Promise<readonly SentLetter[]>;
  /** Nothing answers on either port until `serverBack`. */
  serverGone(): void;
  serverBack(): void;
  /** Letters that leave get as far as the line, and nothing passes until it is false. */
  sendingHangs(value: boolean): void;
  stop(): Promise<void>;
};

export type MailServer = { mailbox(): Promise<Mailbox>; stop(): Promise<void> };

type Backing = {
  readonly imap: number;
  readonly smtp: number;
  /** `from` is the envelope's: a letter without one is a bounce. */
  deliver(raw: Uint8Array, from: string): Promise<void>;
  put(raw: Uint8Array): Promise<void>;
  taken(): readonly { readonly to: readonly string[]; readonly raw: Buffer }[];
  stop(): Promise<void>;
};

/** Dovecot where it is installed, else the server of the demo: one for all tests of a worker, a mailbox for each. */
export async function startMailServer(name: string): Promise<MailServer> {
  const dovecot = hasDovecot ? await startDovecot({ users: {} }) : undefined;
  let boxes = 0;
  return {
    async mailbox() {
      boxes += 1;
      const address = `desk-${name}-${boxes}@towers.example`;
      const password = `secret-${name}-${boxes}`;
      const backing = dovecot
        ? await openOnDovecot(dovecot, address, password)
        : await openEmbedded(address, password);
      return withLine(address, password, backing);
    },
    async stop() {
      await dovecot?.stop();
    },
  };
}

async function openOnDovecot(
  dovecot: Awaited<ReturnType<typeof startDovecot>>,
  address: string,
  password: string,
): Promise<Backing> {
  dovecot.setPassword(address, password);
  const sink = await startSmtpSink({ users: { [address]: password } });
  return {
    imap: dovecot.imap,
    smtp: sink.port,
    deliver: (raw, from) => dovecot.deliver(address, raw, from),
    put: async (raw) => dovecot.fill(address, [raw]),
    taken: () => sink.accepted,
    async stop() {
      sink.cutConnections();
      await sink.stop();
      dovecot.removeUser(address);
    },
  };
}

async function openEmbedded(address: string, password: string): Promise<Backing> {
  const server = await startEmbeddedMail({ account: { address, password }, clock: systemClock });
  const taken: { to: readonly string[]; raw: Buffer }[] = [];
  server.onSubmitted(({ recipients, raw }) => taken.push({ to: recipients, raw }));
  return {
    imap: server.ports.imap,
    smtp: server.ports.smtp,
    deliver: async (raw) => server.deliver(raw, Date.now()),
    put: async (raw) => server.deliver(raw, Date.now()),
    taken: () => taken,
    stop: () => server.stop(),
  };
}

async function withLine(address: string, password: string, backing: Backing): Promise<Mailbox> {
  const lines = await Promise.all([startTcpProxy(backing.imap), startTcpProxy(backing.smtp)]);
  let letters = 0;
  const refuse = (value: boolean) => {
    for (const line of lines) line.refuse(value);
  };
  return {
    address,
    password,
    imap: lines[0].port,
    smtp: lines[1].port,
    async receive(letter) {
      letters += 1;
      const messageId = letter.messageId ?? `letter-${letters}.${address}`;
      const raw = makeLetter({ to: address, date: Date.now(), ...letter, messageId });
      await backing.deliver(raw, envelopeOf(letter));
      return messageId;
    },
    put: (raw) => backing.put(raw),
    sent: () => Promise.all(backing.taken().map(readSent)),
    serverGone: () => refuse(true),
    serverBack: () => refuse(false),
    sendingHangs: (value) => (value ? lines[1].stall() : lines[1].flow()),
    async stop() {
      await Promise.all(lines.map((line) => line.stop()));
      await backing.stop();
    },
  };
}

function envelopeOf({ from }: LetterParts): string {
  if (from === undefined || from === null) return 'sender@operator.example';
  return typeof from === 'string' ? from : from.address;
}

async function readSent({
  to,
  raw,
}: {
  readonly to: readonly string[];
  readonly raw: Buffer;
}): Promise<SentLetter> {
  const letter = await PostalMime.parse(raw);
  const bare = (id: string) => id.replaceAll(/[<>]/g, '').trim();
  return {
    raw,
    to,
    subject: letter.subject ?? '',
    text: letter.text ?? '',
    messageId: bare(letter.messageId ?? ''),
    inReplyTo: letter.inReplyTo === undefined ? undefined : bare(letter.inReplyTo),
    attachments: letter.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      bytes: typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
    })),
  };
}
