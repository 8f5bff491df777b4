import type { z } from 'zod';
import type { ChatFile, ChatMessage, ChatRow, Contact } from '../../src/shared/contract/chats.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import { AppError } from '../../src/shared/errors.ts';
import { pageOf } from './fake-history.ts';
import { sampleChats, sampleContacts } from './sample-chats.ts';

type Group = PultContract['chats'];
type Input<Name extends keyof Group> = z.output<Group[Name]['input']>;
type Output<Name extends keyof Group> = z.output<Group[Name]['output']>;
type Answers = Readonly<Record<string, (input: never) => unknown>>;

type Stored = { row: ChatRow; messages: ChatMessage[]; rules: Output<'open'>['rules'] };

export type FakeChats = {
  /** For createFakeDesk, createFakePage, or a page whose calls are answered from outside. */
  readonly answers: Answers;
  readonly chat: (id: number) => ChatRow;
  readonly messages: (chatId: number) => readonly ChatMessage[];
  /** Arrives as a push would: at the end, unread when it is not ours. The feed is the test's to tell. */
  readonly post: (chatId: number, part: Partial<ChatMessage>) => ChatMessage;
  readonly change: (messageId: number, part: Partial<ChatMessage>) => void;
  readonly changeChat: (chatId: number, part: Partial<ChatRow>) => void;
  readonly changeFile: (fileId: number, part: Partial<ChatFile>) => void;
  /** Older messages than these are only on the server. */
  readonly forgetBefore: (chatId: number, messageId: number) => void;
  /** A piece in the middle that was never stored. */
  readonly forgetBetween: (chatId: number, afterId: number, beforeId: number) => void;
  readonly setOnline: (online: boolean) => void;
  /** What the page asked to change. */
  readonly asked: {
    readonly read: Input<'markRead'>[];
    readonly opened: Input<'openIncident'>[];
    readonly joined: Input<'joinIncident'>[];
    readonly sent: Input<'send'>[];
    readonly drafts: Input<'saveDraft'>[];
    readonly rules: Input<'saveRule'>[];
    readonly contacts: Input<'setContact'>[];
    readonly downloads: number[];
    /** Entries of the journal. */
    readonly undone: number[];
  };
};

