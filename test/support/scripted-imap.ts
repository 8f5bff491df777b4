import { createServer, type AddressInfo, type Socket } from 'node:net';
import { happyHandlers } from './scripted-imap-defaults.ts';

export type ScriptedMessage = {
  readonly uid: number;
  readonly raw: Buffer;
  readonly flags: Set<string>;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
};

export type ScriptedFolder = {
  uidValidity: number;
  uidNext: number;
  readonly specialUse: string | undefined;
  readonly messages: ScriptedMessage[];
};

/** One command of one client; literals are already read into `args`. */
export type ImapExchange = {
  readonly tag: string;
  /** Upper case; `UID FETCH` is one command. */
  readonly command: string;
  readonly args: string;
  readonly connection: ScriptedConnection;
  untagged(line: string | Buffer): void;
  ok(text?: string): void;
  no(text: string): void;
  bad(text: string): void;
  /** What would have been done without the override. */
  fallBack(): Promise<void>;
};

export type ImapHandler = (exchange: ImapExchange) => void | Promise<void>;

export type ScriptedConnection = {
  readonly state: ScriptedState;
  selected: string | undefined;
  /** Set while the client idles. */
  idling: boolean;
  send(bytes: string | Buffer): void;
  /** The next line the client sends, for continuations. */
  readLine(): Promise<string>;
  /** Cuts the connection without a word. */
  drop(): void;
  /** Says goodbye and closes. */
  bye(text: string): void;
};

export type ScriptedState = {
  readonly users: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly folders: Map<string, ScriptedFolder>;
};

export type ScriptedImapOptions = {
  readonly users?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
  /** Awaited before the greeting is sent: a server that is slow to say hello. */
  readonly beforeGreeting?: () => Promise<void>;
  readonly handlers?: Readonly<Record<string, ImapHandler>>;
};

export type ScriptedImap = Awaited<ReturnType<typeof startScriptedImap>>;

