/**
 * Where Telegram is, when it is not Telegram: the test servers of a test or of the demo. No production entry passes
 * one, and nothing reads it from the environment or a file there: a settable RSA key is a man in the middle.
 */
export type TelegramNetwork = {
  /** Port on 127.0.0.1 of each data centre, by its number; the client knows it as 10.0.0.<number>:443. */
  readonly ports: Readonly<Record<number, number>>;
  readonly key: {
    /** Last eight bytes of SHA-1 over the TL bytes of both numbers, as signed decimal. */
    readonly fingerprint: string;
    /** Decimal. */
    readonly modulus: string;
    readonly exponent: number;
  };
};
