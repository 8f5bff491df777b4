import { once } from 'node:events';
import { createConnection } from 'node:net';
import { systemClock } from '../../src/core/platform/clock.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createGramjsPort } from '../../src/core/telegram/gramjs/gramjs-port.ts';
import type { TelegramConnection } from '../../src/core/telegram/telegram-port.ts';
import { createBareClient, signIn } from '../../test/support/telegram-dc/bare-client.ts';
import type { TelegramDcProcess } from '../../test/support/telegram-dc/control-client.ts';
import { median, percentile, type Figure } from './figures.ts';
import { account } from './telegram-world.ts';

const part = 'h';
const api = { id: 12_345, hash: '0123456789abcdef0123456789abcdef' };
const never = new AbortController().signal;

/** From the call of connect until the saved session has been taken up and has answered who it is. */
export async function measureSession(servers: TelegramDcProcess, rounds: number): Promise<Figure[]> {
  const session = await signInOnce(servers);
  const saved = await saveBareSession(servers);
  const ours: number[] = [];
  const bare: number[] = [];
  const sockets: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await timed(() => restore(servers, session)));
    bare.push(await timed(() => restoreBare(servers, saved)));
    sockets.push(await timed(() => openSocket(servers)));
  }
  const p95 = percentile(ours, 0.95);
  const bareP95 = percentile(bare, 0.95);
  const note = `n = ${rounds}, library loaded; median ${Math.round(median(ours))} ms, the very first ${Math.round(ours[0] ?? 0)} ms`;
  return [
    {
      part,
      name: 'restored session ready, p95',
      value: p95,
      unit: 'ms',
      limit: { kind: 'most', value: 500 },
      note,
    },
    {
      part,
      name: 'restored session, against the bare client',
      value: p95 / bareP95,
      unit: '×',
      note: `its p95 ${bareP95.toFixed(1)} ms, until it knows who it is; a bare socket ${median(sockets).toFixed(2)} ms`,
    },
  ];
}

/** Milliseconds of the work; ending what it began is not counted. */
async function timed(work: () => Promise<() => unknown>): Promise<number> {
  const startedAt = performance.now();
  const end = await work();
  const ms = performance.now() - startedAt;
  await end();
  return ms;
}

function open({ network }: TelegramDcProcess, session?: string): TelegramConnection {
  const device = { model: 'Bench', system: 'Linux', app: '1' };
  const port = createGramjsPort({ clock: systemClock, log: silentLogger, device });
  const events = { onUpdates() {}, onState() {}, onSignedOut() {}, onPause() {} };
  return port.open({ session, api, network, events });
}

/** Loads the library, too. */
async function signInOnce(servers: TelegramDcProcess): Promise<string> {
  const connection = open(servers);
  await connection.connect(never);
  const { phone } = account;
  const { hash } = await connection.requestCode(phone);
  const { step } = await connection.submitCode({ phone, hash, code: '12345' });
  if (step !== 'signed-in') throw new Error(`Not signed in: ${step}`);
  const session = connection.session();
  await connection.close();
  return session;
}

async function restore(servers: TelegramDcProcess, session: string) {
  const connection = open(servers, session);
  await connection.connect(never);
  return () => connection.close();
}

async function saveBareSession({ network }: TelegramDcProcess): Promise<string> {
  const client = createBareClient(network);
  await client.connect();
  await signIn(client, account);
  // Declared to save nothing, which is true of other kinds of session only.
  const saved: unknown = client.session.save();
  await client.destroy();
  return String(saved);
}

async function restoreBare({ network }: TelegramDcProcess, saved: string) {
  const client = createBareClient(network, { saved });
  await client.connect();
  await client.getMe();
  return () => client.destroy();
}

async function openSocket({ network }: TelegramDcProcess) {
  const socket = createConnection(network.ports[2] ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  return () => socket.destroy();
}
