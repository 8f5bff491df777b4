import {
  BellRing,
  BookUser,
  ChartColumn,
  Handshake,
  ListTodo,
  MapPinned,
  MessagesSquare,
  PanelLeftClose,
  PanelLeftOpen,
  RadioTower,
  Send,
  Settings,
  ShieldAlert,
  Users,
  Wrench,
} from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useKeys, useShortcut } from '../lib/hotkeys.ts';
import { formatRoute, type Route } from '../lib/router.ts';
import type { ShortcutId } from '../lib/shortcuts.ts';
import { useFormat } from '../lib/use-format.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import type { AppDesk } from './create-desk.ts';
import styles from './rail.module.css';
import { useCallCount } from './use-call-count.ts';
import { useNoticeCount } from './use-notice-count.ts';
import { useOpenCount } from './use-open-count.ts';
import { useUnreadCount } from './use-unread-count.ts';
import { useWaitingCount } from './use-waiting-count.ts';

const narrow = matchMedia('(max-width: 1439px)');

type Entry = {
  readonly route: Route;
  readonly name:
    | 'queue'
    | 'chats'
    | 'calls'
    | 'notifications'
    | 'outbox'
    | 'quarantine'
    | 'assets'
    | 'shifts'
    | 'people'
    | 'directory'
    | 'map'
    | 'reports'
    | 'settings';
  readonly icon: ReactNode;
  readonly shortcut: ShortcutId;
};

const size = 16;
const entries: readonly Entry[] = [
  {
    route: { page: 'queue', incidentId: null },
    name: 'queue',
    icon: <ListTodo size={size} />,
    shortcut: 'goQueue',
  },
  {
    route: { page: 'chats', chatId: null, messageId: null },
    name: 'chats',
    icon: <MessagesSquare size={size} />,
    shortcut: 'goChats',
  },
  {
    route: { page: 'calls', part: 'board', callId: null },
    name: 'calls',
    icon: <Wrench size={size} />,
    shortcut: 'goCalls',
  },
  {
    route: { page: 'notifications', part: 'list', id: null },
    name: 'notifications',
    icon: <BellRing size={size} />,
    shortcut: 'goNotifications',
  },
  { route: { page: 'outbox' }, name: 'outbox', icon: <Send size={size} />, shortcut: 'goOutbox' },
  {
    route: { page: 'quarantine' },
    name: 'quarantine',
    icon: <ShieldAlert size={size} />,
    shortcut: 'goQuarantine',
  },
  {
    route: { page: 'assets', part: 'list', assetId: null },
    name: 'assets',
    icon: <RadioTower size={size} />,
    shortcut: 'goAssets',
  },
  {
    route: { page: 'shift', handoverId: null },
    name: 'shifts',
    icon: <Handshake size={size} />,
    shortcut: 'goShift',
  },
  { route: { page: 'people' }, name: 'people', icon: <Users size={size} />, shortcut: 'goPeople' },
  {
    route: { page: 'directory' },
    name: 'directory',
    icon: <BookUser size={size} />,
    shortcut: 'goDirectory',
  },
  { route: { page: 'map' }, name: 'map', icon: <MapPinned size={size} />, shortcut: 'goMap' },
  {
    route: { page: 'reports', part: 'dashboard' },
    name: 'reports',
    icon: <ChartColumn size={size} />,
    shortcut: 'goReports',
  },
  {
    route: { page: 'settings', tab: 'look' },
    name: 'settings',
    icon: <Settings size={size} />,
    shortcut: 'goSettings',
  },
];

/** The sections that exist, with what waits in each. */
export function Rail({ desk, route }: { readonly desk: AppDesk; readonly route: Route }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const format = useFormat();
  const chosen = useStore(desk.preferences.store, (state) => state.railCollapsed);
  const isNarrow = useSyncExternalStore(onNarrow, () => narrow.matches);
  const collapsed = chosen ?? isNarrow;
  const system = useStore(desk.shell, (state) => state.system);
  const open = useOpenCount(desk);
  const unread = useUnreadCount();
  const waiting = useWaitingCount();
  const notices = useNoticeCount();
  const calls = useCallCount();
  const toggle = (): void => desk.preferences.set({ railCollapsed: !collapsed });
  useShortcut('rail', toggle);

  const counts: Partial<Record<Entry['name'], { readonly count: number; readonly alert: boolean }>> = {
    queue: { count: open, alert: false },
    chats: { count: unread, alert: false },
    calls,
    notifications: notices,
    outbox: {
      count: system ? system.outbox.waiting + system.outbox.unknown + system.outbox.failed : 0,
      alert: (system?.outbox.failed ?? 0) + (system?.outbox.unknown ?? 0) > 0,
    },
    shifts: { count: waiting, alert: false },
    quarantine: { count: system?.quarantine ?? 0, alert: true },
  };

  return (
    <nav className={styles.rail} data-collapsed={collapsed || undefined} aria-label={t('frame.sections')}>
      {entries.map((entry) => {
        const name = t(`frame.${entry.name}`);
        const badge = counts[entry.name];
        const link = (
          <a
            key={entry.name}
            href={formatRoute(entry.route)}
            className={styles.link}
            aria-current={entry.route.page === route.page ? 'page' : undefined}
          >
            {entry.icon}
            <span className={collapsed ? 'visually-hidden' : styles.name}>{name}</span>
            {badge && badge.count > 0 ? (
              <span className={styles.count} data-alert={badge.alert || undefined}>
                {format.number(badge.count)}
              </span>
            ) : null}
          </a>
        );
        return (
          <Tooltip key={entry.name} text={name} keys={keys(entry.shortcut)}>
            {link}
          </Tooltip>
        );
      })}
      <span className={styles.space} />
      <Tooltip text={t(collapsed ? 'frame.expand' : 'frame.collapse')} keys={keys('rail')}>
        <button
          type="button"
          className={styles.link}
          aria-expanded={!collapsed}
          aria-label={t(collapsed ? 'frame.expand' : 'frame.collapse')}
          onClick={toggle}
        >
          {collapsed ? <PanelLeftOpen size={size} /> : <PanelLeftClose size={size} />}
        </button>
      </Tooltip>
    </nav>
  );
}

function onNarrow(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}
