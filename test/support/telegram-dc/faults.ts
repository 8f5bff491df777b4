/** Exactly one of the effects; the first fault that names the method and has times left is used up. */
export type Fault = {
  /** As the client library names it, `messages.SendMessage`; `*` is every one. */
  readonly method: string;
  /** Default 1. */
  readonly times?: number;
  readonly error?: { readonly code: number; readonly message: string };
  /** FLOOD_WAIT of that many seconds. */
  readonly floodSeconds?: number;
  /** Answered, but this late. */
  readonly delayMs?: number;
  /** The connection is cut instead of an answer, nothing was done. */
  readonly drop?: boolean;
  /** Never answered, nothing was done. */
  readonly ignore?: boolean;
  /** Done, and then the connection is cut: the answer is lost. */
  readonly after?: boolean;
};

export type Faults = {
  add(fault: Fault): void;
  take(method: string): Fault | undefined;
  clear(): void;
};

export function createFaults(): Faults {
  let pending: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    take(method) {
      const found = pending.find(({ fault }) => fault.method === method || fault.method === '*');
      if (found === undefined) return undefined;
      found.left -= 1;
      pending = pending.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear() {
      pending = [];
    },
  };
}
