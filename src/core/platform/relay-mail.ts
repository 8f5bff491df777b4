export type RelayAccess = {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  /** Empty where nobody logs in. */
  readonly userName: string;
  readonly password: string;
  readonly caCertificate: string | null;
  readonly timeoutMs: number;
};

export type RelayLetter = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** A mail server that is no mailbox of the desk: a gateway that makes something else of letters. */
export type RelayMail = {
  /** Throws as a channel does: AppError with `certainty`, and `scope` of `channel` for trouble with the server. */
  send(
    access: RelayAccess,
    letter: RelayLetter,
    wrote: () => void,
    signal: AbortSignal,
  ): Promise<{ readonly response: string }>;
  /** Logs in and sends nothing. */
  verify(access: RelayAccess): Promise<void>;
};
