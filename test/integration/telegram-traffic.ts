import { between, pick } from '../../src/core/training/seeded-random.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { crewGroup, newsChannel, regionGroup, technician } from '../support/telegram-dc/sample-world.ts';
import { at, chatId, type WholeDesk } from './telegram-whole-desk.ts';

const chats = [technician, crewGroup, newsChannel, regionGroup] as const;
type Chat = (typeof chats)[number];
/** Titles of those a person at the desk writes to. */
const writable = ['Денис', 'Бригада', 'Север'] as const;

/** What was done so far. */
export type TrafficCounts = {
  received: number;
  unpushed: number;
  edited: number;
  removed: number;
  fromPhone: number;
  /** Given to the desk; whoever was not answered does not know whether it was taken. */
  readonly given: Set<string>;
  /** Taken by the desk: each leaves once. */
  readonly written: string[];
};

/** Every message has words of its own, so that what comes twice is seen. */
export function createTraffic({ dc }: WholeDesk, random: Random) {
  const counts: TrafficCounts = {
    received: 0,
    unpushed: 0,
    edited: 0,
    removed: 0,
    fromPhone: 0,
    given: new Set(),
    written: [],
  };
  /** Of each chat, what may still be changed: people edit what they have just written. */
  const recent = new Map<Chat, number[]>(chats.map((chat) => [chat, []]));
  let count = 0;

  const words = (what: string) => {
    count += 1;
    return `${what} ${count}`;
  };
  const isPushed = (lostShare: number) => {
    const isLost = random.number() < lostShare;
    if (isLost) counts.unpushed += 1;
    return !isLost;
  };
  const senderIn = (chat: Chat) => (chat === newsChannel ? {} : { from: chat === technician ? 2001 : 2002 });

  function receive(push: boolean): void {
    const chat = pick(random, chats);
    const { id } = dc.receive({ ...at, chat, ...senderIn(chat), text: words('принято'), push });
    recent.set(chat, [...(recent.get(chat) ?? []), id].slice(-20));
    counts.received += 1;
  }

  function change(push: boolean, how: 'edited' | 'removed'): void {
    const chat = pick(random, chats);
    const numbers = recent.get(chat) ?? [];
    const [id] = numbers.splice(between(random, 0, Math.max(0, numbers.length - 1)), 1);
    if (id === undefined) return;
    if (how === 'edited') dc.edit({ ...at, chat, id, text: words('исправлено'), push });
    else dc.remove({ ...at, chat, ids: [id], push });
    counts[how] += 1;
  }

  return {
    counts,
    /** One thing happens. */
    step(lostShare: number): void {
      const dice = random.number();
      const push = isPushed(lostShare);
      if (dice < 0.78) receive(push);
      else if (dice < 0.88) change(push, 'edited');
      else if (dice < 0.94) change(push, 'removed');
      else {
        dc.receive({ ...at, chat: technician, from: at.account, text: words('с телефона'), push });
        counts.fromPhone += 1;
      }
    },
    /** A person writes at the desk; what it does not take is not promised. */
    async write({ page }: WholeDesk): Promise<void> {
      const text = words('от диспетчера');
      const id = await chatId(page, pick<string>(random, writable));
      counts.given.add(text);
      await page.chats.send({ chatId: id, text });
      counts.written.push(text);
    },
  };
}

/** The last word in every chat, pushed: what was lost before it is noticed. */
export function sayLast({ dc }: WholeDesk): void {
  for (const chat of chats) dc.receive({ ...at, chat, from: 2002, text: 'последнее слово' });
}
