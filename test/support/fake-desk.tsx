import type { IncidentRow } from '../../src/shared/contract/incidents.ts';
import type { Desk, Rpc } from '../../src/renderer/lib/desk.ts';
import { createFeed } from '../../src/renderer/lib/feed.ts';
import { createHotkeys } from '../../src/renderer/lib/hotkeys.ts';
import { createPeopleStore } from '../../src/renderer/lib/people-store.ts';
import { createPreferences } from '../../src/renderer/lib/preferences.ts';
import { createReferenceStore } from '../../src/renderer/lib/reference-store.ts';
import { createRouter } from '../../src/renderer/lib/router.ts';
import { createSession } from '../../src/renderer/lib/session.ts';
import { createShellStore } from '../../src/renderer/lib/shell-store.ts';
import { createSound } from '../../src/renderer/lib/sound.ts';
import { createTicker } from '../../src/renderer/lib/ticker.ts';
import { createUndoStack } from '../../src/renderer/lib/undo.ts';
import { createAnnouncer } from '../../src/renderer/ui/live-region.tsx';
import { createToasts } from '../../src/renderer/ui/toasts.tsx';
import type { StreamOptions } from '../../src/shared/rpc/define.ts';

type Answers = Readonly<Record<string, (input: never) => unknown>>;
type FeedEvent = Parameters<Parameters<Rpc['feed']['changes']>[1]>[0];

export type FakeDesk = {
  readonly desk: Desk;
  /** As core's feed would say it. */
  readonly change: (event: FeedEvent) => void;
  /** Every call, as `group.name`, in order. */
  readonly calls: readonly string[];
  /** An event of another stream, such as `chats.typing`, to everybody who listens now. */
  readonly emit: (path: string, event: unknown) => void;
};

/** A desk without a core: answers come from the test, through JSON as on a wire; what is not answered waits for ever. */
export function createFakeDesk(answers: Answers, now: () => number = Date.now): FakeDesk {
  const calls: string[] = [];
  let tell: (event: FeedEvent) => void = () => undefined;
  const streams = new Map<string, Set<(event: never) => void>>();

  const rpc = new Proxy(
    {},
    {
      get: (_, group: string) =>
        new Proxy(
          {},
          {
            get: (__, name: string) => (input: never, onEvent?: unknown, options?: StreamOptions) => {
              const path = `${group}.${name}`;
              calls.push(path);
              if (typeof onEvent === 'function') {
                const listener = onEvent as (event: never) => void;
                if (path === 'feed.changes') tell = listener as typeof tell;
                listen(path, listener, options?.signal);
                return undefined;
              }
              const answer = answers[path];
              if (!answer) return new Promise(() => undefined);
              return Promise.resolve().then(() => structuredClone(answer(input)));
            },
          },
        ),
    },
  ) as Rpc;

  function listen(path: string, listener: (event: never) => void, signal?: AbortSignal): void {
    const listeners = streams.get(path) ?? new Set();
    streams.set(path, listeners.add(listener));
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
  }

  const storage = memoryStorage();
  const preferences = createPreferences(storage);
  const feed = createFeed(rpc, (run) => queueMicrotask(run));
  feed.start(0, new AbortController().signal);
  const desk: Desk = {
    rpc,
    base: '/',
    feed,
    session: createSession(() => rpc, memoryStorage(), memoryStorage()),
    shell: createShellStore(0),
    reference: createReferenceStore(),
    people: createPeopleStore(),
    preferences,
    ticker: createTicker(now),
    hotkeys: createHotkeys(preferences),
    sound: createSound(preferences),
    toasts: createToasts(),
    announcer: createAnnouncer(),
    router: createRouter(),
    undo: createUndoStack(),
  };
  desk.shell.setState({ zone: 'Europe/Moscow' });
  return {
    desk,
    calls,
    change: (event) => tell(event),
    emit(path, event) {
      for (const listener of streams.get(path) ?? []) listener(structuredClone(event) as never);
    },
  };
}

/** An open incident from a letter; only what a test is about is spelled. */
export function makeRow(part: Partial<IncidentRow> & { readonly id: number }): IncidentRow {
  return {
    code: `PLT-${part.id}`,
    title: `Нет питания на площадке ${part.id}`,
    statusId: 1,
    typeId: null,
    priority: 'normal',
    channel: 'mail',
    registeredAt: 0,
    openedAt: 0,
    finishedAt: null,
    dismissedAt: null,
    assigneeId: null,
    asset: '',
    applicant: 'noc@tele-op.example',
    unread: false,
    favourite: null,
    postponedUntil: null,
    autoCloseAt: null,
    lateLetters: 0,
    messageCount: 1,
    lastMessageAt: null,
    clock: null,
    alarms: [],
    mergedIntoId: null,
    floodId: null,
    revision: 1,
    ...part,
  };
}

function memoryStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (index) => [...values.keys()][index] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  };
}
