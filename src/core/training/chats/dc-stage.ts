import { chats, deskAccount, people, type ChatKey, type PersonKey } from './chat-cast.ts';
import type { ChatMedia, ChatStage } from './chat-stage.ts';

type LoggedMessage = { readonly chat: string; readonly id: number; readonly sender: string };

const secondMs = 1000;

/** Plays on Telegram's test servers through their control address. Rejects when they are gone. */
export async function openDcStage(control: string): Promise<ChatStage> {
  const call = async (operation: string, argument: object): Promise<unknown> => {
    const response = await fetch(`${control}/${operation}`, {
      method: 'POST',
      body: JSON.stringify(argument),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${operation}: ${error}`);
    return result;
  };
  const account = deskAccount.id;
  await call('seed', world());
  const answered = new Map<string, number>();
  return {
    async say(line, at) {
      const { chat, from, text, boldLength, album, forwardOf, replyTo } = line;
      const { id } = (await call('receive', {
        account,
        chat: keyOf(chat),
        text,
        replyTo,
        from: from === undefined ? undefined : from === 'desk' ? account : people[from].id,
        media: line.media === undefined ? undefined : mediaOf(line.media),
        entities: boldLength === undefined ? undefined : [{ type: 'bold', offset: 0, length: boldLength }],
        groupedId: album === undefined ? undefined : String(album),
        forward: forwardOf === undefined ? undefined : { name: forwardOf },
        date: at === undefined ? undefined : Math.floor(at / secondMs),
      })) as { readonly id: number };
      return id;
    },
    edit: ({ chat, id }, text) => call('edit', { account, chat: keyOf(chat), id, text }).then(ignore),
    remove: ({ chat, id }) => call('remove', { account, chat: keyOf(chat), ids: [id] }).then(ignore),
    react: ({ chat, id }, from, emoji) =>
      call('react', { account, chat: keyOf(chat), id, from: people[from].id, emoji }).then(ignore),
    typing: (chat, from) =>
      call('typing', { account, chat: keyOf(chat), from: people[from].id }).then(ignore),
    async heard() {
      const log = (await call('log', { account })) as readonly LoggedMessage[];
      const ours = log.filter(({ sender }) => sender === `user:${account}`);
      return (Object.keys(chats) as ChatKey[]).filter((chat) => {
        const last = ours.findLast((message) => message.chat === keyOf(chat))?.id ?? 0;
        const isNew = last > (answered.get(chat) ?? 0);
        answered.set(chat, last);
        return isNew;
      });
    },
    readByThem: (chat) => call('readOutbox', { account, chat: keyOf(chat) }).then(ignore),
    // The servers know which code they gave out last; the address itself is for the twin.
    scan: () => call('scanQr', { phone: deskAccount.phone }).then(ignore),
  };
}

function keyOf(chat: ChatKey): string {
  const { id, kind } = chats[chat];
  return kind === 'person' ? `user:${id}` : `channel:${id}`;
}

function mediaOf(media: ChatMedia): object {
  switch (media.kind) {
    case 'photo':
      return { kind: 'photo', base64: base64Of(media.bytes), width: 640, height: 480 };
    case 'document':
      return {
        kind: 'document',
        name: media.fileName,
        mimeType: media.mimeType,
        base64: base64Of(media.bytes),
      };
    case 'place':
      return { kind: 'geo', latitude: media.latitude, longitude: media.longitude };
    case 'contact':
      return { kind: 'contact', phone: media.phone, firstName: media.name, lastName: '', userId: 0 };
  }
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function world(): object {
  const { id, name: firstName, username, phone } = deskAccount;
  const channels = (Object.keys(chats) as ChatKey[]).flatMap((key) => {
    const chat = chats[key];
    return chat.kind === 'person'
      ? []
      : [{ id: chat.id, title: chat.title, broadcast: chat.kind === 'channel', members: [id] }];
  });
  return {
    accounts: [{ id, firstName, username, phone }],
    people: (Object.keys(people) as PersonKey[]).map((key) => {
      const person = people[key];
      return {
        id: person.id,
        firstName: person.name,
        username: person.username,
        bot: person.isBot,
        contact: !person.isBot,
      };
    }),
    channels,
    dialogs: [
      { account: id, chat: keyOf('crew'), pinned: true },
      { account: id, chat: keyOf('storm'), mutedUntil: 2_147_483_647 },
    ],
  };
}

function ignore(): void {}
