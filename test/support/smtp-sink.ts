import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { makeCertificate } from './certificate.ts';

export type Reply = { readonly code: number; readonly text: string };

export type SinkMessage = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** Without angle brackets. */
  readonly messageId: string | undefined;
  readonly user: string | undefined;
  readonly secure: boolean;
};

type Outcome = Reply | 'drop' | 'garbage' | undefined;

/** What the server does in place of saying yes. Anything left out goes well. */
export type SmtpScenario = {
  /** Refuses every login, whatever the password. */
  readonly login?: Reply;
  readonly recipient?: (address: string) => Reply | undefined;
  /**
   * Runs when the whole letter has been received and recorded, before it is answered: `drop` cuts the connection,
   * `garbage` answers what is no SMTP, a reply is sent as it is, a promise holds the answer back. `attempt` counts from 1 per Message-ID.
   */
  readonly letter?: (message: SinkMessage, attempt: number) => Outcome | Promise<Outcome>;
};

export type SmtpSinkOptions = {
  /** Name to password; by default one pair that Dovecot has too. */
  readonly users?: Readonly<Record<string, string>>;
  /** `starttls` offers the upgrade and requires it before a login. */
  readonly security?: 'none' | 'starttls' | 'tls';
  /** After a letter was accepted, before the answer: relay to LMTP, copy to Sent as Gmail does. */
  readonly onAccepted?: (message: SinkMessage) => void | Promise<void>;
};

export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>;

/** A real SMTP server on a free port that keeps every letter and fails on demand. */
export async function startSmtpSink(options: SmtpSinkOptions = {}) {
  const { users = { desk: 'secret' }, security = 'none', onAccepted } = options;
  const certificate = security === 'none' ? undefined : makeCertificate();
  const received: SinkMessage[] = [];
  const accepted: SinkMessage[] = [];
  const attempts = new Map<string, number>();
  let scenario: SmtpScenario = {};

  const receive = async (message: SinkMessage): Promise<Outcome> => {
    received.push(message);
    const key = message.messageId ?? '';
    attempts.set(key, (attempts.get(key) ?? 0) + 1);
    const outcome = await scenario.letter?.(message, attempts.get(key) ?? 1);
    if (outcome !== undefined) return outcome;
    await onAccepted?.(message);
    accepted.push(message);
    return undefined;
  };

  const answer = async (
    stream: AsyncIterable<Buffer>,
    session: SMTPServerSession,
    done: (error?: Error | null, message?: string) => void,
  ) => {
    try {
      const outcome = await receive(toMessage(await readAll(stream), session));
      if (outcome === undefined) done(null, 'queued');
      else if (outcome === 'drop') drop(session.id);
      else if (outcome === 'garbage') sayGarbage(session.id);
      else done(toError(outcome));
    } catch (error) {
      done(toError({ code: 451, text: `4.3.0 ${String(error)}` }));
    }
  };

  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 1,
    secure: security === 'tls',
    authOptional: false,
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    ...(certificate ?? { allowInsecureAuth: true }),
    onAuth({ username = '', password }, _session, done) {
      if (scenario.login !== undefined) done(toError(scenario.login));
      else if (users[username] === undefined || users[username] !== password) {
        done(toError({ code: 535, text: '5.7.8 authentication failed' }));
      } else done(null, { user: username });
    },
    onRcptTo({ address }, _session, done) {
      const refusal = scenario.recipient?.(address);
      done(refusal === undefined ? null : toError(refusal));
    },
    onData(stream, session, done) {
      void answer(stream, session, done);
    },
  });
  // A client that goes away in the middle is part of the tests.
  server.on('error', () => {});
  const drop = (id: string) => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  };
  const sayGarbage = (id: string) => {
    for (const connection of server.connections) {
      if (connection.id === id) connection._socket.end('<html>502 bad gateway</html>\r\n');
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    caCert: certificate?.cert,
    /** Every letter whose bytes arrived, answered or not. */
    received: received as readonly SinkMessage[],
    /** Those the server said yes to, and so delivers. */
    accepted: accepted as readonly SinkMessage[],
    /** Replaces the scenario; no argument means all goes well again. */
    play(next: SmtpScenario = {}) {
      scenario = next;
    },
    get connections() {
      return server.connections.size;
    },
    cutConnections() {
      for (const connection of server.connections) connection._socket.destroy();
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** What providers say when they refuse a login for a reason of their own. */
export const smtpLoginRefusals = {
  mailRuAppPassword: {
    code: 535,
    text: '5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED',
  },
  yandexAccess: {
    code: 535,
    text: '5.7.8 Error: authentication failed: This user does not have access rights to this service',
  },
  gmailAppPassword: { code: 534, text: '5.7.9 Application-specific password required.' },
} as const satisfies Record<string, Reply>;

function toMessage(raw: Buffer, session: SMTPServerSession): SinkMessage {
  const { mailFrom, rcptTo } = session.envelope;
  const [head = ''] = raw.toString('latin1').split('\r\n\r\n', 1);
  const user: unknown = session.user;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw,
    messageId: /^message-id:\s*<([^>]+)>/im.exec(head)?.[1],
    user: typeof user === 'string' ? user : undefined,
    secure: session.secure,
  };
}

function toError({ code, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
