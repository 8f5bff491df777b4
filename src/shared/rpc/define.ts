import type { z } from 'zod';

/** Reads; may be repeated. */
export type Query<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'query';
  readonly input: I;
  readonly output: O;
};

/**
 * Changes state in one transaction and at most once per `commandId`: asked again after a lost answer,
 * it answers what it answered before.
 */
export type Command<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'command';
  readonly input: I;
  readonly output: O;
};

/** Reaches outside the database (a connection test, a backup): not a transaction and not repeated by the client. */
export type Task<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'task';
  readonly input: I;
  readonly output: O;
};

/** Pushes events until stopped; the client re-opens it after a reconnect. */
export type Stream<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'stream';
  readonly input: I;
  readonly output: O;
};

export type Procedure =
  | Query<z.ZodType, z.ZodType>
  | Command<z.ZodType, z.ZodType>
  | Task<z.ZodType, z.ZodType>
  | Stream<z.ZodType, z.ZodType>;

export type Contract = Readonly<Record<string, Readonly<Record<string, Procedure>>>>;

export function query<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Query<I, O> {
  return { kind: 'query', input, output };
}

export function command<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Command<I, O> {
  return { kind: 'command', input, output };
}

export function task<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Task<I, O> {
  return { kind: 'task', input, output };
}

export function stream<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Stream<I, O> {
  return { kind: 'stream', input, output };
}

/** The page's side: every procedure as a function; a command's id is made by the client. */
export type Client<C extends Contract> = {
  readonly [G in keyof C]: { readonly [P in keyof C[G]]: ClientFunction<C[G][P]> };
};

type ClientFunction<P> =
  P extends Query<infer I, infer O>
    ? (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
    : P extends Command<infer I, infer O> | Task<infer I, infer O>
      ? (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
      : P extends Stream<infer I, infer O>
        ? (
            input: z.input<I> | (() => z.input<I>),
            onEvent: (event: z.output<O>) => void,
            options: StreamOptions,
          ) => void
        : never;

export type CallOptions = { readonly signal?: AbortSignal };
/**
 * A stream's input may be a function: it is asked at each opening, so that a re-opened stream goes on from the last
 * revision seen. `onEnd` hears the real end only (undefined) or a failure that opening again would not mend.
 */
export type StreamOptions = { readonly signal: AbortSignal; readonly onEnd?: (error: unknown) => void };

/** Core's side. `X` is what the connection knows: who is signed in, and when the caller stops listening. */
export type Handlers<C extends Contract, X> = {
  readonly [G in keyof C]: { readonly [P in keyof C[G]]: Handler<C[G][P], X> };
};

export type Handler<P, X> =
  P extends Query<infer I, infer O>
    ? (input: z.output<I>, context: X) => z.input<O> | Promise<z.input<O>>
    : P extends Command<infer I, infer O>
      ? (input: z.output<I>, context: X) => z.input<O>
      : P extends Task<infer I, infer O>
        ? (input: z.output<I>, context: X) => Promise<z.input<O>>
        : P extends Stream<infer I, infer O>
          ? (input: z.output<I>, context: X) => AsyncIterable<z.input<O>>
          : never;
