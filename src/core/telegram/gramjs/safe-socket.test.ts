import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TelegramNetwork } from '../telegram-network.ts';
import { createSocketGate, safeSocket } from './safe-socket.ts';

let server: Server;
let network: TelegramNetwork;
let connections = 0;

beforeEach(async () => {
  connections = 0;
  server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  network = { ports: { 2: port }, key: { fingerprint: '1', modulus: '1', exponent: 1 } };
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function open(silenceMs?: number) {
  const gate = createSocketGate();
  const Socket = safeSocket(gate, network, silenceMs);
  return { gate, socket: new Socket() };
}

it('goes to the data centre of the network, whatever port the library names', async () => {
  const { gate, socket } = open();

  await socket.connect(80, '10.0.0.2');

  await expect.poll(() => connections).toBe(1);
  gate.close();
});

it.each(['149.154.167.51', '10.0.0.3', '10.0.0.22', '110.0.0.2', '127.0.0.1', 'telegram.example'])(
  'refuses %s',
  async (address) => {
    const { socket } = open();

    await expect(socket.connect(443, address)).rejects.toThrow('not a data centre of this network');
    expect(connections).toBe(0);
  },
);

it('a closed gate ends what is open and lets nothing out any more', async () => {
  const { gate, socket } = open();
  await socket.connect(80, '10.0.0.2');
  const reading = socket.readExactly(4);

  gate.close();

  await expect(reading).rejects.toThrow('closed');
  let settled = false;
  void socket.connect(80, '10.0.0.2').finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(false);
  expect(connections).toBe(1);
});

it('silence for too long is the end of a line', async () => {
  const { gate, socket } = open(30);
  await socket.connect(80, '10.0.0.2');

  await expect(socket.readExactly(4)).rejects.toThrow('closed');
  gate.close();
});
