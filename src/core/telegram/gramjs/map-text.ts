import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import type { TextEntity } from '../../platform/chat-types.ts';

const simpleKinds: Readonly<Record<string, TextEntity['kind']>> = {
  MessageEntityBold: 'bold',
  MessageEntityItalic: 'italic',
  MessageEntityUnderline: 'underline',
  MessageEntityStrike: 'strike',
  MessageEntityCode: 'code',
  MessageEntityPre: 'pre',
  MessageEntityBlockquote: 'quote',
  MessageEntitySpoiler: 'spoiler',
  MessageEntityMention: 'mention',
  MessageEntityMentionName: 'mention',
  MessageEntityHashtag: 'hashtag',
  MessageEntityCashtag: 'hashtag',
  MessageEntityEmail: 'email',
  MessageEntityPhone: 'phone',
};

/** What lies outside the text, leads elsewhere than to a page or a letter, or is not known, is left out. */
export function mapEntities(
  text: string,
  entities: readonly Api.TypeMessageEntity[] | undefined,
): readonly TextEntity[] {
  return (entities ?? []).flatMap((entity): TextEntity[] => {
    const { offset, length, className } = entity;
    if (offset < 0 || length <= 0 || offset + length > text.length) return [];
    const kind = simpleKinds[className];
    if (kind !== undefined) return [{ kind, offset, length }];
    const address = addressOf(entity, text.slice(offset, offset + length));
    const url = address === undefined ? undefined : safeUrl(address);
    return url === undefined ? [] : [{ kind: 'link', offset, length, url }];
  });
}

function addressOf(entity: Api.TypeMessageEntity, words: string): string | undefined {
  if (entity instanceof Api.MessageEntityTextUrl) return entity.url;
  if (!(entity instanceof Api.MessageEntityUrl)) return undefined;
  return /^[a-z][a-z\d+.-]*:/i.test(words) && !/^[^/]*\.[^/]*:\d/.test(words) ? words : `https://${words}`;
}

const allowedSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tg:']);

function safeUrl(address: string): string | undefined {
  const withScheme = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
  const url = URL.parse(withScheme);
  return url !== null && allowedSchemes.has(url.protocol) ? url.href : undefined;
}

/** The other way; what Telegram finds by itself (a mention, an address) is left to it. */
export function toApiEntities(entities: readonly TextEntity[]): Api.TypeMessageEntity[] | undefined {
  const made = entities.flatMap(({ kind, offset, length, url }): Api.TypeMessageEntity[] => {
    const at = { offset, length };
    switch (kind) {
      case 'bold':
        return [new Api.MessageEntityBold(at)];
      case 'italic':
        return [new Api.MessageEntityItalic(at)];
      case 'underline':
        return [new Api.MessageEntityUnderline(at)];
      case 'strike':
        return [new Api.MessageEntityStrike(at)];
      case 'code':
        return [new Api.MessageEntityCode(at)];
      case 'pre':
        return [new Api.MessageEntityPre({ ...at, language: '' })];
      case 'quote':
        return [new Api.MessageEntityBlockquote(at)];
      case 'spoiler':
        return [new Api.MessageEntitySpoiler(at)];
      case 'link':
        return url === undefined ? [] : [new Api.MessageEntityTextUrl({ ...at, url })];
      case 'mention':
      case 'hashtag':
      case 'email':
      case 'phone':
        return [];
    }
  });
  return made.length === 0 ? undefined : made;
}

export function toLong(decimal: string): bigInt.BigInteger {
  return bigInt(decimal);
}