/** Chats without a core: a contractor's group, a technician, an operator's bot, a channel and thirty more. */
export function createFakeChats(now: number = Date.UTC(2026, 10, 21, 11, 5)): FakeChats {
  const chats = new Map<number, Stored>();
  for (const { row, messages, rules } of sampleChats(now)) {
    chats.set(row.id, { row, messages: [...messages], rules: [...rules] });
  }
  const contacts: Contact[] = [...sampleContacts];
  /** On the server and not here. */
  const remote = new Map<number, ChatMessage[]>();
  let online = true;
  let nextId = 900_000;

  const asked: FakeChats['asked'] = {
    read: [],
    opened: [],
    joined: [],
    sent: [],
    drafts: [],
    rules: [],
    contacts: [],
    downloads: [],
    undone: [],
  };

  function get(id: number): Stored {
    const found = chats.get(id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  function needNetwork(): void {
    if (!online) throw new AppError('unavailable', { details: { reason: 'network-unreachable' } });
  }

  function refreshRow(chat: Stored): void {
    const last = chat.messages.at(-1);
    chat.row = { ...chat.row, ...(last ? { lastAt: last.sentAt, last: lastOf(last) } : {}) };
  }

  function find(messageId: number): { readonly chat: Stored; readonly index: number } {
    for (const chat of chats.values()) {
      const index = chat.messages.findIndex(({ id }) => id === messageId);
      if (index >= 0) return { chat, index };
    }
    throw new AppError('not-found');
  }

  function hide(chatId: number, isHidden: (message: ChatMessage) => boolean): void {
    const chat = get(chatId);
    remote.set(chatId, [...(remote.get(chatId) ?? []), ...chat.messages.filter(isHidden)]);
    chat.messages = chat.messages.filter((message) => !isHidden(message));
  }

  function history(input: Input<'history'>): Output<'history'> {
    const { id } = input;
    return pageOf(get(id).messages, remote.get(id) ?? [], input);
  }

  function list({ accountId, filter, folderId, text, offset, limit }: Input<'list'>): Output<'list'> {
    const all = [...chats.values()].map(({ row }) => row);
    const mine = all.filter((row) => accountId === null || row.accountId === accountId);
    const found = mine
      .filter((row) => fits(row, filter))
      .filter((row) => folderId === null || row.kind === 'supergroup' || row.kind === 'group')
      .filter((row) => row.title.toLowerCase().includes(text.toLowerCase()))
      .toSorted(inListOrder);
    return {
      total: found.length,
      unread: mine.reduce((sum, row) => sum + (row.mutedUntil === null ? row.unread : 0), 0),
      chats: found.slice(offset, offset + limit),
      folders: [
        { accountId: 1, id: 2, title: 'Подрядчики' },
        { accountId: 1, id: 3, title: 'Операторы' },
      ],
    };
  }

  function search({ text, chatId, limit }: Input<'search'>): Output<'search'> {
    const word = text.trim().toLowerCase();
    const hits = [...chats.values()]
      .filter(({ row }) => chatId === null || row.id === chatId)
      .flatMap(({ row, messages }) => messages.map((message) => ({ row, message })))
      .filter(({ message }) => word !== '' && message.text.toLowerCase().includes(word))
      .toSorted((a, b) => b.message.sentAt - a.message.sentAt)
      .slice(0, limit)
      .map(({ row, message }) => {
        const at = message.text.toLowerCase().indexOf(word);
        const from = Math.max(0, at - 30);
        const mark: [number, number] = [at - from, at - from + word.length];
        return {
          messageId: message.id,
          chatId: row.id,
          chatTitle: row.title,
          sender: message.sender,
          sentAt: message.sentAt,
          snippet: message.text.slice(from, from + 120),
          marks: [mark],
        };
      });
    return { hits };
  }

  function loadOlder({ id, beforeServerId }: Input<'loadOlder'>): Output<'loadOlder'> {
    needNetwork();
    const missing = remote.get(id) ?? [];
    const wanted = missing
      .filter(({ serverId }) => beforeServerId === null || (serverId ?? 0) < beforeServerId)
      .toSorted((a, b) => b.position - a.position)
      .slice(0, 50);
    remote.set(
      id,
      missing.filter((message) => !wanted.includes(message)),
    );
    const chat = get(id);
    chat.messages = [...chat.messages, ...wanted].toSorted((a, b) => a.position - b.position);
    return { added: wanted.length, complete: (remote.get(id) ?? []).length === 0 };
  }

  function post(chatId: number, part: Partial<ChatMessage>): ChatMessage {
    const chat = get(chatId);
    const last = chat.messages.at(-1);
    nextId += 1;
    const message: ChatMessage = {
      ...makeMessage({ id: nextId, chatId, sentAt: (last?.sentAt ?? now) + 1000 }),
      serverId: (last?.serverId ?? 0) + 1,
      position: (last?.position ?? 0) + 1,
      ...part,
    };
    chat.messages.push(message);
    if (!message.out) chat.row = { ...chat.row, unread: chat.row.unread + 1 };
    refreshRow(chat);
    return message;
  }

  function mark(
    messageIds: readonly number[],
    incident: { readonly id: number; readonly code: string },
  ): void {
    for (const id of messageIds) change(id, { incident });
  }

  function change(messageId: number, part: Partial<ChatMessage>): void {
    const { chat, index } = find(messageId);
    chat.messages[index] = { ...chat.messages[index]!, ...part };
    refreshRow(chat);
  }

  const chatAnswers: { readonly [Name in keyof Group]?: (input: Input<Name>) => unknown } = {
    list: (input) => list({ ...listDefaults, ...input }),
    open: ({ id }): Output<'open'> => {
      const { row, rules, messages } = get(id);
      const senders = new Map(
        messages.flatMap(({ senderId, sender, out }) =>
          senderId && !out ? [[senderId, sender] as const] : [],
        ),
      );
      return {
        chat: row,
        rules,
        senders: [...senders].map(([senderId, name]) => ({ id: senderId, name })),
        draft: null,
      };
    },
    history: (input) => history({ ...historyDefaults, ...input }),
    search: (input) => search({ ...searchDefaults, ...input }),
    loadOlder,
    markRead(input) {
      asked.read.push(input);
      const { chat, index } = find(input.upTo);
      const left = chat.messages.slice(index + 1).filter(({ out }) => !out).length;
      chat.row = { ...chat.row, unread: Math.min(chat.row.unread, left) };
      return {};
    },
    send(input): Output<'send'> {
      asked.sent.push(input);
      const outbox = {
        id: 7000 + asked.sent.length,
        state: 'queued' as const,
        notBefore: now,
        errorCode: null,
      };
      post(input.chatId, { out: true, text: input.text, sender: 'Пульт', serverId: null, outbox });
      return { outboxId: outbox.id, notBefore: outbox.notBefore };
    },
    saveDraft(input) {
      asked.drafts.push(input);
      return {};
    },
    download({ fileId }) {
      asked.downloads.push(fileId);
      needNetwork();
      return {};
    },
    cancelDownload: () => ({}),
    openIncident(input): Output<'openIncident'> {
      asked.opened.push(input);
      const opened = { id: 1100 + asked.opened.length, code: `PLT-${1100 + asked.opened.length}` };
      mark(input.messageIds, opened);
      return { incidentId: opened.id, code: opened.code, undo: opened.id };
    },
    joinIncident(input): Output<'joinIncident'> {
      asked.joined.push(input);
      mark(input.messageIds, { id: input.incidentId, code: `PLT-${input.incidentId}` });
      return { joined: input.messageIds.length, undo: input.incidentId };
    },
    forIncident: (): Output<'forIncident'> => ({
      chats: [1, 2].map((id) => {
        const { row, messages } = get(id);
        const last = messages.findLast(({ out }) => !out);
        return {
          chat: row,
          answerTo: last ? { id: last.id, sender: last.sender, text: last.text } : null,
          draft: null,
        };
      }),
    }),
    saveRule(input): Output<'saveRule'> {
      asked.rules.push(input);
      const chat = get(input.chatId);
      const ruleId = input.id ?? 500 + asked.rules.length;
      const others = chat.rules.filter(({ id }) => id !== ruleId);
      chat.rules = [...others, { ...input, id: ruleId, hits: 0 }];
      chat.row = { ...chat.row, hasRules: true };
      return { id: ruleId, undo: null };
    },
    removeRule({ id }) {
      for (const chat of chats.values()) {
        chat.rules = chat.rules.filter((rule) => rule.id !== id);
        chat.row = { ...chat.row, hasRules: chat.rules.length > 0 };
      }
      return {};
    },
    setContact(input) {
      asked.contacts.push(input);
      const chat = get(input.chatId);
      const found = contacts.find(({ id }) => id === input.contactId);
      chat.row = {
        ...chat.row,
        contact: found ? { id: found.id, kind: found.kind, name: found.name } : null,
      };
      return {};
    },
  };

  return {
    answers: {
      ...Object.fromEntries(Object.entries(chatAnswers).map(([name, answer]) => [`chats.${name}`, answer])),
      'directory.list': () => ({ contacts }),
      'incidents.undo': ({ sequence }: { readonly sequence: number }) => {
        asked.undone.push(sequence);
        return { undo: null, refused: [] };
      },
      'telegram.overview': (): z.output<PultContract['telegram']['overview']['output']> => ({
        apiId: 1,
        demo: false,
        accounts: [
          {
            id: 1,
            name: 'Дежурный пульта',
            username: 'pult_desk',
            phoneMask: '+7 ••• •••-••-12',
            state: online ? 'ready' : 'reconnecting',
            reason: online ? null : 'network-unreachable',
            signedInAt: now - 86_400_000,
            pauses: [],
          },
        ],
      }),
    } as Answers,
    chat: (id) => get(id).row,
    messages: (chatId) => get(chatId).messages,
    post,
    change,
    changeChat(chatId, part) {
      const chat = get(chatId);
      chat.row = { ...chat.row, ...part };
    },
    changeFile(fileId, part) {
      for (const { messages } of chats.values()) {
        const message = messages.find(({ files }) => files.some(({ id }) => id === fileId));
        if (!message) continue;
        change(message.id, {
          files: message.files.map((file) => (file.id === fileId ? { ...file, ...part } : file)),
        });
        return;
      }
    },
    forgetBefore(chatId, messageId) {
      const { position } = get(chatId).messages.find(({ id }) => id === messageId)!;
      hide(chatId, (message) => message.position < position);
    },
    forgetBetween(chatId, afterId, beforeId) {
      const { messages } = get(chatId);
      const after = messages.find(({ id }) => id === afterId)!.position;
      const before = messages.find(({ id }) => id === beforeId)!.position;
      hide(chatId, ({ position }) => position > after && position < before);
    },
    setOnline(value) {
      online = value;
    },
    asked,
  };
}

const listDefaults = {
  accountId: null,
  filter: 'all',
  folderId: null,
  text: '',
  offset: 0,
  limit: 100,
} as const;
const historyDefaults = { before: null, after: null, around: null, limit: 50 } as const;
const searchDefaults = { chatId: null, limit: 50 } as const;

/** An incoming text; only what a test is about is spelled. */
export function makeMessage(part: Partial<ChatMessage> & { readonly id: number }): ChatMessage {
  return {
    chatId: 1,
    serverId: part.id,
    position: part.serverId ?? part.id,
    out: false,
    senderId: 'u501',
    sender: 'Рустам Ахметов',
    text: `Сообщение ${part.id}`,
    entities: [],
    replyTo: null,
    forward: null,
    groupedId: null,
    extra: null,
    files: [],
    reactions: [],
    sentAt: 0,
    editedAt: null,
    deletedAt: null,
    incident: null,
    outbox: null,
    isRead: false,
    authorId: null,
    ...part,
  };
}

function lastOf(message: ChatMessage): NonNullable<ChatRow['last']> {
  return {
    out: message.out,
    sender: message.sender,
    text: message.text.slice(0, 120),
    what: message.text === '' ? (message.files[0]?.kind ?? message.extra?.kind ?? null) : null,
    state: message.isRead ? 'read' : (message.outbox?.state ?? (message.out ? 'accepted' : 'none')),
  };
}

function fits(row: ChatRow, filter: Input<'list'>['filter']): boolean {
  switch (filter) {
    case 'all':
      return !row.archived;
    case 'unread':
      return row.unread > 0;
    case 'people':
      return row.kind === 'user';
    case 'groups':
      return row.kind === 'group' || row.kind === 'supergroup';
    case 'channels':
      return row.kind === 'channel';
    case 'bots':
      return row.kind === 'bot';
  }
}

function inListOrder(a: ChatRow, b: ChatRow): number {
  const pinned = (row: ChatRow): number => (row.pinned === 0 ? Number.MAX_SAFE_INTEGER : row.pinned);
  return pinned(a) - pinned(b) || (b.lastAt ?? 0) - (a.lastAt ?? 0);
}
