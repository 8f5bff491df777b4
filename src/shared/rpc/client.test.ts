import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createPipe } from '../../../test/support/pipe.ts';
import { silentLogger } from '../../core/platform/logger.ts';
import { serve, type CallContext } from '../../core/rpc/serve.ts';
import { AppError } from '../errors.ts';
import { createClient, type ClientParts } from './client.ts';
import { command, query, stream, task, type Handlers } from './define.ts';
import type { Port } from './port.ts';

const number = z.strictObject({ n: z.int() });
const contract = {
  desk: {
    read: query(number, number),
    write: command(number, number),
    probe: task(number, number),
    changes: stream(z.strictObject({ since: z.int() }), number),
  },
} as const;

type Session = { person?: string };
type Desk = Handlers<typeof contract, CallContext<Session>>['desk'];

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A core that survives its connections, as the real one does. */
function createDesk(over: Partial<Desk> = {}, admit?: (session: Session) => void) {
  const clock = createFakeClock();
  const applied = new Map<string, unknown>();
  const writes: number[] = [];
  const ports: { page: Port; core: Port }[] = [];
  const aborted: string[] = [];
  let ids = 0;
  const desk: Desk = {
    read: ({ n }) => ({ n }),
    write: ({ n }) => {
      writes.push(n);
      return { n: n * 10 };
    },
    probe: async ({ n }, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      aborted.push('probe');
      return { n };
    },
    async *changes({ since }, { signal }) {
      yield { n: since + 1 };
      yield { n: since + 2 };
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      aborted.push('changes');
    },
    ...over,
  };
  const connect = (): Port => {
    const pipe = createPipe();
    ports.push(pipe);
    serve({
      port: pipe.core,
      contract,
      handlers: { desk },
      createSession: (): Session => ({}),
      ...(admit
        ? { admit: ({ path }, session) => (path === 'desk.probe' ? undefined : admit(session)) }
        : {}),
      transactCommand(id, run) {
        if (!applied.has(id)) applied.set(id, run());
        return applied.get(id);
      },
      build: 'b1',
      newId: () => `ref-${(ids += 1)}`,
      clock,
      log: silentLogger,
      checkOutput: true,
    });
    return pipe.page;
  };
  const open = (
    way: () => Port | Promise<Port> = connect,
    parts: Partial<ClientParts<typeof contract>> = {},
  ) => {
    const client = createClient(contract, way, {
      clock,
      random: () => 0,
      newId: () => crypto.randomUUID(),
      ...parts,
    });
    endings.push(() => client.connection.close());
    return client;
  };
  return { clock, connect, open, ports, writes, aborted, applied };
}

test('a question is answered, also one asked before the connection stands', async () => {
  const { rpc } = createDesk().open();

  await expect(rpc.desk.read({ n: 7 })).resolves.toEqual({ n: 7 });
});

test('a command whose answer was lost is done once and answered after the reconnect', async () => {
  const desk = createDesk();
  let first = true;
  const { rpc } = desk.open(() => {
    const port = desk.connect();
    if (!first) return port;
    first = false;
    // The answer is swallowed, then the line drops.
    return {
      ...port,
      onFrame: (listener) =>
        port.onFrame((text) => (text.includes('"result"') ? port.close() : listener(text))),
    };
  });

  const answer = rpc.desk.write({ n: 4 });
  await desk.clock.advance(1000);

  await expect(answer).resolves.toEqual({ n: 40 });
  expect(desk.writes).toEqual([4]);
  expect(desk.ports).toHaveLength(2);
});

test('two equal commands are two commands', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();

  await Promise.all([rpc.desk.write({ n: 1 }), rpc.desk.write({ n: 1 })]);

  expect(desk.writes).toEqual([1, 1]);
});

test('a task under way when the line drops fails instead of running twice', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();
  const answer = rpc.desk.probe({ n: 1 });
  const failure = answer.catch((error: unknown) => error);
  await desk.clock.advance(0);

  desk.ports[0]?.core.close();

  expect(await failure).toMatchObject({ code: 'unavailable' });
  await desk.clock.advance(0);
  expect(desk.aborted).toEqual(['probe']);
});

test('a stream goes on from the last revision seen after a reconnect', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();
  const seen: number[] = [];
  rpc.desk.changes(
    () => ({ since: seen.at(-1) ?? 0 }),
    ({ n }) => seen.push(n),
    { signal: new AbortController().signal },
  );
  await desk.clock.advance(0);
  expect(seen).toEqual([1, 2]);

  desk.ports[0]?.core.close();
  await desk.clock.advance(1000);

  expect(seen).toEqual([1, 2, 3, 4]);
  expect(desk.aborted).toEqual(['changes']);
});

test('a stream nobody follows any more is stopped in core', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();
  const stop = new AbortController();
  rpc.desk.changes({ since: 0 }, () => undefined, { signal: stop.signal });
  await desk.clock.advance(0);

  stop.abort();
  await desk.clock.advance(0);

  expect(desk.aborted).toEqual(['changes']);
});

