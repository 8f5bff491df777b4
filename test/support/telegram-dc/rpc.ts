import type { Login } from './auth-key.ts';
import type { Connection } from './connection.ts';
import type { ServerClock } from './server-clock.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';
import type { TlObject, TlResult } from './tl.ts';
import type { Account } from './world/model.ts';
import type { World } from './world/world.ts';

export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a method that needs nobody signed in may use. */
export type OpenContext = {
  readonly world: World;
  readonly clock: ServerClock;
  readonly services: Services;
  readonly connection: Connection;
  readonly session: Session;
  readonly msgId: bigint;
  readonly login: Login;
};

export type Context = OpenContext & { readonly account: Account };

export type Method = {
  readonly name: string;
  /** Answers before anybody has signed in. */
  readonly open: boolean;
  handle(context: OpenContext, account: Account | undefined, request: TlObject): TlResult;
};

type RequestClass<R> = { readonly className: string; new (args: never): R };

/** A method for which somebody must be signed in. */
export function method<R>(type: RequestClass<R>, handle: (context: Context, request: R) => TlResult): Method {
  return {
    name: type.className,
    open: false,
    handle(context, account, request) {
      if (account === undefined || !(request instanceof type)) throw new Error(`${type.className} misrouted`);
      return handle({ ...context, account }, request);
    },
  };
}

export function openMethod<R>(
  type: RequestClass<R>,
  handle: (context: OpenContext, request: R) => TlResult,
): Method {
  return {
    name: type.className,
    open: true,
    handle(context, _account, request) {
      if (!(request instanceof type)) throw new Error(`${type.className} misrouted`);
      return handle(context, request);
    },
  };
}
