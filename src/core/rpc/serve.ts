import type { z } from 'zod';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Contract, Handlers, Procedure } from '../../shared/rpc/define.ts';
import { frameLimits } from '../../shared/rpc/frame-limits.ts';
import type { ClientFrame, ServerFrame } from '../../shared/rpc/frames.ts';
import { protocol, readClientFrame } from '../../shared/rpc/frames.ts';
import type { Port } from '../../shared/rpc/port.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

/** What a handler is handed besides its input: its connection's memory, and when the caller stops listening. */
export type CallContext<S> = { readonly session: S; readonly signal: AbortSignal };

export type CallInfo = { readonly path: string; readonly kind: Procedure['kind'] };

export type ServeParts<C extends Contract, S> = {
  readonly port: Port;
  readonly contract: C;
  readonly handlers: Handlers<C, CallContext<S>>;
  /** Made once per connection; handlers may write to it (who signed in). */
  readonly createSession: (sessionId: string) => S;
  /** Throws to refuse a call before its input is looked at: nobody has signed in yet. */
  readonly admit?: (call: CallInfo, session: S) => void;
  /** One transaction around the command and the note that it was done; a known id answers what it answered. */
  readonly transactCommand: (commandId: string, run: () => unknown) => unknown;
  readonly build: string;
  /** For session ids and error references. */
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tests and development: a handler that breaks its contract is a bug to hear about. */
  readonly checkOutput?: boolean;
  readonly maxOpenCalls?: number;
  readonly onClose?: (session: S) => void;
};

type Call = Extract<ClientFrame, { t: 'call' }>;
type AnyHandler = (input: unknown, context: unknown) => unknown;
type Found = { readonly procedure: Procedure; readonly handler: AnyHandler };

/** Answers the calls of one page until its port closes, which aborts whatever is still open. */
export function serve<C extends Contract, S>(parts: ServeParts<C, S>): void {
  const { port, newId, createSession, maxOpenCalls = 64 } = parts;
  const open = new Map<number, AbortController>();
  const sessionId = newId();
  const session = createSession(sessionId);
  const log = parts.log.child({ sessionId });

  const send = (frame: ServerFrame) => {
    const text = JSON.stringify(frame);
    if (text.length > frameLimits.maxLength && 'id' in frame) {
      throw new AppError('internal', { message: `Answer of ${text.length} characters is too large` });
    }
    port.send(text);
  };

  const fail = (call: Call, thrown: unknown) => {
    const error = toAppError(thrown);
    const ref = newId();
    if (error.code === 'internal') log.error({ ref, path: call.path, err: error }, 'rpc.failed');
    else log.debug({ ref, path: call.path, code: error.code, reason: error.reason }, 'rpc.refused');
    const details = error.code === 'internal' ? {} : error.details;
    const retry = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
    send({ t: 'error', id: call.id, error: { code: error.code, ref, details, ...retry } });
  };

  const answer = async (call: Call) => {
    if (open.size >= maxOpenCalls) {
      fail(call, new AppError('rate-limited', { details: { reason: 'too-many-calls' }, retryAfterMs: 1000 }));
      return;
    }
    const controller = new AbortController();
    open.set(call.id, controller);
    try {
      await perform(parts, call, { session, signal: controller.signal }, send);
    } catch (thrown) {
      fail(call, controller.signal.aborted ? new AppError('cancelled', { cause: thrown }) : thrown);
    } finally {
      open.delete(call.id);
    }
  };

  port.onFrame((text) => {
    const frame = readClientFrame(text);
    if (!frame || (frame.t === 'call' && open.has(frame.id))) {
      log.warn({ length: text.length }, 'rpc.hostile-frame');
      port.close();
    } else if (frame.t === 'stop') {
      open.get(frame.id)?.abort(new AppError('cancelled'));
    } else {
      void answer(frame).catch((error: unknown) => log.error({ err: error }, 'rpc.answer-lost'));
    }
  });
  port.onClose(() => {
    for (const controller of open.values()) controller.abort(new AppError('cancelled'));
    parts.onClose?.(session);
  });
  send({ t: 'hello', protocol, sessionId, build: parts.build });
}

