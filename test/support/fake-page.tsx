import { useEffect, useMemo, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createStore } from 'zustand/vanilla';
import { AppError } from '../../src/shared/errors.ts';
import { createWords } from '../../src/shared/i18n/index.ts';
import { DeskContext, type Desk, type Rpc } from '../../src/renderer/lib/desk.ts';
import { noChange, type FeedChange, type FeedKind } from '../../src/renderer/lib/feed.ts';
import { createHotkeys } from '../../src/renderer/lib/hotkeys.ts';
import { createPeopleStore } from '../../src/renderer/lib/people-store.ts';
import { createPreferences } from '../../src/renderer/lib/preferences.ts';
import { createReferenceStore } from '../../src/renderer/lib/reference-store.ts';
import { createRouter } from '../../src/renderer/lib/router.ts';
import { createShellStore } from '../../src/renderer/lib/shell-store.ts';
import { createTicker } from '../../src/renderer/lib/ticker.ts';
import { createUndoStack } from '../../src/renderer/lib/undo.ts';
import { createAnnouncer, LiveRegion } from '../../src/renderer/ui/live-region.tsx';
import { ThemeProvider } from '../../src/renderer/ui/theme-provider.tsx';
import { createToasts, ToastStack } from '../../src/renderer/ui/toasts.tsx';
import '../../src/renderer/styles/main.css';

/** `tell` is the page's ear of a stream; a query or a command has none. */
type Answers = Readonly<Record<string, (input: never, tell: (event: unknown) => void) => unknown>>;

export type FakePage = {
  readonly desk: Desk;
  /** As if core had changed something of this kind. */
  tell(...kinds: readonly FeedKind[]): void;
  readonly Page: (props: { readonly children: ReactNode }) => ReactNode;
};

/** The desk of a page over answers given by name (`drafts.save`); what a test did not expect to be asked fails. */
export function createFakePage(answers: Answers, scheme: 'dark' | 'light' = 'dark'): FakePage {
  const listeners = new Set<(change: FeedChange) => void>();
  const preferences = createPreferences({ getItem: () => null, setItem: () => undefined });
  const desk: Desk = {
    rpc: fakeRpc(answers),
    base: '/',
    feed: {
      store: createStore(() => ({ revision: 0 })),
      on(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      start: () => undefined,
    },
    session: {
      store: createStore(() => ({ status: 'out' as const, person: null })),
      signIn: () => Promise.reject(new AppError('denied')),
      take: () => Promise.resolve(),
      signOut: () => Promise.resolve(),
      resume: () => Promise.resolve(),
    },
    shell: createShellStore(0),
    reference: createReferenceStore(),
    people: createPeopleStore(),
    preferences,
    ticker: createTicker(),
    hotkeys: createHotkeys(preferences),
    sound: {
      store: createStore(() => ({ state: 'ready' as const })),
      play: () => true,
      unlock: () => Promise.resolve(),
      markHeard: () => undefined,
    },
    toasts: createToasts(),
    announcer: createAnnouncer(),
    router: createRouter(),
    undo: createUndoStack(),
  };
  return {
    desk,
    tell(...kinds) {
      for (const listener of listeners) listener({ ...noChange, kinds: new Set(kinds) });
    },
    Page: ({ children }) => (
      <Providers desk={desk} scheme={scheme}>
        {children}
      </Providers>
    ),
  };
}

function Providers({
  desk,
  scheme,
  children,
}: {
  readonly desk: Desk;
  readonly scheme: 'dark' | 'light';
  readonly children: ReactNode;
}) {
  const words = useMemo(() => createWords('ru'), []);
  useEffect(() => {
    const handle = (event: KeyboardEvent): void => desk.hotkeys.handle(event);
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [desk]);
  return (
    <I18nextProvider i18n={words}>
      <DeskContext value={desk}>
        <ThemeProvider scheme={scheme}>
          <main>{children}</main>
          <ToastStack toasts={desk.toasts} label="toasts" closeLabel="close" />
          <LiveRegion announcer={desk.announcer} />
        </ThemeProvider>
      </DeskContext>
    </I18nextProvider>
  );
}

/** JSON on purpose: what does not survive the wire must not pass a test. */
function fakeRpc(answers: Answers): Rpc {
  const find = (path: string) => {
    const answer = answers[path];
    if (!answer) throw new AppError('internal', { message: `unexpected call ${path}` });
    return answer;
  };
  const ask = async (path: string, input: unknown) => {
    const value = await find(path)(copy(input) as never, () => undefined);
    return value === undefined ? {} : copy(value);
  };
  const follow = (path: string, onEvent: (event: unknown) => void, signal: AbortSignal) => {
    find(path)({} as never, (event) => {
      if (!signal.aborted) onEvent(copy(event));
    });
  };
  const group = (name: string) =>
    new Proxy(
      {},
      {
        get: (_target, procedure) => (input: unknown, second?: unknown, options?: StreamOptions) => {
          const path = `${name}.${String(procedure)}`;
          return typeof second === 'function' && options
            ? follow(path, second as (event: unknown) => void, options.signal)
            : ask(path, input);
        },
      },
    );
  return new Proxy({}, { get: (_target, name) => group(String(name)) }) as Rpc;
}

type StreamOptions = { readonly signal: AbortSignal };

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
