import { Api } from 'telegram/tl/index.js';
import { describe, expect, it } from 'vitest';
import { mapEntities, toApiEntities, toLong } from './map-text.ts';

const link = (url: string) => new Api.MessageEntityTextUrl({ offset: 0, length: 4, url });

describe('a link in a message', () => {
  it.each([
    ['https://desk.example/a', 'https://desk.example/a'],
    ['http://desk.example', 'http://desk.example/'],
    ['desk.example/path', 'https://desk.example/path'],
    ['mailto:duty@desk.example', 'mailto:duty@desk.example'],
    ['tg://resolve?domain=desk', 'tg://resolve?domain=desk'],
  ])('%s leads to %s', (url, href) => {
    expect(mapEntities('сюда', [link(url)])).toEqual([{ kind: 'link', offset: 0, length: 4, url: href }]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'vbscript:x',
    'https://',
  ])('%s leads nowhere', (url) => {
    const [entity] = mapEntities('сюда', [link(url)]);

    expect(entity === undefined || entity.url?.startsWith('https://')).toBe(true);
    expect(entity?.url ?? '').not.toMatch(/^(javascript|data|file|vbscript):/i);
  });

  it('that stands in the text is its own address', () => {
    const text = 'см. desk.example и https://a.example/б';
    const at = (word: string) =>
      new Api.MessageEntityUrl({ offset: text.indexOf(word), length: word.length });

    expect(mapEntities(text, [at('desk.example'), at('https://a.example/б')]).map(({ url }) => url)).toEqual([
      'https://desk.example/',
      'https://a.example/%D0%B1',
    ]);
  });
});

describe('formatting', () => {
  it('is kept where it is known, in UTF-16 units', () => {
    const text = '👍 важно #срочно';
    const entities = [
      new Api.MessageEntityBold({ offset: 3, length: 5 }),
      new Api.MessageEntityHashtag({ offset: 9, length: 7 }),
      new Api.MessageEntityCustomEmoji({ offset: 0, length: 2, documentId: toLong('1') }),
      new Api.MessageEntityBotCommand({ offset: 0, length: 2 }),
    ];

    expect(mapEntities(text, entities)).toEqual([
      { kind: 'bold', offset: 3, length: 5 },
      { kind: 'hashtag', offset: 9, length: 7 },
    ]);
  });

  it('outside the text is left out', () => {
    const outside = [
      new Api.MessageEntityBold({ offset: -1, length: 2 }),
      new Api.MessageEntityBold({ offset: 0, length: 0 }),
      new Api.MessageEntityBold({ offset: 2, length: 3 }),
      new Api.MessageEntityBold({ offset: 0, length: 2 ** 31 - 1 }),
    ];

    expect(mapEntities('abcd', outside)).toEqual([]);
  });

  it('goes out as it came in, but for what Telegram finds by itself', () => {
    const kept = (['bold', 'italic', 'underline', 'strike', 'code', 'pre', 'quote', 'spoiler'] as const).map(
      (kind) => ({ kind, offset: 0, length: 2 }),
    );
    const withLink = [...kept, { kind: 'link' as const, offset: 0, length: 2, url: 'https://a.example/' }];

    expect(mapEntities('ab', toApiEntities(withLink))).toEqual(withLink);
    expect(toApiEntities([{ kind: 'mention', offset: 0, length: 2 }])).toBeUndefined();
  });
});
