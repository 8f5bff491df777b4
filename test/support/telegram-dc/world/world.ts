import { randomBytes } from 'node:crypto';
import type { Api } from 'telegram/tl/index.js';
import type { ServerClock } from '../server-clock.ts';
import { makeVerifier } from '../srp.ts';
import type { TlObject } from '../tl.ts';
import { createBox } from './box.ts';
import {
  isChannelKey,
  type Account,
  type Channel,
  type ChatKey,
  type Dialog,
  type Group,
  type Person,
  type StoredFile,
} from './model.ts';
import type { AccountSeed, GroupSeed, PersonSeed } from './seed.ts';

export type NewFile = {
  readonly kind: 'photo' | 'document';
  readonly bytes: Buffer;
  readonly dcId: number;
  readonly mimeType: string;
  readonly width?: number;
  readonly height?: number;
  readonly attributes?: readonly Api.TypeDocumentAttribute[];
};

/** Hands updates to the sessions of an account, but not to the one that caused them. */
export type Push = (account: Account, updates: TlObject, except?: bigint) => void;

export type World = ReturnType<typeof createWorld>;

/** The account from which login codes come. */
export const serviceAccountId = 777_000;

const defaultCode = '12345';
// A picture of eight by six grey points: every file has a thumbnail that can be drawn and is not the file itself.
const thumbnail = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i' +
    'Z2hnPk1xeXBkeFxlZ2P/wAALCAAGAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI' +
    'AQEAAD8AH//Z',
  'base64',
);

/** People, groups, files and message logs. Nothing in here knows of sockets; `push` is given by the server. */
export function createWorld({ clock, keep, push }: { clock: ServerClock; keep: number; push: Push }) {
  const people = new Map<number, Person>();
  const groups = new Map<ChatKey, Group>();
  const channels = new Map<ChatKey, Channel>();
  const accounts = new Map<number, Account>();
  const files = new Map<string, StoredFile>();

  const addPerson = (seed: PersonSeed): Person => {
    const person: Person = {
      id: seed.id,
      firstName: seed.firstName,
      lastName: seed.lastName,
      username: seed.username,
      phone: seed.phone,
      about: seed.about,
      bot: seed.bot ?? false,
      contact: seed.contact ?? false,
      accessHash: BigInt(seed.id) * 7919n + 13n,
    };
    people.set(person.id, person);
    return person;
  };
  addPerson({ id: serviceAccountId, firstName: 'Telegram', phone: '42777' });

  const require = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
    const value = map.get(key);
    if (value === undefined) throw new Error(`not in the test world: ${String(key)}`);
    return value;
  };

  return {
    clock,
    push,
    people: people as ReadonlyMap<number, Person>,
    groups: groups as ReadonlyMap<ChatKey, Group>,
    channels: channels as ReadonlyMap<ChatKey, Channel>,
    accounts: accounts as ReadonlyMap<number, Account>,
    files: files as ReadonlyMap<string, StoredFile>,
    addPerson,
    addAccount(seed: AccountSeed): Account {
      const account: Account = {
        person: addPerson(seed),
        phone: digits(seed.phone),
        dcId: seed.dcId ?? 2,
        code: seed.code ?? defaultCode,
        codeVia: seed.codeVia ?? 'app',
        resendSeconds: 60,
        password: seed.password === undefined ? undefined : makeVerifier(seed.password, seed.hint),
        box: createBox(keep),
        dialogs: new Map(),
        folders: [],
      };
      accounts.set(seed.id, account);
      return account;
    },
    addGroup(kind: 'chat' | 'channel', seed: GroupSeed): Group {
      const group: Group = {
        key: `${kind}:${seed.id}`,
        id: seed.id,
        title: seed.title,
        username: seed.username,
        about: seed.about,
        broadcast: seed.broadcast ?? false,
        members: new Set(seed.members ?? accounts.keys()),
        accessHash: BigInt(seed.id) * 104_729n,
      };
      groups.set(group.key, group);
      if (kind === 'channel') channels.set(group.key, { ...group, box: createBox(keep) });
      return group;
    },
    addFile(file: NewFile): StoredFile {
      const stored: StoredFile = {
        width: 640,
        height: 480,
        attributes: [],
        ...file,
        id: randomBytes(8).readBigInt64LE().toString(),
        thumbnail,
        accessHash: randomBytes(8).readBigInt64LE(),
        reference: randomBytes(16),
        date: clock.seconds(),
      };
      files.set(stored.id, stored);
      return stored;
    },
    expireFileReferences() {
      for (const file of files.values()) file.reference = randomBytes(16);
    },
    account: (id: number) => require(accounts, id),
    byPhone: (phone: string) => [...accounts.values()].find((account) => account.phone === digits(phone)),
    /** The log a chat of this account lives in. */
    boxOf: (account: Account, chat: ChatKey) =>
      isChannelKey(chat) ? require(channels, chat).box : account.box,
    dialogOf(account: Account, chat: ChatKey): Dialog {
      const known = account.dialogs.get(chat);
      if (known !== undefined) return known;
      const dialog = { chat, readInboxMaxId: 0, readOutboxMaxId: 0, unread: 0, pinned: false, mutedUntil: 0 };
      account.dialogs.set(chat, dialog);
      return dialog;
    },
    /** The accounts that read along in a group or channel. */
    readers: (chat: ChatKey) => [...require(groups, chat).members].flatMap((id) => accounts.get(id) ?? []),
  };
}

export function digits(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
