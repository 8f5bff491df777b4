import { createHash } from 'node:crypto';

export type HashedParts = {
  readonly messageId: string | undefined;
  readonly dateHeader: string | undefined;
  readonly fromAddress: string | undefined;
  /** Transfer-decoded text parts, before charset and sanitiser: neither may change a letter's identity. */
  readonly bodies: readonly Uint8Array[];
  /** SHA-256 of the attachments, oldest first. */
  readonly attachments: readonly string[];
};

/**
 * SHA-256 that survives a move to another server, which rewrites other headers and line ends. Attachments count only
 * for a letter without Message-ID: two scans sent by one robot would otherwise be one letter.
 */
export function contentHash(parts: HashedParts): string {
  const hash = createHash('sha256');
  const head = [parts.messageId ?? '', squeeze(parts.dateHeader), (parts.fromAddress ?? '').toLowerCase()];
  hash.update(`${head.join('\n')}\n`);
  for (const body of parts.bodies) {
    const text = withoutReturns(body);
    hash.update(`${text.length}\n`).update(text, 'latin1');
  }
  if (parts.messageId === undefined) for (const sha256 of parts.attachments) hash.update(`${sha256}\n`);
  return hash.digest('hex');
}

function squeeze(header: string | undefined): string {
  return (header ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** As Latin-1, which keeps every byte: string functions are far faster here than loops over bytes. */
function withoutReturns(body: Uint8Array): string {
  let end = body.length;
  while (end > 0 && isBlank(body[end - 1])) end -= 1;
  return Buffer.from(body.buffer, body.byteOffset, end).toString('latin1').replaceAll('\r', '');
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x20;
}
