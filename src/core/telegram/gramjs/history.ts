import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import type { PeerId } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type { HistoryPage, MessagePage, TelegramConnection, UpdateBatch } from '../telegram-port.ts';
import type { Invoke } from './calls.ts';
import { mapMessages, readerOf } from './map-message.ts';
import { mapPeers } from './map-peer.ts';
import { isChannel, toInputChannel, toInputPeer } from './peer-ids.ts';

type Calls = Pick<TelegramConnection, 'history' | 'messages' | 'markRead'>;

const longestPage = 100;

export function createHistoryCalls(
  invoke: Invoke,
  self: () => PeerId | null,
  emit: (batch: UpdateBatch) => void,
): Calls {
  const toPage = (found: Api.messages.TypeMessages): MessagePage => {
    if (found instanceof Api.messages.MessagesNotModified) throw telegramError('unexpected-answer');
    const peers = mapPeers([...found.users, ...found.chats]);
    const messages = mapMessages(found.messages, readerOf(self(), peers));
    return { messages: messages.toSorted((a, b) => b.id - a.id), peers };
  };

  return {
    async history(peer, page) {
      const { newerThan } = page;
      const request = new Api.messages.GetHistory({
        peer: toInputPeer(peer),
        ...windowOf(page),
        offsetDate: 0,
        maxId: 0,
        minId: 0,
        hash: bigInt.zero,
      });
      const { messages, peers } = toPage(await invoke(request, { repeatable: true }));
      // Where fewer are newer than a page holds, Telegram fills it up with older ones.
      const wanted = newerThan === undefined ? messages : messages.filter(({ id }) => id > newerThan);
      return { messages: wanted, peers };
    },
    async messages(peer, ids) {
      const asked = ids.slice(0, longestPage).map((id) => new Api.InputMessageID({ id }));
      const request = isChannel(peer.id)
        ? new Api.channels.GetMessages({ channel: toInputChannel(peer), id: asked })
        : new Api.messages.GetMessages({ id: asked });
      const { messages, peers } = toPage(await invoke(request, { repeatable: true }));
      // Outside channels a number is one of the whole account, and may be another chat's by now.
      return { messages: messages.filter((message) => message.peer === peer.id), peers };
    },
    async markRead(peer, maxId) {
      if (isChannel(peer.id)) {
        await invoke(new Api.channels.ReadHistory({ channel: toInputChannel(peer), maxId }), {
          repeatable: true,
        });
        return;
      }
      const request = new Api.messages.ReadHistory({ peer: toInputPeer(peer), maxId });
      const { pts, ptsCount: count } = await invoke(request, { repeatable: true });
      if (count === 0) return;
      const update = { kind: 'read-inbox', peer: peer.id, maxId, unread: null } as const;
      emit({ updates: [{ update, pts, count, channel: null }], peers: [] });
    },
  };
}

/** The list runs from new to old and `offsetId` stands before the first message older than it. */
function windowOf({ olderThan, newerThan, limit: wanted }: HistoryPage) {
  const limit = Math.min(wanted, longestPage);
  if (newerThan !== undefined) return { offsetId: newerThan + 1, addOffset: -limit, limit };
  return { offsetId: olderThan ?? 0, addOffset: 0, limit };
}
