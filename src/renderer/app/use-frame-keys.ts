import { useStore } from 'zustand';
import type { Person } from '../../shared/contract/session.ts';
import type { CallRequest } from '../lib/call-request.ts';
import { useShortcut } from '../lib/hotkeys.ts';
import type { NoticeRequest } from '../lib/notice-request.ts';
import { useUndo } from '../lib/use-undo.ts';
import type { AppDesk } from './create-desk.ts';

export type Overlay = 'palette' | 'help' | 'create' | 'person' | 'shift-start' | 'shift-end';

type Opens = {
  readonly show: (overlay: Overlay) => void;
  readonly onCall: (request: CallRequest) => void;
  readonly onNotify: (request: NoticeRequest) => void;
};

/** Keys that work on every page. */
export function useFrameKeys(desk: AppDesk, person: Person, { show, onCall, onNotify }: Opens): void {
  const { router, preferences } = desk;
  const undo = useUndo();
  const since = useOnDutySince(desk, person);

  useShortcut('palette', () => show('palette'));
  useShortcut('help', () => show('help'));
  useShortcut('create', () => show('create'));
  useShortcut('call', () => onCall({}));
  useShortcut('notify', () => onNotify({}));
  useShortcut('switchPerson', () => show('person'));
  useShortcut('undo', () => void undo());
  useShortcut('shift', () => show(since === null ? 'shift-start' : 'shift-end'));
  useShortcut('sound', () => preferences.set({ soundOn: !preferences.store.getState().soundOn }));
  useShortcut('goQueue', () => router.go({ page: 'queue', incidentId: null }));
  useShortcut('goChats', () => router.go({ page: 'chats', chatId: null, messageId: null }));
  useShortcut('goCalls', () => router.go({ page: 'calls', part: 'board', callId: null }));
  useShortcut('goNotifications', () => router.go({ page: 'notifications', part: 'list', id: null }));
  useShortcut('goOutbox', () => router.go({ page: 'outbox' }));
  useShortcut('goQuarantine', () => router.go({ page: 'quarantine' }));
  useShortcut('goShift', () => router.go({ page: 'shift', handoverId: null }));
  useShortcut('goPeople', () => router.go({ page: 'people' }));
  useShortcut('goDirectory', () => router.go({ page: 'directory' }));
  useShortcut('goAssets', () => router.go({ page: 'assets', part: 'list', assetId: null }));
  useShortcut('goFloods', () => router.go({ page: 'floods', floodId: null }));
  useShortcut('goMap', () => router.go({ page: 'map' }));
  useShortcut('goReports', () => router.go({ page: 'reports', part: 'dashboard' }));
  useShortcut('goSettings', () => router.go({ page: 'settings', tab: 'look' }));
  useShortcut('goTelegram', () => router.go({ page: 'settings', tab: 'telegram' }));
}

/** Since when the signed-in person is on duty, as the people list knows it. */
export function useOnDutySince(desk: AppDesk, person: Person): number | null {
  const known = useStore(desk.people, (state) => state.people.get(person.id));
  return known ? known.onDutySince : person.onDutySince;
}
