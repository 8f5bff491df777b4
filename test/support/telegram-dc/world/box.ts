import type { ChatKey, Draft, Message } from './model.ts';

/** What happened to a box; rendered for each reader when it is asked for. */
export type Change =
  | { readonly kind: 'new' | 'edited'; readonly id: number }
  | { readonly kind: 'removed'; readonly ids: readonly number[] }
  | { readonly kind: 'read inbox'; readonly chat: ChatKey; readonly maxId: number; readonly unread: number }
  | { readonly kind: 'read outbox'; readonly chat: ChatKey; readonly maxId: number };

export type BoxEvent = { readonly pts: number; readonly count: number; readonly change: Change };

export type Box = {
  readonly pts: number;
  /** Puts a message away without an event: what was there before anybody looked. */
  add(draft: Draft): Message;
  find(id: number): Message | undefined;
  replace(message: Message): void;
  remove(ids: readonly number[]): readonly Message[];
  /** Rising by id. */
  in(chat: ChatKey): readonly Message[];
  chats(): readonly ChatKey[];
  log(change: Change, count?: number): BoxEvent;
  /** Nothing when the events after that pts are no longer kept. */
  since(pts: number): readonly BoxEvent[] | undefined;
};

/** Ids and pts start at one. Of messages per chat and of events no more than about `keep` stay. */
export function createBox(keep: number): Box {
  const messages = new Map<number, Message>();
  const perChat = new Map<ChatKey, Message[]>();
  const events: BoxEvent[] = [];
  let nextId = 1;
  let pts = 1;
  let forgottenUpTo = 1;

  const listOf = (chat: ChatKey) => {
    const list = perChat.get(chat) ?? [];
    perChat.set(chat, list);
    return list;
  };
  const trim = (list: Message[]) => {
    if (list.length <= keep * 1.25) return;
    for (const { id } of list.splice(0, list.length - keep)) messages.delete(id);
  };
  const indexOf = (list: readonly Message[], id: number) =>
    list.findLastIndex((message) => message.id === id);

  return {
    get pts() {
      return pts;
    },
    add(draft) {
      const message: Message = { ...draft, id: nextId, editedAt: undefined, reactions: new Map() };
      nextId += 1;
      messages.set(message.id, message);
      const list = listOf(draft.chat);
      list.push(message);
      trim(list);
      return message;
    },
    find: (id) => messages.get(id),
    replace(message) {
      messages.set(message.id, message);
      const list = listOf(message.chat);
      list[indexOf(list, message.id)] = message;
    },
    remove(ids) {
      return ids.flatMap((id) => {
        const message = messages.get(id);
        if (message === undefined) return [];
        messages.delete(id);
        const list = listOf(message.chat);
        list.splice(indexOf(list, id), 1);
        return [message];
      });
    },
    in: (chat) => perChat.get(chat) ?? [],
    chats: () => [...perChat.keys()],
    log(change, count = 1) {
      pts += count;
      const event: BoxEvent = { pts, count, change };
      events.push(event);
      if (events.length > keep * 1.25) {
        forgottenUpTo = events.splice(0, events.length - keep).at(-1)?.pts ?? forgottenUpTo;
      }
      return event;
    },
    since(known) {
      if (known < forgottenUpTo) return undefined;
      const from = events.findLastIndex((event) => event.pts <= known);
      return events.slice(from + 1);
    },
  };
}