type Context<S> = CallContext<S>;

async function perform<C extends Contract, S>(
  parts: ServeParts<C, S>,
  call: Call,
  context: Context<S>,
  send: (frame: ServerFrame) => void,
): Promise<void> {
  const { procedure, handler } = find(parts, call.path);
  parts.admit?.({ path: call.path, kind: procedure.kind }, context.session);
  const input = parse(procedure.input, call.input);
  const { commandId } = call;
  if ((procedure.kind === 'command') !== (commandId !== undefined)) {
    throw new AppError('invalid-input', { details: { reason: 'command-id' } });
  }
  const startedMs = parts.clock.elapsed();
  if (procedure.kind === 'stream') {
    await pump(parts, { procedure, call, context, send }, handler(input, context));
  } else {
    const value =
      commandId === undefined
        ? await handler(input, context)
        : parts.transactCommand(commandId, () => handler(input, context));
    check(parts, procedure, value);
    send({ t: 'result', id: call.id, value });
  }
  parts.log.debug({ path: call.path, ms: Math.round(parts.clock.elapsed() - startedMs) }, 'rpc.answered');
}

type Streaming<S> = {
  readonly procedure: Procedure;
  readonly call: Call;
  readonly context: Context<S>;
  readonly send: (frame: ServerFrame) => void;
};

/** One event is asked for at a time, so a handler that waits for its reader is never flooded. */
async function pump<C extends Contract, S>(
  parts: ServeParts<C, S>,
  { procedure, call, context, send }: Streaming<S>,
  events: unknown,
): Promise<void> {
  const iterator = (events as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const stopped = new Promise<'stopped'>((resolve) => {
    if (context.signal.aborted) resolve('stopped');
    context.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), stopped]);
      if (next === 'stopped' || next.done) break;
      check(parts, procedure, next.value);
      send({ t: 'event', id: call.id, value: next.value });
    }
  } finally {
    // Not awaited: a generator that sleeps without its signal would keep the page waiting for its `end`.
    void Promise.resolve(iterator.return?.()).catch((error: unknown) => {
      if (toAppError(error).code !== 'cancelled') parts.log.error({ err: error }, 'rpc.stream-failed');
    });
  }
  send({ t: 'end', id: call.id });
}

function find<C extends Contract, S>({ contract, handlers }: ServeParts<C, S>, path: string): Found {
  const [group = '', name = '', ...rest] = path.split('.');
  const procedures = Object.hasOwn(contract, group) ? contract[group] : undefined;
  const procedure = procedures && Object.hasOwn(procedures, name) ? procedures[name] : undefined;
  const ofGroup = handlers[group] as Readonly<Record<string, AnyHandler>> | undefined;
  const handler = ofGroup?.[name];
  if (!procedure || !handler || rest.length > 0) {
    throw new AppError('not-found', { details: { reason: 'procedure-unknown' } });
  }
  return { procedure, handler };
}

function parse(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('invalid-input', {
    message: parsed.error.message,
    details: { field: issue?.path.join('.') ?? '', issue: issue?.code ?? 'unknown' },
  });
}

function check<C extends Contract, S>(parts: ServeParts<C, S>, procedure: Procedure, value: unknown): void {
  if (!parts.checkOutput) return;
  const parsed = procedure.output.safeParse(value);
  if (!parsed.success) throw new Error(`An answer breaks its contract: ${parsed.error.message}`);
}

/** For the start of the backend: a handler missing or misspelt is found before the first call. */
export function assertHandlers(contract: Contract, handlers: Readonly<Record<string, object>>): void {
  for (const [group, procedures] of Object.entries(contract)) {
    const expected = Object.keys(procedures);
    const present = Object.keys(handlers[group] ?? {});
    const wrong = [
      ...expected.filter((name) => !present.includes(name)),
      ...present.filter((name) => !expected.includes(name)),
    ];
    if (wrong.length > 0)
      throw new Error(`Handlers of ${group} do not fit the contract: ${wrong.join(', ')}`);
  }
}
