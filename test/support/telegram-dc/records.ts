export type Call = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly dcId: number;
  readonly connection: number;
  readonly method: string;
  /** Decimal; none while a key is made. */
  readonly msgId?: string;
  error: string | undefined;
};

export type Records = {
  readonly calls: Call[];
  /** What a client did that no correct client does, and bugs of the server itself. */
  readonly problems: string[];
  readonly unhandled: string[];
  /** Codes of messages sent back: 16 too old, 17 too new, 18 an odd id, 48 a wrong salt. */
  readonly refusals: number[];
  note(call: Omit<Call, 'error' | 'at'>): Call;
};

const rememberedCalls = 10_000;

export function createRecords(now: () => number): Records {
  const calls: Call[] = [];
  return {
    calls,
    problems: [],
    unhandled: [],
    refusals: [],
    note(call) {
      const noted: Call = { ...call, at: now(), error: undefined };
      calls.push(noted);
      if (calls.length > rememberedCalls * 2) calls.splice(0, calls.length - rememberedCalls);
      return noted;
    },
  };
}
