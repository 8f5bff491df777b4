import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChatKit } from '../../../test/support/chat-kit.ts';
import { createChatRangeStore } from './chat-range-store.ts';

test('stretches that touch become one, in whatever order they are read', () => {
  const kit = createChatKit();
  const ranges = createChatRangeStore(kit.db);
  let number = 0;
  const stretch = fc.record({ from: fc.integer({ min: 1, max: 40 }), length: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 15 }), (all) => {
      number += 1;
      const chat = kit.chat(`Чат ${number}`);
      const stored = new Set<number>();
      for (const { from, length } of all) {
        ranges.cover(chat.id, from, from + length);
        for (let id = from; id <= from + length; id += 1) stored.add(id);
      }

      for (let id = 1; id <= 50; id += 1) {
        const around = ranges.around(chat.id, id);
        expect(around !== undefined).toBe(stored.has(id));
        if (!around) continue;
        expect([stored.has(around.from - 1), stored.has(around.to + 1)]).toEqual([false, false]);
        for (let inside = around.from; inside <= around.to; inside += 1)
          expect(stored.has(inside)).toBe(true);
      }
      expect(ranges.newest(chat.id)?.to).toBe(Math.max(...stored));
      const below = [...stored].filter((id) => id < 25 && !stored.has(id + 1));
      expect(ranges.below(chat.id, 25)?.to ?? 0).toBe(Math.max(0, ...below));
    }),
    { numRuns: 200 },
  );
});
