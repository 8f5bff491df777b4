/** Only what training uses; the package brings no types. */
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';

  type Command = { readonly tag: string; readonly attributes?: unknown };
  type TextAttribute = { readonly type: 'TEXT'; readonly value: string };

  type Connection = {
    readonly state: 'Not Authenticated' | 'Authenticated' | 'Selected' | 'Logout';
    readonly socket: Socket | null;
    /** While set, new letters are announced at once instead of with the next answer. */
    directNotifications: boolean;
    /** While set, takes the client's lines in place of commands. */
    inputHandler: ((line: string) => void) | false;
    send(
      answer: {
        readonly tag: string;
        readonly command: string;
        readonly attributes: readonly TextAttribute[];
      },
      description: string,
      command: Command,
      data: string,
    ): void;
    processNotifications(): void;
  };

  type Mailbox = {
    readonly uidvalidity?: number;
    readonly 'special-use'?: string;
    readonly messages?: readonly { readonly raw: string; readonly flags: readonly string[] }[];
  };

  type ImapServer = {
    readonly server: Server;
    registerCapability(name: string): void;
    setCommandHandler(
      name: string,
      handler: (connection: Connection, command: Command, data: string, done: () => void) => void,
    ): void;
    /** `raw` holds one byte per character; `internalDate` is in IMAP's own format. */
    appendMessage(path: string, flags: readonly string[], internalDate: string, raw: string): void;
    getMailbox(path: string): Required<Mailbox> | undefined;
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
  };

  function hoodiecrow(options: {
    readonly plugins: readonly (string | ((server: ImapServer) => void))[];
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly storage: {
      readonly INBOX: Mailbox;
      readonly '': { readonly separator: string; readonly folders: Readonly<Record<string, Mailbox>> };
    };
  }): ImapServer;

  namespace hoodiecrow {
    export type { Connection, ImapServer };
  }

  export = hoodiecrow;
}
