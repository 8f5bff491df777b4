import { describe, expect, onTestFinished, test } from 'vitest';
import type {
  Asked,
  Dispatch,
  DriverParts,
  InboundAnswer,
  RouteDriver,
  RouteInbox,
  StatusReport,
} from '../../src/core/notify/route-driver.ts';
import { routeTroubles, type RouteTrouble } from '../../src/core/notify/route-errors.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import type { RouteKind } from '../../src/shared/domain/route-kinds.ts';
import { routeKinds } from '../../src/shared/domain/route-kinds.ts';
import { AppError, toAppError } from '../../src/shared/errors.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

/** How the service behaves from now on; it keeps what it was given either way. */
export type RouteScene =
  | 'well'
  /** This message or this recipient is not taken, with a proper answer. */
  | 'refuses'
  /** Too much, too fast. */
  | 'throttles'
  /** Takes the message and never answers. */
  | 'silent'
  /** Takes the message and cuts the connection. */
  | 'hangs-up'
  /** Takes the message and answers what nobody can read. */
  | 'garbage'
  /** Knows neither the login nor the key. */
  | 'locked-out';

/** One driver with the fake it talks to, fresh for every test. */
export type RouteRig = {
  readonly driver: RouteDriver;
  /** As the route is configured; a silent service is given up after it. */
  readonly timeoutMs: number;
  /** Address and whatever else this kind needs of a message. */
  readonly dispatch: Partial<Dispatch>;
  play(scene: RouteScene): void;
  /** The service is gone: its port refuses connections. */
  leave(): Promise<void>;
  /** Messages that reached the service, answered or not, as their readers would see them. */
  taken(): readonly { readonly text: string }[];
  /** What a refusal of the scene `refuses` is called. */
  readonly refusal: RouteTrouble;
  /** What the scene `throttles` asks to wait; undefined when its service says no time. */
  readonly throttledMs: number | undefined;
  /** False where nobody logs in. */
  readonly logsIn?: boolean;
  /** False where the service gives its messages no names. */
  readonly names?: boolean;
  /** How a later word about the last message comes; left out where nothing more is ever learnt. */
  readonly receipts?:
    | { readonly by: 'poll'; readonly deliver: () => void | Promise<void> }
    | {
        readonly by: 'listening';
        readonly deliver: () => void | Promise<void>;
        /** The same word once more, as services do that were not heard the first time. */
        readonly repeat: () => void | Promise<void>;
      };
  stop(): Promise<void>;
};

export type StartRig = (parts: DriverParts & { readonly clock: FakeClock }) => Promise<RouteRig>;

export const hostileText = 'Опора 7: «нет 220 В», "ключ" & <b>A\\B</b>; {{code}} %7B$& 🗼\r\nвторая строка';

/** The same promises for every way of sending, each against a real server that checks what it is given. */
export function describeRoute(kind: RouteKind, start: StartRig): void {
  describe(`route ${kind}`, () => {
    describeOutcomes(start);
    describeHooks(start);
    describeLater(kind, start);
  });
}

async function open(start: StartRig) {
  const clock = createFakeClock();
  const rig = await start({ clock, random: createSeededRandom(7), log: silentLogger });
  onTestFinished(async () => {
    await rig.driver.close?.();
    await rig.stop();
  });
  const journal = { wrote: 0, takenAtWrote: -1 };
  const hooks = {
    wrote: () => {
      journal.wrote += 1;
      journal.takenAtWrote = rig.taken().length;
    },
  };
  const never = new AbortController().signal;
  const send = (over: Partial<Dispatch> = {}) => rig.driver.send(makeDispatch(rig, over), hooks, never);
  return { rig, clock, journal, send, never };
}

export function makeDispatch(rig: Pick<RouteRig, 'dispatch'>, over: Partial<Dispatch> = {}): Dispatch {
  return {
    deliveryId: 1,
    uuid: '0197f0a0-0000-7000-8000-000000000001',
    address: '79005550112',
    name: 'Техник Седов',
    title: 'PLT-2026-0042',
    text: 'Мачта без питания',
    urgency: 'urgent',
    verbs: [],
    code: 'AB23KX',
    files: [],
    ...rig.dispatch,
    ...over,
  };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => new AppError('internal', { message: 'it went well' }),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return toAppError(thrown);
}

const certaintyOf = (error: AppError) => error.details['certainty'];
const isRouteTrouble = (reason: string | undefined) => routeTroubles.some((trouble) => trouble === reason);

