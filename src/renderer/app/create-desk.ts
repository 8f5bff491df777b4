import { contract } from '../../shared/contract/index.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Port } from '../../shared/rpc/port.ts';
import type { Desk } from '../lib/desk.ts';
import { createFeed, touches } from '../lib/feed.ts';
import { createHotkeys } from '../lib/hotkeys.ts';
import { createPeopleStore, loadPeople } from '../lib/people-store.ts';
import { createPreferences } from '../lib/preferences.ts';
import { createReferenceStore, loadReference } from '../lib/reference-store.ts';
import { createRouter } from '../lib/router.ts';
import { createSession } from '../lib/session.ts';
import { createShellStore, describeShell, followShell } from '../lib/shell-store.ts';
import { createSound } from '../lib/sound.ts';
import { createTicker } from '../lib/ticker.ts';
import { createUndoStack } from '../lib/undo.ts';
import { createAnnouncer } from '../ui/live-region.tsx';
import { createToasts } from '../ui/toasts.tsx';

export type AppDesk = Desk & { readonly reconnect: () => void };

type Parts = { readonly connect: () => Port | Promise<Port>; readonly base: string };

/** The page's composition root: everything that lives as long as the window. */
export function createDesk({ connect, base }: Parts): {
  readonly desk: AppDesk;
  readonly start: (signal: AbortSignal) => void;
} {
  const preferences = createPreferences(localStorage);
  const shell = createShellStore(Date.now());
  const session = createSession(() => rpc, sessionStorage, localStorage);
  const { rpc, connection } = createClient(contract, connect, {
    clock: { now: Date.now, sleep },
    random: Math.random,
    newId: () => crypto.randomUUID(),
    prepare: (straight) => session.resume(straight),
  });
  const desk: AppDesk = {
    rpc,
    base,
    session,
    shell,
    preferences,
    feed: createFeed(rpc, onFrame),
    reference: createReferenceStore(),
    people: createPeopleStore(),
    ticker: createTicker(),
    hotkeys: createHotkeys(preferences),
    sound: createSound(preferences),
    toasts: createToasts(),
    announcer: createAnnouncer(),
    router: createRouter(),
    undo: createUndoStack(),
    reconnect: () => connection.reconnectNow(),
  };

  function start(signal: AbortSignal): void {
    const off = connection.subscribe((link) => shell.setState({ link }));
    signal.addEventListener('abort', off, { once: true });
    signal.addEventListener('abort', () => connection.close(), { once: true });
    window.addEventListener('keydown', (event) => desk.hotkeys.handle(event), { signal });
    window.addEventListener('online', () => connection.reconnectNow(), { signal });
    window.addEventListener('unhandledrejection', (event) => report(desk, 'page.unhandled', event.reason), {
      signal,
    });
    desk.router.start(signal);
    followShell(shell, rpc, signal).catch((thrown: unknown) => report(desk, 'page.describe-failed', thrown));
    followPerson(desk, signal);
  }

  return { desk, start };
}

/** What belongs to the signed-in person starts with them and stops with them. */
function followPerson(desk: AppDesk, signal: AbortSignal): void {
  let current = new AbortController();
  let personId: number | null = null;

  const change = (next: number | null): void => {
    if (next === personId) return;
    personId = next;
    current.abort();
    current = new AbortController();
    desk.undo.clear();
    desk.preferences.load(next);
    if (next !== null) {
      startWork(desk, current.signal).catch((thrown: unknown) => report(desk, 'page.start-failed', thrown));
    }
  };

  const off = desk.session.store.subscribe(({ person }) => change(person?.id ?? null));
  signal.addEventListener('abort', off, { once: true });
  signal.addEventListener('abort', () => current.abort(), { once: true });
  change(desk.session.store.getState().person?.id ?? null);
}

async function startWork(desk: AppDesk, signal: AbortSignal): Promise<void> {
  const { rpc, feed, reference, people, shell } = desk;
  const off = feed.on((change) => {
    if (touches(change, 'reference')) void loadReference(reference, rpc).catch(() => undefined);
    if (touches(change, 'person', 'shift')) void loadPeople(people, rpc).catch(() => undefined);
    if (touches(change, 'setting')) void describeShell(shell, rpc).catch(() => undefined);
  });
  signal.addEventListener('abort', off, { once: true });
  const { revision } = await rpc.incidents.rows({ ids: [] });
  if (signal.aborted) return;
  feed.start(revision, signal);
  await Promise.all([loadReference(reference, rpc), loadPeople(people, rpc)]);
}

/** To the desk's log, where the person who helps will look; never more than a few a minute. */
export function report(desk: Desk, event: string, thrown: unknown): void {
  const error = toAppError(thrown);
  if (error.code === 'cancelled' || error.code === 'unavailable') return;
  const detail = thrown instanceof Error ? `${thrown.message}\n${thrown.stack ?? ''}` : error.code;
  desk.rpc.shell.log({ level: 'error', event, detail: detail.slice(0, 2000) }).catch(() => undefined);
}

/** A hidden window draws no frames but must still hear of alarms. */
function onFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else setTimeout(run, 100);
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new AppError('cancelled'));
    if (signal?.aborted) return cancel();
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    }, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        cancel();
      },
      { once: true },
    );
  });
}
