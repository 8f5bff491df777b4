import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Proofs that both ends know the secret of the data directory, which itself is never sent: the port of a host that is
 * gone may belong to any program by now.
 */
export function prove(secret: string, purpose: 'ask' | 'answer', text: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`control:${purpose}:${text}`)
    .digest('base64url');
}

export function isProven(
  proof: string,
  secret: string,
  { purpose, text }: { readonly purpose: 'ask' | 'answer'; readonly text: string },
): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(proof), digest(prove(secret, purpose, text)));
}

/** What is asked holds for a minute, so that one overheard is soon worthless. */
export function isProvenNow(header: string | undefined, secret: string, now: number): boolean {
  const [, at = '', proof = ''] = /^Pult (\d{13})\.([\w-]{43})$/.exec(header ?? '') ?? [];
  return Math.abs(now - Number(at)) < 60_000 && isProven(proof, secret, { purpose: 'ask', text: at });
}