/** An IMAP server for what Dovecot will not do: every command can be overridden, the rest goes well. */
export async function startScriptedImap(options: ScriptedImapOptions = {}) {
  const state: ScriptedState = {
    users: options.users ?? { desk: 'secret' },
    capabilities: options.capabilities ?? ['IMAP4rev1', 'IDLE', 'UIDPLUS', 'LITERAL+', 'SPECIAL-USE', 'ID'],
    folders: new Map([
      ['INBOX', emptyFolder(undefined)],
      ['Sent', emptyFolder('\\Sent')],
    ]),
  };
  const overrides = new Map(Object.entries(options.handlers ?? {}));
  const commands: string[] = [];
  const connections = new Set<ScriptedConnection>();

  const server = createServer((socket) => {
    const connection = openConnection(socket, state, async (exchange) => {
      commands.push(`${exchange.command} ${exchange.args}`.trimEnd());
      const handler = overrides.get(exchange.command);
      await (handler === undefined ? exchange.fallBack() : handler(exchange));
    });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
    void Promise.resolve(options.beforeGreeting?.()).then(() =>
      connection.send(`* OK [CAPABILITY ${state.capabilities.join(' ')}] scripted`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const folderOf = (path: string) => {
    const folder = state.folders.get(path);
    if (folder === undefined) throw new Error(`no folder ${path}`);
    return folder;
  };

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    state,
    /** Every command received, as `COMMAND arguments`, passwords included. */
    commands: commands as readonly string[],
    get connections() {
      return connections.size;
    },
    /** Overrides one command until the returned function is called. */
    on(command: string, handler: ImapHandler) {
      overrides.set(command, handler);
      return () => void overrides.delete(command);
    },
    /** Adds a letter and tells the clients that idle on the folder. Returns its UID. */
    deliver(raw: string | Buffer, { folder: path = 'INBOX', receivedAt = Date.now() } = {}) {
      const folder = folderOf(path);
      const uid = folder.uidNext;
      folder.uidNext += 1;
      folder.messages.push({ uid, raw: Buffer.from(raw), flags: new Set(), receivedAt });
      for (const connection of connections) {
        if (connection.idling && connection.selected === path) {
          connection.send(`* ${folder.messages.length} EXISTS`);
        }
      }
      return uid;
    },
    /** Live connections are not told, as real servers do not. UIDs start anew. */
    changeUidValidity(uidValidity: number, path = 'INBOX') {
      const folder = folderOf(path);
      folder.uidValidity = uidValidity;
      const renumbered = folder.messages.map((message, index) => ({ ...message, uid: index + 1 }));
      folder.messages.splice(0, Number.POSITIVE_INFINITY, ...renumbered);
      folder.uidNext = renumbered.length + 1;
    },
    byeAll(text: string) {
      for (const connection of connections) connection.bye(text);
    },
    dropAll() {
      for (const connection of connections) connection.drop();
    },
    async stop() {
      for (const connection of connections) connection.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Login answers of the big providers (recorded) for which the operator needs different advice. */
export const imapLoginRefusals = {
  yandexDisabled:
    '[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=aBcDeF1Gh2_010534_2',
  mailRuAppPassword:
    '[AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Aplication password is REQUIRED',
  gmailAppPassword:
    '[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  gmailDisabled:
    '[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)',
  gmailWrongPassword: '[AUTHENTICATIONFAILED] Invalid credentials (Failure)',
} as const;

/** Microsoft's wording, which imapflow turns into ETHROTTLE with a hint. */
export function throttled(waitMs: number): ImapHandler {
  return ({ bad }) => bad(`Request is throttled. Suggested Backoff Time: ${waitMs} milliseconds`);
}

function emptyFolder(specialUse: string | undefined): ScriptedFolder {
  return { uidValidity: 1000, uidNext: 1, specialUse, messages: [] };
}

function openConnection(
  socket: Socket,
  state: ScriptedState,
  handle: (exchange: ImapExchange) => Promise<void>,
): ScriptedConnection {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const connection: ScriptedConnection = {
    state,
    selected: undefined,
    idling: false,
    send(bytes) {
      if (!socket.destroyed) socket.write(Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n')]));
    },
    readLine: () =>
      new Promise((resolve) => {
        const line = lines.shift();
        if (line === undefined) waiting.push(resolve);
        else resolve(line);
      }),
    drop: () => socket.destroy(),
    bye(text) {
      connection.send(`* BYE ${text}`);
      socket.end();
    },
  };
  socket.on('error', () => {});
  socket.on(
    'data',
    feedLines(socket, (line) => {
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    }),
  );
  const serve = async () => {
    while (!socket.destroyed) {
      const exchange = toExchange(await connection.readLine(), connection);
      await handle(exchange).catch((error: unknown) => exchange.bad(`script failed: ${String(error)}`));
    }
  };
  void serve();
  return connection;
}

/** Cuts the stream into commands: a line that ends in a literal goes on after the literal's bytes. */
function feedLines(socket: Socket, onLine: (line: string) => void): (chunk: Buffer) => void {
  let pending = '';
  let command = '';
  let literalLeft = 0;
  return (chunk) => {
    pending += chunk.toString('latin1');
    for (;;) {
      if (literalLeft > 0) {
        const part = pending.slice(0, literalLeft);
        command += part;
        pending = pending.slice(part.length);
        literalLeft -= part.length;
        if (literalLeft > 0) return;
      }
      const end = pending.indexOf('\r\n');
      if (end < 0) return;
      command += pending.slice(0, end);
      pending = pending.slice(end + 2);
      const literal = /\{(\d+)(\+?)\}$/.exec(command);
      if (literal === null) {
        onLine(command);
        command = '';
      } else {
        literalLeft = Number(literal[1]);
        command += '\r\n';
        if (literal[2] !== '+') socket.write('+ go on\r\n');
      }
    }
  };
}

function toExchange(line: string, connection: ScriptedConnection): ImapExchange {
  const [, tag = '*', command = '', args = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/is.exec(line) ?? [];
  const answer = (word: string) => (text: string) => connection.send(`${tag} ${word} ${text}`);
  const exchange: ImapExchange = {
    tag,
    command: command.toUpperCase(),
    args,
    connection,
    untagged: (text) => connection.send(Buffer.concat([Buffer.from('* '), Buffer.from(text)])),
    ok: (text = 'done') => answer('OK')(text),
    no: answer('NO'),
    bad: answer('BAD'),
    fallBack: async () => {
      const handler = happyHandlers[exchange.command];
      if (handler === undefined) exchange.bad('unknown command');
      else await handler(exchange);
    },
  };
  return exchange;
}
