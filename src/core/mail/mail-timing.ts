const seconds = 1000;
const minutes = 60 * seconds;

/** Every wait of a mailbox, so that a test takes seconds; milliseconds unless named otherwise. */
export type MailTiming = Readonly<Record<keyof typeof mailTiming, number>>;

export const mailTiming = {
  /** From the first byte to a logged-in connection. */
  connect: 30 * seconds,
  /** For the answer to a command that moves no letters. */
  command: 20 * seconds,
  /** For the answer to NOOP, which costs a server nothing: a dead line is found out within `probe` and this. */
  noop: 10 * seconds,
  /** For a chunk of letters; a slow line gets smaller chunks instead of more time. */
  fetch: 2 * minutes,
  /** How often the server is asked whether it is still there and what is new. */
  probe: minutes,
  /** IDLE anew: NATs and some servers forget a quiet connection sooner than RFC 2177 allows. */
  idle: 4 * minutes,
  /** imapflow enters IDLE after 15 s of quiet by default; a letter in that time would wait for the probe. */
  autoIdle: 20,
  /** Between a broken and the next connection: at least this, then doubled up to `backoffMax`. */
  backoffFirst: seconds,
  backoffMax: minutes,
  /** A session alive for so long was worth its login. */
  useful: 5 * minutes,
  /** Sent gets its own connection only once Inbox has been well for this long: a flapping line costs one login, not two. */
  sentConnectionAfter: minutes,
  /** A wall clock that ran ahead of the monotonic one by so much means the machine slept. */
  sleepGap: 30 * seconds,
  /** How often a waiting session looks whether the machine slept: timers stand still meanwhile. */
  sleepCheck: 10 * seconds,
  /** With a full disk: how often to look whether there is room again. */
  diskRetry: 10 * seconds,
} as const;

export type LoginLimits = Readonly<Record<'window' | 'all' | 'useless' | 'reservedForInbox', number>> & {
  readonly spacing: readonly number[];
};

/** Per account, both connections together; providers lock mailboxes that log in in a loop. */
export const loginLimits = {
  window: 60 * minutes,
  all: 20,
  useless: 6,
  /** Sent never takes the last ones: they are kept for Inbox. */
  reservedForInbox: 8,
  /**
   * At least this long after the last login when that many useless ones are in the window. Six spread over the hour
   * keep trying all the time; six in a row would leave the desk without mail for the rest of it.
   */
  spacing: [0, 2 * seconds, 20 * seconds, 2 * minutes, 8 * minutes, 20 * minutes],
} as const satisfies LoginLimits;
