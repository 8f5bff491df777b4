import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Person } from '../../shared/contract/session.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Rpc } from './desk.ts';

export type SessionState = {
  /** `unknown` until the kept key has been tried. */
  readonly status: 'unknown' | 'out' | 'in';
  readonly person: Person | null;
  /** Chosen at this page just now, not resumed after a reload: nothing is under hand yet. */
  readonly isNew?: boolean;
};

export type Session = {
  readonly store: StoreApi<SessionState>;
  signIn(personId: number, pin: string | undefined): Promise<Person>;
  /** After the wizard: the key is already made. */
  take(key: string): Promise<void>;
  signOut(): Promise<void>;
  /** Runs on each new connection; nobody signed in is not a failure. */
  resume(rpc: Rpc): Promise<void>;
};

const storageKey = 'pult.session';

/**
 * Who works at this page. The key is kept for this tab and, for windows opened from it, for this browser; a tab that
 * chose another person keeps its own.
 */
export function createSession(
  rpc: () => Rpc,
  tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  browser: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): Session {
  const store = createStore<SessionState>(() => ({ status: 'unknown', person: null }));

  function keep(key: string): void {
    tab.setItem(storageKey, key);
    browser.setItem(storageKey, key);
  }

  function forget(): void {
    const key = tab.getItem(storageKey);
    tab.removeItem(storageKey);
    if (key === null || browser.getItem(storageKey) === key) browser.removeItem(storageKey);
  }

  async function resume(through: Rpc): Promise<void> {
    const key = tab.getItem(storageKey) ?? browser.getItem(storageKey);
    if (key === null) {
      store.setState({ status: 'out', person: null });
      return;
    }
    try {
      const { person } = await through.session.resume({ key });
      tab.setItem(storageKey, key);
      store.setState({ status: 'in', person });
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (code !== 'denied' && code !== 'not-found' && code !== 'invalid-input') throw thrown;
      forget();
      store.setState({ status: 'out', person: null });
    }
  }

  return {
    store,
    resume,
    async signIn(personId, pin) {
      const { person, key } = await rpc().session.signIn(
        pin === undefined ? { personId } : { personId, pin },
      );
      keep(key);
      store.setState({ status: 'in', person, isNew: true });
      return person;
    },
    async take(key) {
      keep(key);
      await resume(rpc());
    },
    async signOut() {
      await rpc().session.signOut({});
      forget();
      store.setState({ status: 'out', person: null });
    },
  };
}