function describeOutcomes(start: StartRig): void {
  test('a message that is taken is told by what its service calls it', async () => {
    const { rig, journal, send } = await open(start);

    const sent = await send();

    expect(rig.driver.receipts).toContain('accepted');
    expect(rig.driver.receipts).toContain(sent.status);
    expect(sent.providerId ?? '').toMatch(rig.names === false ? /^/ : /./);
    expect(journal).toEqual({ wrote: 1, takenAtWrote: 0 });
    expect(rig.taken()).toHaveLength(1);
  });

  test('words that mean something to a protocol come through as they were written', async () => {
    const { rig, send } = await open(start);

    await send({ text: hostileText });

    const seen = rig.taken()[0]?.text.replaceAll('\r\n', '\n') ?? '';
    expect(seen).toContain(hostileText.replaceAll('\r\n', '\n'));
  });

  test('a refusal is a refusal, with its reason', async () => {
    const { rig, send } = await open(start);
    rig.play('refuses');

    const error = await failureOf(send());

    expect(error.reason).toBe(rig.refusal);
    expect(certaintyOf(error)).toBe('refused');
  });

  test('a service that asks to slow down is asked again no sooner than it says', async () => {
    const { rig, send } = await open(start);
    rig.play('throttles');

    const error = await failureOf(send());

    expect(error.reason).toBe('route-throttled');
    expect(error.code).toBe('rate-limited');
    expect(certaintyOf(error)).not.toBe('unknown');
    expect(error.retryAfterMs).toBe(rig.throttledMs);
  });

  test('no answer in time after the message was written leaves its fate unknown', async () => {
    const { rig, clock, send, journal } = await open(start);
    rig.play('silent');

    const failure = failureOf(send());
    await expect.poll(() => rig.taken().length).toBe(1);
    await clock.advance(rig.timeoutMs);
    const error = await failure;

    expect(certaintyOf(error)).toBe('unknown');
    expect(error.reason).toBe('route-timeout');
    expect(journal.wrote).toBe(1);
  });

  test('a connection cut after the message was written leaves its fate unknown', async () => {
    const { rig, send } = await open(start);
    rig.play('hangs-up');

    const error = await failureOf(send());

    expect(certaintyOf(error)).toBe('unknown');
    expect(isRouteTrouble(error.reason), error.reason).toBe(true);
  });

  test('an answer that nobody can read is never taken for success', async () => {
    const { rig, send } = await open(start);
    rig.play('garbage');

    const error = await failureOf(send());

    expect(['unknown', 'refused']).toContain(certaintyOf(error));
    expect(isRouteTrouble(error.reason), error.reason).toBe(true);
  });

  test('a service that is gone has certainly got nothing, and stands in the way of the whole route', async () => {
    const { rig, send, journal } = await open(start);
    await rig.leave();

    const error = await failureOf(send());

    expect(certaintyOf(error)).toBe('not-sent');
    expect(error.details['scope']).toBe('route');
    expect(isRouteTrouble(error.reason), error.reason).toBe(true);
    expect(journal.wrote).toBe(0);
  });

  test('a login that is not accepted waits for a person, and the test button says so', async () => {
    const { rig, send, never } = await open(start);
    if (rig.logsIn === false) {
      expect((await rig.driver.test(never)).facts).toBeDefined();
      return;
    }
    rig.play('locked-out');

    const error = await failureOf(send());
    const tested = await failureOf(rig.driver.test(never));

    expect(error.reason).toBe('route-login-refused');
    expect(error.code).toBe('denied');
    expect(error.details['scope']).toBe('route');
    expect(certaintyOf(error)).not.toBe('unknown');
    expect(tested.reason).toBe('route-login-refused');
  });

  test('the test button learns something and sends nothing', async () => {
    const { rig, never } = await open(start);

    const { facts } = await rig.driver.test(never);

    expect(Object.keys(facts).length).toBeGreaterThan(0);
    expect(rig.taken()).toHaveLength(0);
  });
}

function describeHooks(start: StartRig): void {
  test('a message that was taken back at the last moment does not leave', async () => {
    const { rig, never } = await open(start);
    const hooks = {
      wrote: () => {
        throw new AppError('cancelled');
      },
    };

    const error = await failureOf(rig.driver.send(makeDispatch(rig), hooks, never));

    expect(error.code).toBe('cancelled');
    expect(rig.taken()).toHaveLength(0);
  });

  test('a desk that is stopping sends nothing more', async () => {
    const { rig, journal } = await open(start);
    const stopping = new AbortController();
    stopping.abort();

    const hooks = { wrote: () => void (journal.wrote += 1) };
    const error = await failureOf(rig.driver.send(makeDispatch(rig), hooks, stopping.signal));

    expect(error.code).toBe('cancelled');
    expect(journal.wrote).toBe(0);
    expect(rig.taken()).toHaveLength(0);
  });

  test('a desk that stops while the answer is awaited does not wait for it', async () => {
    const { rig } = await open(start);
    rig.play('silent');
    const stopping = new AbortController();

    const failure = failureOf(rig.driver.send(makeDispatch(rig), { wrote: () => {} }, stopping.signal));
    await expect.poll(() => rig.taken().length).toBe(1);
    stopping.abort();

    expect(certaintyOf(await failure)).toBe('unknown');
  });

  test('one message tried twice is taken once where the route says so, and only there', async () => {
    const { rig, send } = await open(start);

    const first = await send();
    // A service that knows no keys may still refuse the same words within a minute.
    const second = rig.driver.isIdempotent ? await send() : await send().catch(() => undefined);

    expect(rig.taken()).toHaveLength(rig.driver.isIdempotent || !second ? 1 : 2);
    if (rig.driver.isIdempotent) expect(second?.providerId).toBe(first.providerId);
  });
}

