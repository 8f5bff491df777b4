import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createWebSocketPort } from './websocket-port.ts';

function createSocket() {
  const closed: (number | undefined)[] = [];
  const socket = Object.assign(new EventEmitter(), {
    bufferedAmount: 0,
    send: () => undefined,
    close: (code?: number) => closed.push(code),
  });
  return { socket, port: createWebSocketPort(socket as unknown as WebSocket), closed };
}

test('a page that does not read is let go before its backlog is our memory', () => {
  const { socket, port, closed } = createSocket();
  port.send('{}');
  expect(closed).toEqual([]);

  socket.bufferedAmount = 9 * 1024 * 1024;
  port.send('{}');

  expect(closed).toEqual([1013]);
});

test('bytes that are no text end the connection', () => {
  const { socket, closed } = createSocket();

  socket.emit('message', Buffer.from([1, 2, 3]), true);

  expect(closed).toEqual([1003]);
});

test('a socket that breaks is an end, not a crash', () => {
  const { socket, port } = createSocket();
  let ends = 0;
  port.onClose(() => (ends += 1));

  socket.emit('error', new Error('ECONNRESET'));
  socket.emit('close');

  expect(ends).toBe(1);
});