test('a stream that core cannot open now is tried again; one that is refused ends', async () => {
  const codes = ['unavailable', 'denied'] as const;
  let opened = 0;
  const desk = createDesk({
    // oxlint-disable-next-line require-yield
    async *changes() {
      throw new AppError(codes[opened++] ?? 'internal');
    },
  });
  const { rpc } = desk.open();
  const ends: unknown[] = [];
  rpc.desk.changes({ since: 0 }, () => undefined, {
    signal: new AbortController().signal,
    onEnd: (error) => ends.push(error),
  });
  await desk.clock.advance(0);
  expect(ends).toEqual([]);

  await desk.clock.advance(1000);

  expect(ends).toMatchObject([{ code: 'denied' }]);
});

test('what the page stops waiting for is aborted in core', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();
  const stop = new AbortController();
  const answer = rpc.desk.probe({ n: 1 }, { signal: stop.signal }).catch((error: unknown) => error);
  await desk.clock.advance(0);

  stop.abort();

  expect(await answer).toMatchObject({ code: 'cancelled' });
  await desk.clock.advance(0);
  expect(desk.aborted).toEqual(['probe']);
});

test('the session is taken up before anything that waited is sent', async () => {
  const desk = createDesk(
    { probe: async ({ n }, { session }) => ((session.person = 'Anna'), { n }) },
    (session) => {
      if (!session.person) throw new AppError('denied');
    },
  );
  const { rpc } = desk.open(desk.connect, {
    prepare: async (straight) => void (await straight.desk.probe({ n: 1 })),
  });
  await expect(rpc.desk.read({ n: 1 })).resolves.toEqual({ n: 1 });

  desk.ports[0]?.core.close();
  const later = rpc.desk.write({ n: 2 });
  await desk.clock.advance(1000);

  await expect(later).resolves.toEqual({ n: 20 });
});

test('the state tells when the line was lost and when it is back, with growing pauses between', async () => {
  const desk = createDesk();
  const attempts: number[] = [];
  let up = true;
  const { connection } = desk.open(() => {
    attempts.push(desk.clock.elapsed());
    if (!up) throw new AppError('denied');
    return desk.connect();
  });
  const states: string[] = [];
  connection.subscribe(({ status }) => states.push(status));
  await desk.clock.advance(6000);
  expect(connection.state()).toMatchObject({ status: 'live', build: 'b1' });

  up = false;
  desk.ports[0]?.core.close();
  await desk.clock.advance(20_000);
  expect(connection.state()).toMatchObject({ status: 'lost', reason: 'denied' });
  const pauses = attempts.slice(2).map((at, index) => at - (attempts[index + 1] ?? 0));
  expect(pauses.slice(0, 6)).toEqual([300, 600, 1200, 2400, 2500, 2500]);

  up = true;
  connection.reconnectNow();
  await desk.clock.advance(0);
  expect(states.at(-1)).toBe('live');
});

test('a question that nobody answers ends in time, and a late answer harms nobody', async () => {
  const desk = createDesk({ read: () => new Promise(() => undefined) });
  const { rpc } = desk.open(desk.connect, { answerWithinMs: 5000 });
  const answer = rpc.desk.read({ n: 1 }).catch((error: unknown) => error);

  await desk.clock.advance(5000);

  expect(await answer).toMatchObject({ code: 'timeout' });
});

test('a core that does not greet is left and tried again', async () => {
  const desk = createDesk();
  const silent = createPipe();
  let first = true;
  const { rpc } = desk.open(() => {
    if (!first) return desk.connect();
    first = false;
    return silent.page;
  });
  const answer = rpc.desk.read({ n: 3 });

  await desk.clock.advance(11_000);

  await expect(answer).resolves.toEqual({ n: 3 });
});

test('a bug in a handler reaches the page as a reference and nothing else', async () => {
  const desk = createDesk({
    read: () => {
      throw new Error('SELECT password FROM secret');
    },
  });
  const { rpc } = desk.open();

  const failure: unknown = await rpc.desk.read({ n: 1 }).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'internal', details: { ref: expect.stringContaining('ref-') } });
  expect(JSON.stringify(failure)).not.toContain('SELECT');
});

test('an answer that breaks the contract is a bug, not an answer', async () => {
  const desk = createDesk({ read: () => ({ n: 'seven' }) as unknown as { n: number } });
  const { rpc } = desk.open();

  await expect(rpc.desk.read({ n: 1 })).rejects.toMatchObject({ code: 'internal' });
});

test('more open calls than a page needs are refused', async () => {
  const desk = createDesk();
  const { rpc } = desk.open();
  const stop = new AbortController();
  const open = Array.from({ length: 64 }, () => rpc.desk.probe({ n: 1 }, { signal: stop.signal }));
  const rest = Promise.allSettled(open);

  await expect(rpc.desk.probe({ n: 1 })).rejects.toMatchObject({ code: 'rate-limited' });
  stop.abort();
  await rest;
});

test('a closed client leaves no timer and answers no more', async () => {
  const desk = createDesk({ read: () => new Promise(() => undefined) });
  const { rpc, connection } = desk.open();
  const open = rpc.desk.read({ n: 1 }).catch((error: unknown) => error);
  await desk.clock.advance(0);

  connection.close();
  await desk.clock.advance(0);

  expect(await open).toMatchObject({ code: 'unavailable' });
  await expect(rpc.desk.read({ n: 1 })).rejects.toMatchObject({ code: 'unavailable' });
  expect(desk.clock.sleeping).toBe(0);
});
