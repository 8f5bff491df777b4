/**
 * Records, not prose: `log.info({ account, uid, ms }, 'mail.fetched')`. The event name is stable, `area.past-tense`;
 * fields never carry letter text, addresses, passwords or tokens.
 */
export type Logger = {
  debug(fields: object, event: string): void;
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
  child(fields: object): Logger;
};

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
