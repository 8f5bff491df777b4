import { expect, test } from 'vitest';
import type { ChatEntity } from '../../shared/contract/chats.ts';
import { linkAddress } from './link-address.ts';

const link = (url?: string): ChatEntity => ({
  kind: 'link',
  offset: 0,
  length: 1,
  ...(url === undefined ? {} : { url }),
});

test('an address without a scheme is opened over https', () => {
  expect(linkAddress(link(), 'tele-op.example/map?a=1')?.href).toBe('https://tele-op.example/map?a=1');
  expect(linkAddress(link(), 'tele-op.example:8080/x')?.href).toBe('https://tele-op.example:8080/x');
});

test('only web and mail addresses are opened', () => {
  for (const url of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'tg://resolve?a',
    '%%',
  ]) {
    expect(linkAddress(link(url), 'here')).toBeNull();
  }
  expect(linkAddress({ kind: 'email', offset: 0, length: 1 }, 'noc@tele-op.example')?.href).toBe(
    'mailto:noc@tele-op.example',
  );
});

test('words that name one place and lead to another are shown with the other', () => {
  expect(linkAddress(link('https://evil.example/login'), 'bank.example')?.elsewhere).toBe('evil.example');
  expect(linkAddress(link('https://evil.example/'), 'https://bank.example/in')?.elsewhere).toBe(
    'evil.example',
  );
});

test('words that promise no place, or the right one, say no more', () => {
  expect(linkAddress(link('https://tele-op.example/'), 'посмотреть')?.elsewhere).toBeNull();
  expect(linkAddress(link('https://www.tele-op.example/a'), 'tele-op.example')?.elsewhere).toBeNull();
});

test('a name in another alphabet shows what it is made of', () => {
  expect(linkAddress(link('https://tеle-op.example/'), 'x')?.href).toContain('xn--');
});
