import { AppError } from '../errors.ts';
import type { Time } from './connection.ts';
import type { ClientFrame, ServerFrame, WireError } from './frames.ts';
import type { Port } from './port.ts';

type Question = {
  readonly kind: 'query' | 'command' | 'task';
  readonly path: string;
  readonly input: unknown;
  /** Does not wait until the session is taken up again. */
  readonly urgent: boolean;
  readonly signal: AbortSignal | undefined;
};

type Following = {
  readonly path: string;
  readonly input: unknown;
  readonly onEvent: (event: unknown) => void;
  readonly urgent: boolean;
  readonly signal: AbortSignal;
  readonly onEnd?: (error: unknown) => void;
};

export type Calls = {
  ask(question: Question): Promise<unknown>;
  follow(following: Following): void;
  receive(frame: ServerFrame): void;
  /** A port is there; only urgent calls go out until `release`. */
  attach(port: Port): void;
  release(): void;
  detach(): void;
  /** No port will ever come again. */
  abandon(): void;
};

type Entry = {
  readonly id: number;
  readonly kind: 'query' | 'command' | 'task' | 'stream';
  readonly urgent: boolean;
  readonly frame: () => ClientFrame;
  sent: boolean;
  onValue(value: unknown): void;
  onEnd(error: AppError | undefined): void;
  /** As `onEnd`, with nothing to hope for. */
  giveUp(error: AppError): void;
};

type Parts = { readonly clock: Time; readonly newId: () => string; readonly answerWithinMs: number };

const reopenAfterMs = 1000;

/** The open calls of a page: what was lost with a connection is sent again where that is harmless. */
export function createCalls(parts: Parts): Calls {
  const entries = new Map<number, Entry>();
  let port: Port | undefined;
  let released = false;
  let wasLost = false;
  let over = false;
  let lastId = 0;

  const send = (entry: Entry) => {
    if (!port || entry.sent || (!released && !entry.urgent)) return;
    entry.sent = true;
    let text: string;
    try {
      text = JSON.stringify(entry.frame());
    } catch (error) {
      entry.onEnd(new AppError('invalid-input', { message: 'Input cannot be sent', cause: error }));
      return;
    }
    port.send(text);
  };

  const add = (make: (id: number) => Entry) => {
    lastId += 1;
    const entry = make(lastId);
    entries.set(entry.id, entry);
    send(entry);
    return entry;
  };

  const drop = (entry: Entry) => {
    if (entries.delete(entry.id) && entry.sent && port) {
      port.send(JSON.stringify({ t: 'stop', id: entry.id } satisfies ClientFrame));
    }
  };

  const table: Table = { ...parts, add, drop, forget: (id) => entries.delete(id), send };

  return {
    ask(question) {
      const { signal, kind } = question;
      if (over || (kind === 'task' && wasLost && !port)) return Promise.reject(new AppError('unavailable'));
      if (signal?.aborted) return Promise.reject(new AppError('cancelled', { cause: signal.reason }));
      return ask(table, question);
    },
    follow(following) {
      if (over) following.onEnd?.(new AppError('unavailable'));
      else if (!following.signal.aborted) follow(table, following);
    },
    receive(frame) {
      const entry = 'id' in frame ? entries.get(frame.id) : undefined;
      if (!entry) return;
      if (frame.t === 'result' || frame.t === 'event') entry.onValue(frame.value);
      else if (frame.t === 'error') entry.onEnd(toError(frame.error));
      else entry.onEnd(undefined);
    },
    attach(next) {
      port = next;
      released = false;
      for (const entry of entries.values()) send(entry);
    },
    release() {
      released = true;
      for (const entry of entries.values()) send(entry);
    },
    detach() {
      port = undefined;
      released = false;
      wasLost = true;
      for (const entry of entries.values()) {
        const wasSent = entry.sent;
        entry.sent = false;
        if (entry.urgent || (wasSent && entry.kind === 'task')) entry.giveUp(new AppError('unavailable'));
      }
    },
    abandon() {
      over = true;
      for (const entry of entries.values()) entry.giveUp(new AppError('unavailable'));
    },
  };
}

type Table = Parts & {
  readonly add: (make: (id: number) => Entry) => Entry;
  /** Forgets and tells core to stop. */
  readonly drop: (entry: Entry) => void;
  readonly forget: (id: number) => void;
  readonly send: (entry: Entry) => void;
};

function ask(table: Table, { kind, path, input, urgent, signal }: Question): Promise<unknown> {
  const commandId = kind === 'command' ? table.newId() : undefined;
  const answer = Promise.withResolvers<unknown>();
  const settled = new AbortController();
  const entry = table.add((id) => {
    const finish = (settle: () => void) => {
      table.forget(id);
      settled.abort();
      settle();
    };
    return {
      id,
      kind,
      urgent,
      sent: false,
      frame: () => ({ t: 'call', id, path, input, ...(commandId === undefined ? {} : { commandId }) }),
      onValue: (value) => finish(() => answer.resolve(value)),
      onEnd: (error) => finish(() => answer.reject(error ?? new AppError('cancelled'))),
      giveUp: (error) => finish(() => answer.reject(error)),
    };
  });
  const stop = (error: AppError) => {
    table.drop(entry);
    entry.giveUp(error);
  };
  const { signal: settledSignal } = settled;
  signal?.addEventListener('abort', () => stop(new AppError('cancelled', { cause: signal.reason })), {
    once: true,
    signal: settledSignal,
  });
  // A task takes as long as its servers do; core has limits of its own for each.
  if (kind !== 'task' && !settledSignal.aborted) {
    table.clock.sleep(table.answerWithinMs, settledSignal).then(
      () => stop(new AppError('timeout', { details: { reason: 'no-answer' } })),
      () => undefined,
    );
  }
  return answer.promise;
}

function follow(table: Table, { path, input, onEvent, urgent, signal, onEnd }: Following): void {
  const stopped = new AbortController();
  const entry = table.add((id) => {
    const finish = (error: AppError | undefined) => {
      table.forget(id);
      stopped.abort();
      onEnd?.(error);
    };
    const end = (error: AppError | undefined) => {
      if (urgent || !error || !isPassing(error)) finish(error);
      else reopenLater(error);
    };
    const reopenLater = (error: AppError) => {
      table.clock.sleep(error.retryAfterMs ?? reopenAfterMs, stopped.signal).then(
        () => {
          entry.sent = false;
          table.send(entry);
        },
        () => undefined,
      );
    };
    return {
      id,
      kind: 'stream',
      urgent,
      sent: false,
      frame: () => ({ t: 'call', id, path, input: typeof input === 'function' ? input() : input }),
      onValue: onEvent,
      onEnd: end,
      giveUp: finish,
    };
  });
  const leave = () => {
    table.drop(entry);
    stopped.abort();
  };
  signal.addEventListener('abort', leave, { once: true, signal: stopped.signal });
}

/** Core could not open the stream now, which says nothing about later. */
function isPassing(error: AppError): boolean {
  return error.code === 'unavailable' || error.code === 'rate-limited';
}

function toError({ code, ref, details, retryAfterMs }: WireError): AppError {
  return new AppError(code, {
    details: { ...details, ref },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
