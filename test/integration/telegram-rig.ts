import { afterEach, expect } from 'vitest';
import { systemClock, type Clock } from '../../src/core/platform/clock.ts';
import type { Logger } from '../../src/core/platform/logger.ts';
import { createGramjsPort } from '../../src/core/telegram/gramjs/gramjs-port.ts';
import type {
  FloodPause,
  Peer,
  Self,
  TelegramConnection,
  UpdateBatch,
  Update,
} from '../../src/core/telegram/telegram-port.ts';
import { createTelegramDc, type TelegramDc } from '../support/telegram-dc/telegram-dc.ts';
import { irina, sampleWorld } from '../support/telegram-dc/sample-world.ts';

export type Desk = {
  readonly connection: TelegramConnection;
  readonly batches: UpdateBatch[];
  readonly states: string[];
  readonly signedOut: string[];
  readonly pauses: FloodPause[];
  /** Everything that came, out of its batches. */
  updates(): readonly Update[];
};

const api = { id: 12_345, hash: '0123456789abcdef0123456789abcdef' };
export const testCode = '12345';
const never = new AbortController().signal;

/** Test servers and desks of one test; after it nothing is left, and the servers have nothing to complain about. */
export function setUpTelegramRig() {
  const dcs: TelegramDc[] = [];
  const connections: TelegramConnection[] = [];
  const lines: string[] = [];
  const log = recordingLog(lines);

  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
    const ended = dcs.splice(0);
    await Promise.all(ended.map((dc) => dc.stop()));
    for (const dc of ended)
      expect({ problems: dc.problems(), unhandled: dc.unhandled() }).toEqual({ problems: [], unhandled: [] });
    lines.length = 0;
  });

  const start = async (options?: Parameters<typeof createTelegramDc>[0]) => {
    const dc = createTelegramDc(options);
    dcs.push(dc);
    dc.seed(sampleWorld);
    await dc.start();
    return dc;
  };

  const open = (dc: TelegramDc, session?: string, clock: Clock = systemClock): Desk => {
    const port = createGramjsPort({
      clock,
      log,
      device: { model: 'Pult test', system: 'Linux', app: '1.0' },
    });
    const batches: UpdateBatch[] = [];
    const states: string[] = [];
    const signedOut: string[] = [];
    const pauses: FloodPause[] = [];
    const connection = port.open({
      session,
      api,
      network: dc.network(),
      events: {
        onUpdates: (batch) => void batches.push(batch),
        onState: (state) => void states.push(state),
        onSignedOut: (reason) => void signedOut.push(reason),
        onPause: (pause) => void pauses.push(pause),
      },
    });
    connections.push(connection);
    const updates = () => batches.flatMap((batch) => batch.updates.map(({ update }) => update));
    return { connection, batches, states, signedOut, pauses, updates };
  };

  const signedIn = async (dc: TelegramDc, clock?: Clock) => {
    const desk = open(dc, undefined, clock);
    const self = await signInByCode(desk.connection, irina);
    return { ...desk, self };
  };

  return { start, open, signedIn, lines };
}

export async function signInByCode(
  connection: TelegramConnection,
  who: { readonly phone: string; readonly password?: string },
): Promise<Self> {
  await connection.connect(never);
  const { hash } = await connection.requestCode(who.phone);
  let answer = await connection.submitCode({ phone: who.phone, hash, code: testCode });
  if (answer.step === 'password') answer = await connection.submitPassword(who.password ?? '');
  if (answer.step !== 'signed-in') throw new Error('not signed in');
  return answer.self;
}

function recordingLog(lines: string[]): Logger {
  const write = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
  return log;
}

/** Whom the dialogs name. */
export async function findPeer(connection: TelegramConnection, id: string): Promise<Peer> {
  const { rows } = await connection.dialogs({ after: null, limit: 100 });
  const found = rows.find(({ peer }) => peer.id === id);
  if (found === undefined) throw new Error(`no chat with ${id}`);
  return found.peer;
}
