import type { Client, Contract, Procedure } from './define.ts';
import type { Calls } from './client-calls.ts';
import { createCalls } from './client-calls.ts';
import type { Connection, ConnectionParts } from './connection.ts';
import { createConnection } from './connection.ts';
import type { Hello } from './frames.ts';

export type ClientParts<C extends Contract> = Pick<ConnectionParts, 'clock' | 'random'> & {
  /** For command ids: uuids. */
  readonly newId: () => string;
  /** How long a query or a command may stay unanswered, lost connections included. */
  readonly answerWithinMs?: number;
  /**
   * Runs on each new connection before anything waiting is sent: takes the session up again. Its calls go straight
   * out. A failure drops the connection and tries again later.
   */
  readonly prepare?: (rpc: Client<C>, hello: Hello) => Promise<void>;
};

/** Connects at once and stays connected until `connection.close()`. */
export function createClient<C extends Contract>(
  contract: C,
  connect: ConnectionParts['connect'],
  { clock, random, newId, answerWithinMs = 30_000, prepare }: ClientParts<C>,
): { readonly rpc: Client<C>; readonly connection: Connection } {
  const calls = createCalls({ clock, newId, answerWithinMs });
  const straight = toClient<C>(contract, calls, true);
  const connection = createConnection({
    connect,
    clock,
    random,
    onFrame: calls.receive,
    onOpen: async (port, hello) => {
      calls.attach(port);
      await prepare?.(straight, hello);
      calls.release();
    },
    onClosed: calls.detach,
    onEnd: calls.abandon,
  });
  return { rpc: toClient<C>(contract, calls, false), connection };
}

function toClient<C extends Contract>(contract: C, calls: Calls, urgent: boolean): Client<C> {
  const groups = Object.entries(contract).map(([group, procedures]) => {
    const functions = Object.entries(procedures).map(([name, procedure]) => [
      name,
      toFunction(procedure, `${group}.${name}`, { calls, urgent }),
    ]);
    return [group, Object.fromEntries(functions)];
  });
  // Built from the very contract the type is derived from.
  return Object.fromEntries(groups) as Client<C>;
}

type Way = { readonly calls: Calls; readonly urgent: boolean };

function toFunction(procedure: Procedure, path: string, { calls, urgent }: Way): unknown {
  const { kind } = procedure;
  if (kind === 'stream') {
    return (
      input: unknown,
      onEvent: (event: unknown) => void,
      options: { signal: AbortSignal; onEnd?: (error: unknown) => void },
    ) => calls.follow({ path, input, onEvent, urgent, ...options });
  }
  return (input: unknown, options?: { signal?: AbortSignal }) =>
    calls.ask({ kind, path, input, urgent, signal: options?.signal });
}
