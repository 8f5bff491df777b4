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
    const bytes = withoutReturns(body);
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  if (parts.messageId === undefined) for (const sha256 of parts.attachments) hash.update(`${sha256}\n`);
  return hash.digest('hex');
}

function squeeze(header: string | undefined): string {
  return (header ?? '').replaceAll(/\s+/g, ' ').trim();
}

function withoutReturns(body: Uint8Array): Uint8Array {
  const kept = body.includes(0x0d) ? body.filter((byte) => byte !== 0x0d) : body;
  let end = kept.length;
  while (end > 0 && (kept[end - 1] === 0x0a || kept[end - 1] === 0x20)) end -= 1;
  return kept.subarray(0, end);
}
