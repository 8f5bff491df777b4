import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { TelegramDcProcess } from '../../test/support/telegram-dc/control-client.ts';
import { account, busyChats, createTexts, type ChatKey } from './telegram-world.ts';

/** Messages into all busy chats, and what has become of them in the desk's database, which another process writes. */
export function createStream({ control }: TelegramDcProcess, database: Database.Database, prefix: string) {
  const newest = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM chat_message').pluck();
  const rows = database.prepare<[string], { peer: string; id: number; text: string }>(
    `SELECT c.peer_id AS peer, m.server_id AS id, m.text FROM chat_message m JOIN chat c ON c.id = m.chat_id
     WHERE m.text LIKE ? || '%' ORDER BY m.id`,
  );
  const before = newest.get() ?? 0;
  const text = createTexts(prefix);
  let pushed = 0;
  let rate = 0;
  let startedAt = 0;

  const burst = (chat: (typeof busyChats)[number], count: number, perSecond: number | undefined) =>
    control.burst({
      account: account.account,
      chat: chat.chat,
      ...(chat.from === undefined ? {} : { from: chat.from }),
      text: text(),
      short: false,
      count,
      ...(perSecond === undefined ? {} : { perSecond }),
    });

  return {
    /** Evenly over all chats, begun anew every second with other words; resolves with how many were pushed. */
    async run(seconds: number, perSecond: number): Promise<number> {
      const each = perSecond / busyChats.length;
      rate = perSecond;
      startedAt = performance.now();
      const running: Promise<unknown>[] = [];
      for (let second = 0; second < seconds; second += 1) {
        await sleep(Math.max(0, startedAt + second * 1000 - performance.now()));
        // A little faster, so that a second's messages are out before the next second's begin.
        running.push(...busyChats.map((chat) => burst(chat, each, each * 1.05)));
      }
      await Promise.all(running);
      pushed += each * busyChats.length * seconds;
      return pushed;
    },
    /** As fast as the servers give them, a hundred a chat at a time. */
    async pour(count: number): Promise<number> {
      for (let left = count; left > 0; left -= 100 * busyChats.length) {
        await Promise.all(
          busyChats.map((chat) => burst(chat, Math.min(100, left / busyChats.length), undefined)),
        );
      }
      pushed += count;
      return pushed;
    },
    /** How many should be stored by now. */
    due: () => Math.floor(((performance.now() - startedAt) / 1000) * rate),
    stored: () => (newest.get() ?? 0) - before,
    /** How many of the servers' log are not here, or not once, or in another order. */
    async compare(): Promise<number> {
      const told = await control.log({ account: account.account });
      const truth = Map.groupBy(
        told.filter((entry) => entry.text.startsWith(prefix)),
        ({ chat }) => peerOf(chat),
      );
      const kept = Map.groupBy(rows.all(prefix), ({ peer }) => peer);
      let wrong = Math.abs([...kept.values()].flat().length - [...truth.values()].flat().length);
      for (const [peer, wanted] of truth) {
        const have = kept.get(peer) ?? [];
        wrong += wanted.filter(
          ({ id, text: said }, place) => have[place]?.id !== id || have[place]?.text !== said,
        ).length;
      }
      return wrong;
    },
  };
}

function peerOf(chat: ChatKey): string {
  const [kind = '', id = ''] = chat.split(':');
  return `${{ user: 'u', chat: 'g', channel: 'c' }[kind] ?? ''}${id}`;
}
