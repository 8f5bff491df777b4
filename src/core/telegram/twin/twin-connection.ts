import { AppError } from '../../../shared/errors.ts';
import type { OpenOptions, TelegramConnection } from '../telegram-port.ts';
import { telegramError } from '../telegram-error.ts';
import { unlessAborted } from './twin-call.ts';
import { chatCalls } from './twin-chats.ts';
import { endSessions, later } from './twin-delivery.ts';
import { fileCalls } from './twin-files.ts';
import { signInCalls } from './twin-sign-in.ts';
import { takeKey } from './twin-state.ts';
import type { TwinLink, TwinState } from './twin-types.ts';
import { updateCalls } from './twin-updates.ts';

const sessionForm = /^twin (u\d+|-) ([\w-]+)$/;

export function openConnection(state: TwinState, options: OpenOptions): TelegramConnection {
  const link = createLink(state, options);
  const parts = { state, link };
  return {
    async connect(signal) {
      if (link.state === 'closed') throw closed();
      const both = AbortSignal.any([signal, link.closing.signal]);
      state.links.add(link);
      both.throwIfAborted();
      while (!state.online) await unlessAborted(state.networkBack.promise, both);
      if (link.state !== 'ready') enterReady(state, link);
    },
    reconnect() {
      if (link.state !== 'ready') return;
      enterLost(link);
      if (state.online) enterReady(state, link);
    },
    session: () => `twin ${link.accountId ?? '-'} ${link.key}`,
    async close() {
      if (link.state === 'closed') return;
      link.state = 'closed';
      state.links.delete(link);
      link.closing.abort(closed());
    },
    ...signInCalls(parts),
    ...updateCalls(parts),
    ...chatCalls(parts),
    ...fileCalls(parts),
  };
}

function createLink(state: TwinState, { session, api, events }: OpenOptions): TwinLink {
  const known = session === undefined ? undefined : sessionForm.exec(session);
  if (known === null) throw telegramError('session-broken');
  const [, user = '-', key = takeKey(state)] = known ?? [];
  return {
    key,
    api,
    events,
    closing: new AbortController(),
    state: 'new',
    accountId: user === '-' ? null : user,
    owesPassword: null,
  };
}

/** A world made anew at each start knows the sessions of the one before by the account they name. */
export function enterReady(state: TwinState, link: TwinLink): void {
  link.state = 'ready';
  const { key } = link;
  // A key is signed in whether or not its text was written down before.
  link.accountId ??= state.sessions.get(key) ?? null;
  const { accountId } = link;
  const ended = state.ended.get(key);
  const isKnown = accountId === null || state.accounts.has(accountId);
  later(link, () => link.events.onState('ready'));
  if (ended !== undefined || !isKnown) {
    endSessions(state, [key], ended ?? 'session-revoked');
    return;
  }
  if (accountId === null) return;
  state.sessions.set(key, accountId);
  const twins = [...state.links].filter((other) => other.key === key && other.state === 'ready');
  if (twins.length > 1) endSessions(state, [key], 'session-duplicated');
}

export function enterLost(link: TwinLink): void {
  link.state = 'lost';
  queueMicrotask(() => {
    if (link.state !== 'closed') link.events.onState('lost');
  });
}

function closed(): AppError {
  return new AppError('cancelled', { message: 'Telegram: connection closed' });
}
