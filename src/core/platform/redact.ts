/** Names of fields that hold a secret or something personal, wherever in a record they stand. */
const secretName =
  /^(pass(word|wd|phrase)?|pin|pinHash|secret|token|session|key|keys|sealed|sealedPassword|auth|authorization|cookie|accessToken|body|text|html|subject|phone|email|address)$/i;

const mailAddress = /[^\s<>"'@/]+@[^\s<>"'@/]+\.[^\s<>"'@/]+/g;

const maxDepth = 6;

/** A copy fit for the log: secrets by name are covered, errors are opened, what nests too deep is cut. */
export function redact(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cover(name, value, 1)]));
}

function cover(name: string, value: unknown, depth: number): unknown {
  if (secretName.test(name) && value !== undefined && value !== null && typeof value !== 'boolean') {
    return '[redacted]';
  }
  if (typeof value === 'string') return hideAddresses(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deep]';
  if (value instanceof Error) return describeError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item: unknown) => cover('', item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([inner, item]) => [inner, cover(inner, item, depth + 1)]),
  );
}

/** Servers quote addresses in what they answer. */
function hideAddresses(text: string): string {
  return text.includes('@') ? text.replaceAll(mailAddress, '[address]') : text;
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: hideAddresses(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: hideAddresses(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: cover('cause', error.cause, depth + 1) }),
  };
}
