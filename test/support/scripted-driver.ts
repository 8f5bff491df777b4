import type {
  Asked,
  Dispatch,
  DispatchHooks,
  Polled,
  RouteDriver,
  RouteInbox,
  Sent,
  StatusReport,
} from '../../src/core/notify/route-driver.ts';
import { routeError, type RouteTrouble } from '../../src/core/notify/route-errors.ts';
import type { Certainty } from '../../src/core/notify/channel.ts';

/** What the service does with the next message. */
export type DriverScene =
  | { readonly as: 'takes'; readonly report?: Partial<StatusReport> }
  /** Before the first byte when `wrote` is left out. */
  | {
      readonly as: 'fails';
      readonly trouble: RouteTrouble;
      readonly certainty: Certainty;
      readonly wrote?: boolean;
      readonly retryAfterMs?: number;
    }
  /** Not before `release` is called; after the first byte when `wrote` is true. */
  | {
      readonly as: 'hangs';
      readonly wrote: boolean;
      /** It does not hear that it is to stop. */
      readonly isDeaf?: boolean;
    };

export type ScriptedDriver = RouteDriver & {
  /** What had its first byte written, in order. */
  readonly sent: Dispatch[];
  /** Everything it was asked to send. */
  readonly asked: Dispatch[];
  /** Of the next messages, in order; when there are no more it takes them. */
  play(...scenes: readonly DriverScene[]): void;
  /** Of all messages without a scene of their own. */
  always(scene: DriverScene): void;
  /** Lets everything that hangs go on: taken by the service. */
  release(): void;
  /** What `poll` tells from now on, by provider id. */
  tell(providerId: string, report: StatusReport): void;
  /** What `find` says from now on. */
  found(answer: Sent | 'absent' | 'in-doubt'): void;
  /** What it hears by; undefined while nobody listens. */
  inbox(): RouteInbox | undefined;
  /** `taken-1` is the first message it took. */
  readonly polls: Asked[][];
};

export type ScriptedKind = {
  readonly receipts?: RouteDriver['receipts'];
  readonly isIdempotent?: boolean;
  readonly polls?: boolean;
  readonly finds?: boolean;
};

/** A way of sending without a service: it does what the test says and keeps what it was given. */
export function createScriptedDriver(kind: ScriptedKind = {}): ScriptedDriver {
  const scenes: DriverScene[] = [];
  const told = new Map<string, StatusReport>();
  const hanging = new Set<() => void>();
  let usual: DriverScene = { as: 'takes' };
  let answer: Sent | 'absent' | 'in-doubt' = 'in-doubt';
  let heard: RouteInbox | undefined;
  const driver: ScriptedDriver = {
    receipts: kind.receipts ?? ['accepted', 'delivered', 'read', 'acknowledged'],
    isIdempotent: kind.isIdempotent ?? false,
    sent: [],
    asked: [],
    polls: [],
    play: (...next) => void scenes.push(...next),
    always: (scene) => void (usual = scene),
    release() {
      for (const go of hanging) go();
      hanging.clear();
    },
    tell: (providerId, report) => void told.set(providerId, report),
    found: (next) => void (answer = next),
    inbox: () => heard,
    async send(dispatch, hooks, signal) {
      const scene = scenes.shift() ?? usual;
      driver.asked.push(dispatch);
      return play(scene, dispatch, hooks, signal);
    },
    async listen(inbox, signal) {
      heard = inbox;
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      heard = undefined;
    },
    test: async () => ({ facts: { name: 'scripted' } }),
    ...(kind.polls === true ? { poll } : {}),
    ...(kind.finds === true ? { find: async () => answer } : {}),
  };

  async function poll(asked: readonly Asked[]): Promise<readonly Polled[]> {
    driver.polls.push([...asked]);
    return asked.flatMap(({ providerId }) => {
      const report = providerId === null ? undefined : told.get(providerId);
      return providerId !== null && report ? [{ providerId, report }] : [];
    });
  }

  async function play(
    scene: DriverScene,
    dispatch: Dispatch,
    hooks: DispatchHooks,
    signal: AbortSignal,
  ): Promise<Sent> {
    const write = () => {
      hooks.wrote();
      driver.sent.push(dispatch);
    };
    if (scene.as === 'hangs' && !scene.wrote) await hang(scene.isDeaf === true ? undefined : signal);
    if (scene.as !== 'fails' || scene.wrote === true) write();
    if (scene.as === 'hangs' && scene.wrote) await hang(signal);
    if (scene.as === 'fails') {
      const { trouble, certainty, retryAfterMs } = scene;
      throw routeError(trouble, { certainty, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    }
    const report = scene.as === 'takes' ? scene.report : undefined;
    return { status: 'accepted', raw: 'taken', providerId: `taken-${driver.sent.length}`, ...report };
  }

  function hang(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      hanging.add(resolve);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
  return driver;
}
