const seconds = 1000;
const minutes = 60 * seconds;

/** Every wait of an account, so that a test takes milliseconds; milliseconds unless named otherwise. */
export type TelegramTiming = Readonly<Record<keyof typeof telegramTiming, number>>;

export const telegramTiming = {
  /** Pushes that come together are stored together: a transaction costs more than a row. */
  gather: 5,
  /** A push that came too early waits so long for those before it. */
  gap: 500,
  /** Positions are asked for at least this often: the last push of all may be the lost one. */
  quiet: 15 * minutes,
  backoffFirst: seconds,
  backoffMax: minutes,
  /** A wall clock that ran ahead of the monotonic one by so much means the machine slept. */
  sleepGap: 30 * seconds,
  sleepCheck: 10 * seconds,
  /** With a full disk: how often to look whether there is room again. */
  diskRetry: 10 * seconds,
  /** Between two pages of a long list or history: nobody waits for them, and Telegram counts. */
  betweenPages: 200,
  /** Somebody who types says so again within this. */
  typing: 6 * seconds,
  /** How long a failed transfer is shown. */
  failedTransfer: minutes,
} as const;
