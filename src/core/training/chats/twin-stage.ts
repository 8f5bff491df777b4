import type { PeerId } from '../../platform/chat-types.ts';
import type { Clock } from '../../platform/clock.ts';
import { telegramError } from '../../telegram/telegram-error.ts';
import type { MemoryTelegram } from '../../telegram/twin/memory-telegram.ts';
import type { Reception } from '../../telegram/twin/twin-scenario.ts';
import { chats, deskAccount, people, type ChatKey, type PersonKey } from './chat-cast.ts';
import type { ChatMedia, ChatStage } from './chat-stage.ts';

/** Plays in memory, for a lesson on a machine without the test servers. */
export function openTwinStage({ world }: MemoryTelegram, clock: Clock): ChatStage {
  const { name, username, phone } = deskAccount;
  const account = world.addAccount({ name, username, phone });
  const ids = new Map<string, PeerId>();
  for (const key of Object.keys(people) as PersonKey[]) {
    const { name: personName, username: personUsername, isBot } = people[key];
    ids.set(key, world.addUser({ name: personName, username: personUsername, isBot }));
  }
  const crew = [account, idOf('foreman'), idOf('electrician')];
  const peers = {
    crew: world.addChat({ kind: 'supergroup', title: chats.crew.title, members: crew }),
    storm: world.addChat({ kind: 'channel', title: chats.storm.title, members: [account] }),
    technician: idOf('technician'),
    monitor: idOf('monitor'),
    resident: idOf('resident'),
  } as const satisfies Record<ChatKey, PeerId>;
  world.changeDialog({ account, peer: peers.crew, pinned: 1 });
  world.changeDialog({ account, peer: peers.storm, mutedUntil: Number.MAX_SAFE_INTEGER });
  const answered = new Map<ChatKey, number>();

  function idOf(key: PersonKey): PeerId {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`Nobody is called ${key}`);
    return id;
  }

  return {
    async say({ chat, from, text, boldLength, media, album, forwardOf, replyTo }, at) {
      return world.receive({
        account,
        peer: peers[chat],
        text,
        replyTo: replyTo ?? null,
        entities: boldLength === undefined ? [] : [{ kind: 'bold', offset: 0, length: boldLength }],
        groupedId: album === undefined ? null : String(album),
        forward: forwardOf === undefined ? null : { name: forwardOf, from: null, sentAt: at ?? clock.now() },
        ...(from === undefined ? {} : { from: from === 'desk' ? account : idOf(from) }),
        ...(at === undefined ? {} : { sentAt: at }),
        ...(media === undefined ? {} : partOf(media)),
      });
    },
    async edit({ chat, id }, text) {
      world.edit({ account, peer: peers[chat], id, text });
    },
    async remove({ chat, id }) {
      world.remove({ account, peer: peers[chat], ids: [id] });
    },
    async react({ chat, id }, from, emoji) {
      world.react({ account, peer: peers[chat], id, from: idOf(from), emoji });
    },
    async typing(chat, from) {
      world.type({ account, peer: peers[chat], from: idOf(from) });
    },
    async heard() {
      return (Object.keys(chats) as ChatKey[]).filter((chat) => {
        const last = world.messages(account, peers[chat]).findLast(({ out }) => out)?.id ?? 0;
        const isNew = last > (answered.get(chat) ?? 0);
        answered.set(chat, last);
        return isNew;
      });
    },
    async readByThem(chat) {
      world.readByOther({ account, peer: peers[chat] });
    },
    async scan(url) {
      if (!world.scan(url, account)) throw telegramError('qr-expired');
    },
  };
}

function partOf(media: ChatMedia): Pick<Reception, 'file' | 'extra'> {
  const plain = { width: null, height: null, duration: null, preview: null } as const;
  switch (media.kind) {
    case 'photo': {
      const { bytes } = media;
      const box = { width: 640, height: 480 };
      return {
        file: { ...plain, ...box, kind: 'photo', bytes, fileName: 'photo.jpg', mimeType: 'image/jpeg' },
      };
    }
    case 'document':
      return { file: { ...plain, ...media } };
    case 'place': {
      const { latitude, longitude } = media;
      return { extra: { kind: 'location', latitude, longitude, live: false, title: null } };
    }
    case 'contact':
      return { extra: media };
  }
}