function describeLater(kind: RouteKind, start: StartRig): void {
  test('it can tell no more about a message than its kind says', async () => {
    const { rig } = await open(start);

    for (const receipt of rig.driver.receipts) expect(routeKinds[kind].receipts).toContain(receipt);
    if (rig.driver.listen) expect(routeKinds[kind].listens).toBe(true);
  });

  test('a late receipt is understood, and a repeated one is the same event', async () => {
    const { rig, send, never } = await open(start);
    const { receipts } = rig;
    if (!receipts) {
      expect(rig.driver.poll).toBeUndefined();
      return;
    }
    const sent = await send();
    const asked = askedOf(rig, sent.providerId);

    if (receipts.by === 'poll') {
      const early = (await rig.driver.poll?.([asked], never)) ?? [];
      for (const { report } of early) expect(report.status).toBe('accepted');
      await receipts.deliver();
      const once = await rig.driver.poll?.([asked], never);
      const twice = await rig.driver.poll?.([asked], never);
      expect(once).toEqual([
        { providerId: sent.providerId, report: expect.objectContaining({ status: 'delivered' }) },
      ]);
      expect(twice).toEqual(once);
      return;
    }
    const inbox = createMemoryInbox();
    const hearing = listen(rig.driver, inbox);
    onTestFinished(hearing.stop);
    await receipts.deliver();
    await expect.poll(() => inbox.receipts.length).toBe(1);
    await receipts.repeat();
    await expect.poll(() => inbox.receipts.length).toBe(2);
    const [first, second] = inbox.receipts;
    expect(first?.providerId).toBe(sent.providerId);
    expect(second?.eventId).toBe(first?.eventId);
    expect(second?.report).toEqual(first?.report);
  });

  test('a message that the service never heard of is left out', async () => {
    const { rig, never } = await open(start);
    if (!rig.driver.poll) {
      expect(rig.receipts?.by).not.toBe('poll');
      return;
    }

    const polled = await rig.driver.poll([askedOf(rig, '999999999')], never);

    expect(polled).toEqual([]);
  });
}

export function askedOf(rig: Pick<RouteRig, 'dispatch'>, providerId: string | null): Asked {
  const { uuid, address, text } = makeDispatch(rig);
  return { uuid, address, providerId, text, sentAt: createFakeClock().now() };
}

export type MemoryInbox = RouteInbox & {
  readonly receipts: readonly {
    readonly providerId: string;
    readonly eventId: string;
    readonly at: number;
    readonly report: StatusReport;
  }[];
  readonly answers: readonly InboundAnswer[];
  readonly moves: readonly Parameters<RouteInbox['moved']>[0][];
  readonly bound: readonly { readonly code: string; readonly chatId: string }[];
  readonly shut: readonly { readonly chatId: string; readonly isBlocked: boolean }[];
};

/** Takes everything, as often as it is told; `reply` is what it says back to an answer. */
export function createMemoryInbox(over: Partial<RouteInbox> & { readonly reply?: string } = {}): MemoryInbox {
  const receipts: MemoryInbox['receipts'][number][] = [];
  const answers: InboundAnswer[] = [];
  const moves: MemoryInbox['moves'][number][] = [];
  const bound: MemoryInbox['bound'][number][] = [];
  const shut: MemoryInbox['shut'][number][] = [];
  let cursor = '';
  return {
    receipts,
    answers,
    moves,
    bound,
    shut,
    receipt: (event) => void receipts.push(event),
    answer: (event) => {
      answers.push(event);
      return { reply: over.reply ?? null, verb: event.verb };
    },
    moved: (event) => void moves.push(event),
    bind: (event) => {
      bound.push(event);
      return { name: 'Техник Седов' };
    },
    knows: () => true,
    blocked: (chatId, isBlocked) => void shut.push({ chatId, isBlocked }),
    store: async ({ bytes, fileName, mimeType }) => ({
      sha256: Buffer.from(bytes).toString('hex').slice(0, 64).padEnd(64, '0'),
      fileName,
      mimeType,
      size: bytes.length,
    }),
    cursor: () => cursor,
    saveCursor: (next) => {
      cursor = next;
    },
    ...over,
  };
}

/** Listens until stopped; a connection that ends is not made again. */
export function listen(driver: RouteDriver, inbox: RouteInbox) {
  const stopping = new AbortController();
  const done = (driver.listen?.(inbox, stopping.signal) ?? Promise.resolve()).catch(() => {});
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}
