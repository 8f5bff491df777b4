import type { PeerId } from '../../platform/chat-types.ts';
import type { Folder } from '../telegram-port.ts';
import { membersOf, pushLoose } from './twin-delivery.ts';
import { openDialog } from './twin-messages.ts';
import { createBox, digitsOf, requireAccount, requireChat, takeNumber } from './twin-state.ts';
import type { TwinChat, TwinDialog, TwinState, TwinUser } from './twin-types.ts';
import { peerView } from './twin-views.ts';

export type NewAccount = {
  readonly phone: string;
  readonly name: string;
  readonly username?: string;
  readonly about?: string;
  readonly password?: string;
  readonly hint?: string;
};

export type NewUser = {
  readonly name: string;
  readonly username?: string;
  readonly phone?: string;
  readonly isBot?: boolean;
};

export type NewChat = {
  readonly kind: TwinChat['kind'];
  readonly title: string;
  readonly username?: string;
  readonly members: readonly PeerId[];
  /** Who may write; everybody when left out, nobody else in a channel. */
  readonly writers?: readonly PeerId[];
};

export type DialogChange = {
  readonly account: PeerId;
  readonly peer: PeerId;
  /** 0 takes the pin away. */
  readonly pinned?: number;
  /** null is heard again. */
  readonly mutedUntil?: number | null;
  readonly archived?: boolean;
};

/** Who is on Telegram and where they talk. */
export type PeopleScenario = {
  addAccount(account: NewAccount): PeerId;
  addUser(user: NewUser): PeerId;
  addChat(chat: NewChat): PeerId;
  addContact(account: PeerId, user: PeerId): void;
  setPassword(account: PeerId, password: string | null, hint?: string): void;
  ban(account: PeerId): void;
  join(chat: PeerId, member: PeerId): void;
  leave(chat: PeerId, member: PeerId): void;
  rename(chat: PeerId, title: string): void;
  changeDialog(change: DialogChange): void;
  setFolders(account: PeerId, folders: readonly Folder[]): void;
};

export function peopleScenario(state: TwinState): PeopleScenario {
  return {
    addAccount: (account) => addAccount(state, account),
    addUser: (user) => addUser(state, user).id,
    addChat: (chat) => addChat(state, chat),
    addContact: (account, user) => void requireAccount(state, account).contacts.add(user),
    setPassword(account, password, hint) {
      requireAccount(state, account).password =
        password === null ? null : { text: password, hint: hint ?? null };
    },
    ban(account) {
      requireAccount(state, account).banned = true;
    },
    join(chat, member) {
      requireChat(state, chat).members.add(member);
      tellChanged(state, chat, [member]);
    },
    leave(chat, member) {
      requireChat(state, chat).members.delete(member);
      state.accounts.get(member)?.dialogs.delete(chat);
      tellChanged(state, chat, [member]);
    },
    rename(chat, title) {
      requireChat(state, chat).title = title;
      tellChanged(
        state,
        chat,
        membersOf(state, chat).map(({ user }) => user.id),
      );
    },
    changeDialog: (change) => changeDialog(state, change),
    setFolders(id, folders) {
      const account = requireAccount(state, id);
      account.folders = folders;
      pushLoose(state, account, { kind: 'folders-changed' });
    },
  };
}

function addAccount(state: TwinState, account: NewAccount): PeerId {
  const { password, hint } = account;
  const user = addUser(state, account);
  state.accounts.set(user.id, {
    user,
    phone: digitsOf(account.phone),
    about: account.about ?? null,
    contacts: new Set(),
    password: password === undefined ? null : { text: password, hint: hint ?? null },
    banned: false,
    folders: [],
    box: createBox(),
    dialogs: new Map(),
    randomIds: new Set(),
  });
  return user.id;
}

function addUser(state: TwinState, { name, username, phone, isBot }: NewUser): TwinUser {
  const user: TwinUser = {
    id: `u${takeNumber(state)}`,
    kind: isBot === true ? 'bot' : 'user',
    name,
    username: username ?? null,
    phone: phone === undefined ? null : digitsOf(phone),
    isService: false,
  };
  state.users.set(user.id, user);
  return user;
}

function addChat(state: TwinState, { kind, title, username, members, writers }: NewChat): PeerId {
  const mayWrite = writers ?? (kind === 'channel' ? [] : members);
  const chat: TwinChat = {
    id: `${kind === 'group' ? 'g' : 'c'}${takeNumber(state)}`,
    kind,
    title,
    username: username ?? null,
    members: new Set(members),
    readers: new Set(members.filter((member) => !mayWrite.includes(member))),
    box: createBox(),
  };
  state.chats.set(chat.id, chat);
  for (const account of membersOf(state, chat.id)) openDialog(account, chat.id);
  return chat.id;
}

function tellChanged(state: TwinState, chat: PeerId, members: readonly PeerId[]): void {
  for (const member of members) {
    const account = state.accounts.get(member);
    if (!account) continue;
    if (requireChat(state, chat).members.has(member)) openDialog(account, chat);
    const peers = [peerView(state, account, chat)].flatMap((peer) => peer ?? []);
    pushLoose(state, account, { kind: 'chats-changed', peer: chat }, { peers });
  }
}

function changeDialog(state: TwinState, { account: id, peer, ...change }: DialogChange): void {
  const account = requireAccount(state, id);
  openDialog(account, peer);
  const dialog = account.dialogs.get(peer) as TwinDialog;
  if (change.pinned !== undefined) {
    dialog.pinned = change.pinned;
    pushLoose(state, account, { kind: 'pinned', peer, pinned: change.pinned > 0 });
  }
  if (change.mutedUntil !== undefined) {
    dialog.mutedUntil = change.mutedUntil;
    pushLoose(state, account, { kind: 'muted', peer, until: change.mutedUntil });
  }
  if (change.archived !== undefined) {
    dialog.archived = change.archived;
    pushLoose(state, account, { kind: 'chats-changed', peer });
  }
}
