import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serve, type CallContext } from '../../src/core/rpc/serve.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { command, query, stream, type Handlers } from '../../src/shared/rpc/define.ts';
import { frameLimits } from '../../src/shared/rpc/frame-limits.ts';
import type { Port } from '../../src/shared/rpc/port.ts';
import { createFakeClock } from '../support/fake-clock.ts';

export type PortPair = { readonly page: Port; readonly core: Port; readonly dispose?: () => Promise<void> };

const contract = {
  desk: {
    read: query(z.strictObject({ id: z.int() }), z.object({ id: z.int() })),
    write: command(z.strictObject({ id: z.int() }), z.object({ id: z.int() })),
    watch: stream(z.strictObject({}), z.object({ n: z.int() })),
  },
} as const;

/** What every Port promises, whatever carries it; run against each of the three. */
export function describePort(name: string, makePair: () => Promise<PortPair>): void {
  const pairs: PortPair[] = [];
  const make = async () => {
    const pair = await makePair();
    pairs.push(pair);
    return pair;
  };
  afterEach(async () => {
    for (const pair of pairs.splice(0)) {
      pair.page.close();
      pair.core.close();
      await pair.dispose?.();
    }
  });

  describe(`${name}: the wire`, () => {
    test('keeps the order of a thousand frames in both directions', async () => {
      const { page, core } = await make();
      const atCore = collect(core);
      const atPage = collect(page);

      for (let n = 0; n < 1000; n += 1) {
        page.send(JSON.stringify({ n }));
        core.send(JSON.stringify({ n }));
      }

      const expected = Array.from({ length: 1000 }, (_, n) => JSON.stringify({ n }));
      await expect.poll(() => atCore.length).toBe(1000);
      await expect.poll(() => atPage.length).toBe(1000);
      expect(atCore).toEqual(expected);
      expect(atPage).toEqual(expected);
    });

    test('keeps frames that came before anybody listened', async () => {
      const { page, core } = await make();

      page.send('{"early":1}');
      await settle();

      await expect.poll(() => collect(core)).toEqual(['{"early":1}']);
    });

    test.each(['page', 'core'] as const)(
      'tells the end once on both sides when the %s closes',
      async (side) => {
        const pair = await make();
        const told = { page: 0, core: 0 };
        pair.page.onClose(() => (told.page += 1));
        pair.core.onClose(() => (told.core += 1));

        pair[side].close();
        pair[side].close();

        await expect.poll(() => told).toEqual({ page: 1, core: 1 });
        pair.page.close();
        pair.core.close();
        await settle();
        expect(told).toEqual({ page: 1, core: 1 });
      },
    );

    test('ignores what is sent after close', async () => {
      const { page, core } = await make();
      const atCore = collect(core);

      page.close();
      page.send('{"late":1}');

      await closed(core);
      expect(atCore).toEqual([]);
    });

    test('carries Cyrillic, quotes and line ends unharmed', async () => {
      const { page, core } = await make();
      const atCore = collect(core);
      const text = JSON.stringify({ text: 'Авария «Ёлка»\r\n\u2028"\\ 🛠' });

      page.send(text);

      await expect.poll(() => atCore).toEqual([text]);
    });

    test('closes on a frame beyond the limit', async () => {
      const { page, core } = await make();
      const atCore = collect(core);

      page.send(JSON.stringify({ text: 'x'.repeat(frameLimits.maxLength + 1) }));

      await closed(core);
      await closed(page);
      expect(atCore).toEqual([]);
    });
  });

  describe(`${name}: core behind it`, () => {
    const connected = async () => {
      const pair = await make();
      const frames = collect(pair.page).map(parse);
      pair.page.onFrame((text) => frames.push(parse(text)));
      serveDesk(pair.core);
      await expect.poll(() => frames.length).toBe(1);
      expect(frames[0]).toMatchObject({ t: 'hello', protocol: 1, build: 'b1' });
      return { ...pair, frames };
    };

    test('answers', async () => {
      const { page, frames } = await connected();

      page.send(JSON.stringify({ t: 'call', id: 1, path: 'desk.read', input: { id: 7 } }));

      await expect.poll(() => frames[1]).toEqual({ t: 'result', id: 1, value: { id: 7 } });
    });

    test.each([
      ['text that is not JSON', 'hello'],
      ['a list', '[]'],
      ['null', 'null'],
      [
        'nesting beyond use',
        '{"t":"call","id":1,"path":"desk.read","input":' + '['.repeat(50) + ']'.repeat(50) + '}',
      ],
      ['nesting to exhaust a stack', '['.repeat(500_000) + ']'.repeat(500_000)],
      ['a prototype', '{"t":"call","id":1,"path":"desk.read","input":{"__proto__":{"id":1}}}'],
      ['an unknown verb', '{"t":"evaluate","id":1}'],
      ['an unknown field', '{"t":"stop","id":1,"also":2}'],
      ['a negative id', '{"t":"stop","id":-1}'],
      ['a path that is no text', '{"t":"call","id":1,"path":{},"input":{}}'],
      [
        'a command id made to hurt',
        `{"t":"call","id":1,"path":"desk.write","input":{"id":1},"commandId":"'; --"}`,
      ],
    ])('hangs up on %s', async (_name, hostile) => {
      const { page, frames } = await connected();

      page.send(hostile);

      await closed(page);
      expect(frames).toHaveLength(1);
    });

    test.each([
      ['a procedure nobody knows', { path: 'desk.destroy' }, 'not-found'],
      ['a name of the prototype', { path: 'constructor.assign' }, 'not-found'],
      ['a name of the prototype inside a group', { path: 'desk.toString' }, 'not-found'],
      ['a path too long', { path: 'desk.read.more' }, 'not-found'],
      ['input of another shape', { input: { id: 'seven' } }, 'invalid-input'],
      ['input with a key more', { input: { id: 7, also: 8 } }, 'invalid-input'],
      ['a command without its id', { path: 'desk.write' }, 'invalid-input'],
      ['a query with a command id', { commandId: 'aaaa-bbbb' }, 'invalid-input'],
    ])('refuses %s and goes on', async (_name, change, code) => {
      const { page, frames } = await connected();

      page.send(JSON.stringify({ t: 'call', id: 1, path: 'desk.read', input: { id: 7 }, ...change }));
      page.send(JSON.stringify({ t: 'call', id: 2, path: 'desk.read', input: { id: 9 } }));

      await expect
        .poll(() => frames.find((frame) => frame['id'] === 1))
        .toMatchObject({ t: 'error', error: { code } });
      await expect.poll(() => frames.find((frame) => frame['id'] === 2)).toMatchObject({ t: 'result' });
    });

    test('hangs up when an id is used twice at once', async () => {
      const { page } = await connected();

      page.send(JSON.stringify({ t: 'call', id: 1, path: 'desk.watch', input: {} }));
      page.send(JSON.stringify({ t: 'call', id: 1, path: 'desk.watch', input: {} }));

      await closed(page);
    });
  });
}

function serveDesk(port: Port): void {
  const handlers: Handlers<typeof contract, CallContext<object>> = {
    desk: {
      read: ({ id }) => ({ id }),
      write: ({ id }) => ({ id }),
      async *watch(_input, { signal }) {
        yield { n: 1 };
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
    },
  };
  let ids = 0;
  serve({
    port,
    contract,
    handlers,
    createSession: () => ({}),
    transactCommand: (_id, run) => run(),
    build: 'b1',
    newId: () => `id-${(ids += 1)}`,
    clock: createFakeClock(),
    log: silentLogger,
    checkOutput: true,
  });
}

function collect(port: Port): string[] {
  const frames: string[] = [];
  port.onFrame((text) => frames.push(text));
  return frames;
}

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

function closed(port: Port): Promise<void> {
  return new Promise((resolve) => port.onClose(resolve));
}

/** Time for what should not come to come. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
