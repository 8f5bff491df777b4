/** The closed set of failure codes that cross modules and the wire; a new one needs an ADR. */
export const errorCodes = [
  'invalid-input',
  'not-found',
  'conflict',
  'denied',
  'rate-limited',
  'unavailable',
  'timeout',
  'cancelled',
  'upstream',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

type Options = {
  /** For the log: English, no personal data. */
  readonly message?: string;
  /** For the user's text: `reason` names the sub-case, the rest are its parameters. */
  readonly details?: ErrorDetails;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
};

/** An operational failure. A plain `Error` means a bug in Pult itself. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: Options = {}) {
    super(options.message ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  get reason(): string | undefined {
    const { reason } = this.details;
    return typeof reason === 'string' ? reason : undefined;
  }
}

/** Anything that was thrown as an AppError; what nobody classified is `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return new AppError('cancelled', { cause: thrown });
  }
  return new AppError('internal', {
    message: thrown instanceof Error ? thrown.message : 'unknown failure',
    cause: thrown,
  });
}
