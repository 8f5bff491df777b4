import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { PultContract } from '../../shared/contract/index.ts';
import type { SystemState } from '../../shared/contract/session.ts';
import type { Rpc } from './desk.ts';

export type ShellDescription = z.infer<PultContract['shell']['describe']['output']>;

export type Link = {
  readonly status: 'connecting' | 'live' | 'lost';
  readonly since: number;
  /** `denied` means that waiting will not help: the link from the terminal must be opened again. */
  readonly reason?: string | undefined;
  readonly build?: string | undefined;
};

export type ShellState = {
  readonly link: Link;
  readonly description: ShellDescription | null;
  readonly system: SystemState | null;
  /** Of the desk; until it is known, of this machine. */
  readonly zone: string;
};

export function createShellStore(since: number): StoreApi<ShellState> {
  return createStore<ShellState>(() => ({
    link: { status: 'connecting', since },
    description: null,
    system: null,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }));
}

/** Asks what the shell can do and follows the state of the services; both need no signed-in person. */
export async function followShell(store: StoreApi<ShellState>, rpc: Rpc, signal: AbortSignal): Promise<void> {
  rpc.shell.state({}, (system) => store.setState({ system }), { signal });
  await describeShell(store, rpc);
}

export async function describeShell(store: StoreApi<ShellState>, rpc: Rpc): Promise<void> {
  const description = await rpc.shell.describe({});
  store.setState({ description, zone: description.zone });
}
