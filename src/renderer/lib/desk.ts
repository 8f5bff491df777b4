import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { PultContract } from '../../shared/contract/index.ts';
import type { Client } from '../../shared/rpc/define.ts';
import type { Announcer } from '../ui/live-region.tsx';
import type { Toasts } from '../ui/toasts.tsx';
import type { Feed } from './feed.ts';
import type { Hotkeys } from './hotkeys.ts';
import type { PeopleState } from './people-store.ts';
import type { Preferences } from './preferences.ts';
import type { ReferenceState } from './reference-store.ts';
import type { Router } from './router.ts';
import type { Session } from './session.ts';
import type { ShellState } from './shell-store.ts';
import type { Sound } from './sound.ts';
import type { Ticker } from './ticker.ts';
import type { UndoStack } from './undo.ts';

export type Rpc = Client<PultContract>;

/** What every feature may use; made once in app/create-desk.ts and handed down by context. */
export type Desk = {
  readonly rpc: Rpc;
  /** Folder the page was served from, with the slash: letters and blobs are below it. */
  readonly base: string;
  readonly feed: Feed;
  readonly session: Session;
  readonly shell: StoreApi<ShellState>;
  readonly reference: StoreApi<ReferenceState>;
  readonly people: StoreApi<PeopleState>;
  readonly preferences: Preferences;
  readonly ticker: Ticker;
  readonly hotkeys: Hotkeys;
  readonly sound: Sound;
  readonly toasts: Toasts;
  readonly announcer: Announcer;
  readonly router: Router;
  readonly undo: UndoStack;
};

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk outside of DeskContext');
  return desk;
}
