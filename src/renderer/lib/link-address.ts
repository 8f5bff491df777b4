import type { ChatEntity } from '../../shared/contract/chats.ts';

export type LinkAddress = {
  /** As the browser will ask for it: other alphabets in the name show as `xn--…`. */
  readonly href: string;
  /** Where it leads, when the words on it claim another place. */
  readonly elsewhere: string | null;
};

const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** What a marked piece leads to, or null when it is not for the shell to open. */
export function linkAddress(entity: ChatEntity, words: string): LinkAddress | null {
  if (entity.kind === 'email') return parsed(`mailto:${words.trim()}`, words);
  if (entity.kind !== 'link') return null;
  return parsed(entity.url ?? withScheme(words), words);
}

function parsed(address: string, words: string): LinkAddress | null {
  const url = URL.parse(address);
  if (!url || !allowed.has(url.protocol)) return null;
  return { href: url.href, elsewhere: url.protocol === 'mailto:' ? null : otherHost(url, words) };
}

function withScheme(words: string): string {
  const trimmed = words.trim();
  return /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+\.[a-z]+:\d/i.test(trimmed)
    ? trimmed
    : `https://${trimmed}`;
}

/** Words such as `bank.example` are a promise; `here` is none. */
function otherHost(url: URL, words: string): string | null {
  const claim = words.trim();
  if (/\s/.test(claim) || !/^(https?:\/\/)?[^/?#]+\.[^/?#]{2,}/i.test(claim)) return null;
  const host = URL.parse(withScheme(claim))?.hostname;
  return host === undefined || bare(host) === bare(url.hostname) ? null : url.hostname;
}

function bare(host: string): string {
  return host.replace(/^www\./, '');
}
