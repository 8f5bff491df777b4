import { AppError } from '../../shared/errors.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { connectSocket } from './socket-port.ts';

declare global {
  // Merging with the DOM's Window needs an interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    /** Given by the preload of the Electron shell. */
    readonly pult?: { connect(): Port };
  }
}

/** The folder this page was served from, with the slash. */
export function pageBase(): string {
  return new URL('.', document.baseURI).href;
}

/** The only place that knows which shell the page runs in. */
export function connectPort(): Port | Promise<Port> {
  return window.pult?.connect() ?? connectHost();
}

/** The token is asked anew each time: a restarted host has another one. */
async function connectHost(): Promise<Port> {
  const base = pageBase();
  const answer = await fetch(`${base}session.json`, { cache: 'no-store' }).catch(() => undefined);
  if (!answer) throw new AppError('unavailable');
  if (answer.status === 401 || answer.status === 403) throw new AppError('denied');
  if (!answer.ok) throw new AppError('unavailable');
  const body: unknown = await answer.json();
  const token = typeof body === 'object' && body !== null && 'token' in body ? String(body.token) : '';
  return connectSocket(`${base.replace(/^http/, 'ws')}rpc`, token);
}
