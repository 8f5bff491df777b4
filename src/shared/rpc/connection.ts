import { AppError, toAppError, type ErrorCode } from '../errors.ts';
import { protocol, readServerFrame, type Hello, type ServerFrame } from './frames.ts';
import type { Port } from './port.ts';

export type ConnectionState = {
  readonly status: 'connecting' | 'live' | 'lost';
  /** Epoch milliseconds. */
  readonly since: number;
  /** Why the last attempt failed; `denied` means that waiting will not help. */
  readonly reason?: ErrorCode;
  /** Of the core last spoken to; a page of another build reloads. */
  readonly build?: string;
};

export type Connection = {
  state(): ConnectionState;
  /** Returns the way to unsubscribe. */
  subscribe(listener: (state: ConnectionState) => void): () => void;
  /** Cuts the wait before the next attempt short: the machine woke up, or a person pressed. */
  reconnectNow(): void;
  /** For good. */
  close(): void;
};

export type ConnectionParts = {
  readonly connect: () => Port | Promise<Port>;
  readonly clock: Time;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onFrame: (frame: ServerFrame) => void;
  /** The connection counts as live when this resolves. */
  readonly onOpen: (port: Port, hello: Hello) => Promise<void>;
  readonly onClosed: () => void;
  readonly onEnd: () => void;
};

/** The part of core's Clock that runs in a page too. */
export type Time = { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> };

const firstWaitMs = 300;
const longestWaitMs = 5000;
const helloWithinMs = 10_000;

/** A core that accepts and drops at once is not worth a quick return. */
const usefulMs = 5000;

/** Keeps one port open, with growing pauses between attempts. */
export function createConnection(parts: ConnectionParts): Connection {
  const { clock, random } = parts;
  const listeners = new Set<(state: ConnectionState) => void>();
  const ended = new AbortController();
  let pause = new AbortController();
  let state: ConnectionState = { status: 'connecting', since: clock.now() };

  const change = (next: Omit<ConnectionState, 'since'>) => {
    const since = next.status === state.status ? state.since : clock.now();
    state = { ...(state.build === undefined ? {} : { build: state.build }), ...next, since };
    for (const listener of listeners) {
      try {
        listener(state);
      } catch (error) {
        // A fault of the screen is reported as one and must not end the connection.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const run = async () => {
    for (let failures = 0; !ended.signal.aborted; failures += 1) {
      const onLive = (hello: Hello) => change({ status: 'live', build: hello.build });
      const { error, liveAt } = await openSession(parts, ended.signal, onLive);
      if (ended.signal.aborted) return;
      if (liveAt !== undefined && clock.now() - liveAt >= usefulMs) failures = 0;
      change({ status: 'lost', ...(error ? { reason: error.code } : {}) });
      pause = new AbortController();
      const ceilingMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10));
      await clock
        .sleep(ceilingMs * (0.5 + random() / 2), AbortSignal.any([pause.signal, ended.signal]))
        .catch(() => undefined);
    }
  };
  void run();

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reconnectNow: () => pause.abort(),
    close() {
      if (ended.signal.aborted) return;
      ended.abort();
      parts.onEnd();
    },
  };
}

type Ended = { readonly error: AppError | undefined; readonly liveAt: number | undefined };

/** One connection from the attempt to its close; never rejects. */
async function openSession(
  { connect, clock, onFrame, onOpen, onClosed }: ConnectionParts,
  ended: AbortSignal,
  onLive: (hello: Hello) => void,
): Promise<Ended> {
  let liveAt: number | undefined;
  let port: Port | undefined;
  let opened = false;
  const done = new AbortController();
  try {
    port = await connect();
    ended.addEventListener('abort', port.close, { once: true, signal: done.signal });
    if (ended.aborted) port.close();
    const { greeted, closed } = listen(port, onFrame);
    const gone = closed.then(() => Promise.reject(new AppError('unavailable')));
    const hello = await Promise.race([greeted, gone, tooLate(clock, done.signal)]);
    opened = true;
    await Promise.race([onOpen(port, hello), gone]);
    liveAt = clock.now();
    onLive(hello);
    await closed;
    return { error: undefined, liveAt };
  } catch (thrown) {
    return { error: toAppError(thrown), liveAt };
  } finally {
    done.abort();
    port?.close();
    if (opened) onClosed();
  }
}

async function tooLate(clock: Time, signal: AbortSignal): Promise<never> {
  await clock.sleep(helloWithinMs, signal);
  throw new AppError('timeout', { message: 'Core did not greet' });
}

function listen(port: Port, onFrame: (frame: ServerFrame) => void) {
  const greeted = Promise.withResolvers<Hello>();
  const closed = Promise.withResolvers<void>();
  port.onClose(closed.resolve);
  port.onFrame((text) => {
    const frame = readServerFrame(text);
    if (!frame) port.close();
    else if (frame.t !== 'hello') onFrame(frame);
    else if (frame.protocol === protocol) greeted.resolve(frame);
    else greeted.reject(new AppError('conflict', { details: { reason: 'other-protocol' } }));
  });
  return { greeted: greeted.promise, closed: closed.promise };
}
