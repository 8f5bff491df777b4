import { expect, test } from 'vitest';
import { formatRoute, parseRoute, type Route } from './router.ts';

test('an address leads back to the screen it was taken from', () => {
  const routes: readonly Route[] = [
    { page: 'queue', incidentId: null },
    { page: 'queue', incidentId: 42 },
    { page: 'incident', incidentId: 7 },
    { page: 'chats', chatId: null, messageId: null },
    { page: 'chats', chatId: 4, messageId: null },
    { page: 'chats', chatId: 4, messageId: 91 },
    { page: 'outbox' },
    { page: 'calls', part: 'board', callId: null },
    { page: 'calls', part: 'board', callId: 12 },
    { page: 'calls', part: 'list', callId: 12 },
    { page: 'calls', part: 'on-call', callId: null },
    { page: 'notifications', part: 'list', id: null },
    { page: 'notifications', part: 'list', id: 41 },
    { page: 'notifications', part: 'answers', id: null },
    { page: 'settings', tab: 'keys' },
    { page: 'assets', part: 'list', assetId: null },
    { page: 'assets', part: 'list', assetId: 412 },
    { page: 'assets', part: 'sources', assetId: null },
  ];

  for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
});

test('an address nobody made opens the queue', () => {
  for (const hash of ['', '#/', '#/nowhere', '#/incident/x', '#/incident/-1', '#/queue/1e99']) {
    expect(parseRoute(hash)).toEqual({ page: 'queue', incidentId: null });
  }
});
