import { expect, test } from 'vitest';
import type { ChatEntity } from '../../shared/contract/chats.ts';
import { textTree, type TextNode } from './text-tree.ts';

const mark = (kind: ChatEntity['kind'], offset: number, length: number): ChatEntity => ({
  kind,
  offset,
  length,
});

/** `<bold>a<italic>b</italic></bold>`: what is nested in what. */
function drawn(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) =>
      node.kind === 'text' ? node.text : `<${node.kind}>${drawn(node.children)}</${node.kind}>`,
    )
    .join('');
}

const textOf = (nodes: readonly TextNode[]): string => drawn(nodes).replace(/<[^>]*>/g, '');

test('a mark inside another one is nested, whatever order they come in', () => {
  const entities = [mark('italic', 4, 3), mark('bold', 0, 10)];

  expect(drawn(textTree('one two three', entities))).toBe('<bold>one <italic>two</italic> th</bold>ree');
});

test('marks that overlap are cut where the first ends and go on after it', () => {
  const entities = [mark('bold', 0, 6), mark('italic', 3, 6)];

  expect(drawn(textTree('abcdefghi', entities))).toBe(
    '<bold>abc<italic>def</italic></bold><italic>ghi</italic>',
  );
});

test('of two marks over the same words the block holds the link and the link holds what is drawn', () => {
  const entities = [mark('bold', 0, 4), mark('link', 0, 4), mark('quote', 0, 4)];

  expect(drawn(textTree('here', entities))).toBe('<quote><link><bold>here</bold></link></quote>');
});

test('offsets count UTF-16 units, so emoji before a mark do not shift it', () => {
  const text = '🔥👨‍👩‍👧 авария';

  expect(drawn(textTree(text, [mark('bold', text.indexOf('авария'), 6)]))).toBe('🔥👨‍👩‍👧 <bold>авария</bold>');
});

test('no mark divides an emoji, even one that claims to begin inside it', () => {
  expect(drawn(textTree('a🔥b', [mark('bold', 2, 2)]))).toBe('a<bold>🔥b</bold>');
  expect(drawn(textTree('a🔥b', [mark('bold', 0, 2)]))).toBe('<bold>a🔥</bold>b');
});

test('a mark past the end is shortened or dropped and no letter is lost', () => {
  const entities = [mark('bold', 3, 500), mark('italic', 90, 5)];

  expect(drawn(textTree('abcdef', entities))).toBe('abc<bold>def</bold>');
});

test('a link inside a link stays one link', () => {
  const entities = [mark('link', 0, 12), mark('mention', 4, 4)];

  expect(drawn(textTree('see @nik now', entities))).toBe('<link>see @nik now</link>');
});

test('a hundred marks in a knot keep the text whole and in order', () => {
  const text = 'диспетчер🙂'.repeat(40);
  const kinds = ['bold', 'italic', 'link', 'quote', 'spoiler', 'code', 'strike'] as const;
  const entities = Array.from({ length: 100 }, (_, index) =>
    mark(kinds[index % kinds.length]!, (index * 37) % 400, 1 + ((index * 53) % 90)),
  );

  expect(textOf(textTree(text, entities))).toBe(text);
});
