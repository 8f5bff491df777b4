import { once } from 'node:events';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/core/platform/clock.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { createWebSocketPort } from '../../src/host/websocket-port.ts';
import { contract, type PultContract } from '../../src/shared/contract/index.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import type { Port } from '../../src/shared/rpc/port.ts';

export type CrashPage = {
  readonly rpc: Client<PultContract>;
  /** The id the last command got: asked again after a kill, it keeps it. */
  lastCommandId(): string;
  /** The host is back: do not wait for the next turn. */
  comeBack(): void;
  isLive(): boolean;
  close(): void;
};

type Parts = {
  /** A link to the host that works now, or to the next one. */
  readonly link: () => Promise<string>;
  readonly letIn: LetIn;
  readonly random: Random;
  /** Which of the desk's people. */
  readonly person: number;
};

export type LetIn = (link: string) => Promise<{ readonly address: URL; readonly cookie: string }>;

/** A link is good once; the cookie it gives outlives the host, as in a browser. */
export function createLetIn(): LetIn {
  let cookie: Promise<string> | undefined;
  return async (link) => {
    cookie ??= redeem(link);
    // A host killed between question and answer let nobody in.
    cookie.catch(() => {
      cookie = undefined;
    });
    return { address: new URL(link), cookie: await cookie };
  };
}

async function redeem(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (cookie === '') throw new Error(`The link gave no cookie: ${answer.status}`);
  return cookie;
}

/** A signed-in page with the product's own client, which comes back after every kill and asks again what was lost. */
export function openCrashPage({ link, letIn, random, person }: Parts): CrashPage {
  let lastCommandId = '';
  const { rpc, connection } = createClient(contract, async () => connect(letIn, await link()), {
    clock: systemClock,
    random: random.number,
    answerWithinMs: 120_000,
    newId: () => (lastCommandId = crypto.randomUUID()),
    async prepare(straight) {
      const { people } = await straight.session.people({});
      await straight.session.signIn({ personId: people[person]!.id });
    },
  });
  return {
    rpc,
    lastCommandId: () => lastCommandId,
    comeBack: connection.reconnectNow,
    isLive: () => connection.state().status === 'live',
    close: connection.close,
  };
}

async function connect(letIn: LetIn, link: string): Promise<Port> {
  const { address, cookie } = await letIn(link);
  const { origin, pathname, host } = address;
  const answer = await fetch(new URL('session.json', origin + pathname), { headers: { cookie } });
  const { token } = (await answer.json()) as { readonly token: string };
  const socket = new WebSocket(`ws://${host}${pathname}rpc`, ['pult', `token.${token}`], {
    headers: { cookie },
    origin,
  });
  const port = createWebSocketPort(socket);
  await once(socket, 'open');
  return port;
}
