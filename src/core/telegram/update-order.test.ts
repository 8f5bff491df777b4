import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTelegramKit } from '../../../test/support/telegram-kit.ts';
import type { UpdateBatch } from './telegram-port.ts';

/** What a hostile network and a clumsy desk may do between two messages. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('say' as const), chat: fc.nat(3), lost: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), chat: fc.nat(3), lost: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), chat: fc.nat(3), lost: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 10, 700, 20_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('offline' as const, 'online' as const, 'crash' as const, 'sleep' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      method: fc.constantFrom('difference', 'channelDifference', 'dialogs', 'history'),
    }),
  },
);

test('any order, loss, repetition and crash ends with every message once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer(),
      fc.boolean(),
      async (steps, seed, isShort) => {
        const kit = createTelegramKit({ seed });
        if (isShort)
          Object.assign(kit.world.limits, { tooLong: 5, channelTooLong: 5, slice: 3, channelSlice: 3 });
        const second = kit.world.addUser({ name: 'Орлова' });
        const group = kit.world.addChat({ kind: 'group', title: 'Смена', members: [kit.me, kit.friend] });
        const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
        const peers = [kit.friend, second, group, channel];
        for (const peer of peers) kit.world.receive({ account: kit.me, peer, text: 'до начала' });
        shuffleTheNetwork(kit, seed);
        await kit.start();
        let said = 0;

        for (const each of steps) {
          if (each.kind === 'say') {
            said += 1;
            kit.world.receive({
              account: kit.me,
              peer: peers[each.chat]!,
              text: `слово ${said}`,
              lost: each.lost,
            });
          } else if (each.kind === 'edit' || each.kind === 'remove') {
            const peer = peers[each.chat]!;
            const last = kit.world.messages(kit.me, peer).at(-1);
            const at = { account: kit.me, peer, lost: each.lost };
            // A log too long to tell has forgotten them.
            if (!last || last.text === 'до начала' || isShort) continue;
            if (each.kind === 'edit') kit.world.edit({ ...at, id: last.id, text: `иначе ${said}` });
            else kit.world.remove({ ...at, ids: [last.id] });
          } else if (each.kind === 'wait') await kit.clock.advance(each.ms);
          else if (each.kind === 'offline') kit.world.offline();
          else if (each.kind === 'online') kit.world.online();
          else if (each.kind === 'sleep') kit.clock.jump(600_000);
          else if (each.kind === 'fail') kit.world.fail(each.method, 'server-trouble');
          else {
            await kit.crash();
            kit.world.online();
            await kit.start();
          }
        }
        kit.world.online();
        await kit.clock.advance(17 * 60_000);

        for (const peer of peers) {
          const all = kit.truth(peer);
          // What was said before the desk knew the account is history; edits of it come when it is read.
          expect(kit.rows(peer).filter((row) => !row.endsWith('до начала'))).toEqual(
            all.filter((row) => !row.endsWith('до начала')),
          );
          const heard = kit.heard.received.flatMap(({ chat, message }) =>
            chat.peerId === peer ? [message.serverId ?? 0] : [],
          );
          expect(heard).toEqual([...new Set(heard)].toSorted((a, b) => a - b));
          // One deleted meanwhile was heard or not, as it came.
          const left = kit.world.messages(kit.me, peer).filter(({ text }) => text !== 'до начала');
          expect(heard).toEqual(expect.arrayContaining(left.map(({ id }) => id)));
        }
        await kit.crash();
        expect(kit.clock.sleeping).toBe(0);
        kit.dispose();
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

/** Pushes come late, twice and in another order. */
function shuffleTheNetwork(kit: ReturnType<typeof createTelegramKit>, seed: number): void {
  const { port } = kit.parts;
  const held: UpdateBatch[] = [];
  let turn = Math.abs(seed);
  const next = () => (turn = (turn * 1103515245 + 12345) % 2147483648);
  Object.assign(kit.parts, {
    port: {
      open: (options: Parameters<typeof port.open>[0]) =>
        port.open({
          ...options,
          events: {
            ...options.events,
            onUpdates(batch) {
              held.push(batch);
              const { onUpdates } = options.events;
              if (next() % 3 === 0) return;
              for (const one of held.splice(0).toSorted(() => (next() % 2 === 0 ? 1 : -1))) {
                onUpdates(one);
                if (next() % 4 === 0) onUpdates(one);
              }
            },
          },
        }),
    },
  });
}
