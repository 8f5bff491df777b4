import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may talk to this host. Sessions are signed, not stored, so that a page outlives a restart of the host. */
export type Access = {
  readonly cookieName: string;
  /** A token for one link, good for one use. */
  makeToken(): string;
  /** The cookie's value for a token that was never used; undefined otherwise. */
  redeem(token: string): string | undefined;
  /** The value of our cookie when it is genuine and not too old. */
  session(cookieHeader: string | undefined): string | undefined;
  /** What the page shows to open a socket: a form or a link elsewhere cannot know it. */
  pageToken(session: string): string;
  isPageToken(session: string, token: string): boolean;
};

type Parts = { readonly secret: Buffer; readonly instance: string; readonly now: () => number };

const maxTokens = 32;
const sessionTtlMs = 30 * 24 * 3_600_000;
const value = /^(\d{13})\.([\w-]{43})\.([\w-]{43})$/;

export function createAccess({ secret, instance, now }: Parts): Access {
  const tokens = new Set<string>();
  const cookieName = `pult_${instance}`;
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const pageToken = (session: string) => sign(`page:${session}`);

  const isSession = (candidate: string) => {
    const [, issuedAt = '', nonce = '', mac = ''] = value.exec(candidate) ?? [];
    const ageMs = now() - Number(issuedAt);
    return isSame(mac, sign(`session:${issuedAt}.${nonce}`)) && ageMs < sessionTtlMs && ageMs > -sessionTtlMs;
  };

  return {
    cookieName,
    makeToken() {
      const token = randomBytes(32).toString('base64url');
      tokens.add(digest(token));
      for (const oldest of tokens) {
        if (tokens.size <= maxTokens) break;
        tokens.delete(oldest);
      }
      return token;
    },
    redeem(token) {
      if (!tokens.delete(digest(token))) return undefined;
      const head = `${now()}.${randomBytes(32).toString('base64url')}`;
      return `${head}.${sign(`session:${head}`)}`;
    },
    session(cookieHeader) {
      for (const pair of (cookieHeader ?? '').split(';')) {
        const at = pair.indexOf('=');
        const candidate = pair.slice(at + 1).trim();
        if (at > 0 && pair.slice(0, at).trim() === cookieName && isSession(candidate)) return candidate;
      }
      return undefined;
    },
    pageToken,
    isPageToken: (session, token) => isSame(token, pageToken(session)),
  };
}

/** Compared by digest: tokens of any length, in constant time. */
function isSame(left: string, right: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(left).digest(),
    createHash('sha256').update(right).digest(),
  );
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
