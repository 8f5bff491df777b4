import type { Socket } from 'node:net';
import { AppError, toAppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Certainty } from '../../channel.ts';
import { openSocket, type SocketTarget } from '../../open-socket.ts';
import { routeError } from '../../route-errors.ts';
import { commands, createPduReader, createReader, createWriter, encodePdu, type Pdu } from './pdu.ts';

export type SmppLogin = {
  readonly target: SocketTarget;
  readonly proxy: string;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly timeoutMs: number;
};

export type Session = {
  /** What the centre calls itself. */
  readonly centre: string;
  readonly isOpen: () => boolean;
  /** Resolves with the answer whatever its status is; rejects as `unknown` when none comes. */
  ask(command: number, body: Buffer, signal: AbortSignal): Promise<Pdu>;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  /** Says good-bye, waits for the answer a while, and hangs up. */
  close(): Promise<void>;
};

/** Takes what a telephone says; resolves to the status the centre is answered with. */
export type Hear = (body: Buffer) => number;

type Waiting = { readonly resolve: (pdu: Pdu) => void; readonly reject: (error: unknown) => void };

/** A quiet line is asked whether it is still there: many centres hang up after a minute without a word. */
const enquireMs = 30_000;
const byeMs = 3000;

/** SMPP 3.4, 2.2: one connection that sends and hears. */
const version = 0x34;

/** Connects and binds; rejects with `not-sent` when that does not succeed. */
export async function openSession(
  clock: Clock,
  login: SmppLogin,
  hear: Hear,
  signal: AbortSignal,
): Promise<Session> {
  const deadline = new AbortController();
  const done = new AbortController();
  clock.sleep(login.timeoutMs, done.signal).then(
    () => deadline.abort(),
    () => undefined,
  );
  const ending = AbortSignal.any([signal, deadline.signal]);
  try {
    const socket = await openSocket(login.target, login.proxy, ending);
    const line = createLine(clock, socket, login.timeoutMs, hear);
    const answer = await line
      .ask(commands.bindTransceiver, bindBody(login), ending)
      .catch((thrown: unknown) => {
        socket.destroy();
        throw thrown;
      });
    if (answer.status !== 0) {
      socket.destroy();
      throw bindRefusal(answer.status);
    }
    return { ...line, centre: createReader(answer.body).text() };
  } catch (thrown) {
    throw notSent(thrown, signal, deadline.signal);
  } finally {
    done.abort();
  }
}

function notSent(thrown: unknown, stopping: AbortSignal, late: AbortSignal): AppError {
  if (stopping.aborted)
    return new AppError('cancelled', { details: { certainty: 'not-sent' }, cause: thrown });
  if (late.aborted) return routeError('route-timeout', { certainty: 'not-sent' });
  const error = toAppError(thrown);
  if (error.details['certainty'] === 'not-sent') return error;
  return routeError('route-unavailable', { certainty: 'not-sent', raw: error.message, cause: thrown });
}

function bindBody({ systemId, password, systemType }: SmppLogin): Buffer {
  return createWriter()
    .text(systemId, 16)
    .text(password, 9)
    .text(systemType, 13)
    .byte(version)
    .byte(0)
    .byte(0)
    .text('', 41)
    .done();
}

/** 0x0D bind failed, 0x0E wrong password, 0x0F wrong name; the rest passes by itself. */
function bindRefusal(status: number): AppError {
  const raw = `bind 0x${status.toString(16)}`;
  const isLogin = [0x0d, 0x0e, 0x0f].includes(status);
  return routeError(isLogin ? 'route-login-refused' : 'route-unavailable', { certainty: 'not-sent', raw });
}

function createLine(clock: Clock, socket: Socket, timeoutMs: number, hear: Hear) {
  const waiting = new Map<number, Waiting>();
  const read = createPduReader();
  const over = new AbortController();
  let sequence = 0;
  let ended: () => void = () => {};
  const whenEnded = new Promise<void>((resolve) => {
    ended = resolve;
  });

  const end = (why: unknown) => {
    if (over.signal.aborted) return;
    over.abort();
    socket.destroy();
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
    ended();
  };
  const say = (command: number, status: number, number: number, body: Buffer) =>
    void socket.write(encodePdu({ command, status, sequence: number, body }));

  const ask = (command: number, body: Buffer, signal: AbortSignal): Promise<Pdu> => {
    if (over.signal.aborted) {
      return Promise.reject(routeError('route-unavailable', { certainty: 'not-sent' }));
    }
    if (signal.aborted) return Promise.reject(cancelled('not-sent'));
    sequence = (sequence % 0x7fffffff) + 1;
    const number = sequence;
    const done = new AbortController();
    const answered = new Promise<Pdu>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      signal.addEventListener('abort', () => reject(cancelled('unknown')), {
        once: true,
        signal: done.signal,
      });
      clock.sleep(timeoutMs, done.signal).then(
        () => reject(routeError('route-timeout', { certainty: 'unknown' })),
        () => undefined,
      );
    });
    say(command, 0, number, body);
    return answered.finally(() => {
      done.abort();
      waiting.delete(number);
    });
  };

  const take = ({ command, status, sequence: number, body }: Pdu) => {
    if (command >= commands.genericNack) {
      waiting.get(number)?.resolve({ command, status, sequence: number, body });
    } else if (command === commands.deliverSm) {
      say(commands.deliverSmResp, hear(body), number, Buffer.from([0]));
    } else if (command === commands.enquireLink) {
      say(commands.enquireLinkResp, 0, number, Buffer.alloc(0));
    } else if (command === commands.unbind) {
      say(commands.unbindResp, 0, number, Buffer.alloc(0));
      end(lost('unbound'));
    } else {
      // ESME_RINVCMDID: nothing else is for a client.
      say(commands.genericNack, 3, number, Buffer.alloc(0));
    }
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const pdu of read(chunk)) take(pdu);
    } catch (thrown) {
      end(thrown);
    }
  });
  socket.on('error', (error) => end(lost(error.message)));
  socket.on('close', () => end(lost('closed')));
  socket.resume();

  const enquire = async () => {
    while (!over.signal.aborted) {
      await clock.sleep(enquireMs, over.signal);
      await ask(commands.enquireLink, Buffer.alloc(0), over.signal);
    }
  };
  enquire().catch((thrown: unknown) => end(thrown));

  return {
    isOpen: () => !over.signal.aborted,
    ask,
    ended: whenEnded,
    async close() {
      if (over.signal.aborted) return;
      const bye = new AbortController();
      const patience = clock.sleep(byeMs, bye.signal).catch(() => undefined);
      const answer = ask(commands.unbind, Buffer.alloc(0), over.signal).catch(() => undefined);
      await Promise.race([answer, patience]);
      bye.abort();
      end(lost('closed'));
    },
  };
}

function lost(raw: string): AppError {
  return routeError('route-unavailable', { certainty: 'unknown', raw });
}

function cancelled(certainty: Certainty): AppError {
  return new AppError('cancelled', { details: { certainty } });
}
