import { createStore, type StoreApi } from 'zustand/vanilla';

const assetsParts = ['list', 'lists', 'sources', 'runs', 'import'] as const;
/** Of the section of assets: the registry itself, and what feeds it. */
export type AssetsPart = (typeof assetsParts)[number];

const reportsParts = ['dashboard', 'completeness', 'journal'] as const;
export type ReportsPart = (typeof reportsParts)[number];

const callsParts = ['board', 'list', 'on-call', 'skills'] as const;
/** Of the section of calls: what is going on, what was, and who is on call. */
export type CallsPart = (typeof callsParts)[number];

const notificationsParts = ['list', 'answers', 'templates'] as const;
export type NotificationsPart = (typeof notificationsParts)[number];

export type Route =
  | { readonly page: 'queue'; readonly incidentId: number | null }
  | { readonly page: 'incident'; readonly incidentId: number }
  | {
      readonly page: 'chats';
      readonly chatId: number | null;
      /** The message to come to; null is where reading goes on. */
      readonly messageId: number | null;
    }
  /** A call is opened beside the part it was found in. */
  | { readonly page: 'calls'; readonly part: CallsPart; readonly callId: number | null }
  /** `id` is the one that is unfolded. */
  | { readonly page: 'notifications'; readonly part: NotificationsPart; readonly id: number | null }
  | { readonly page: 'outbox' }
  | { readonly page: 'quarantine' }
  | { readonly page: 'people' }
  | { readonly page: 'shift'; readonly handoverId: number | null }
  | { readonly page: 'directory' }
  | { readonly page: 'assets'; readonly part: AssetsPart; readonly assetId: number | null }
  | { readonly page: 'floods'; readonly floodId: number | null }
  | { readonly page: 'reports'; readonly part: ReportsPart }
  | { readonly page: 'map' }
  | { readonly page: 'settings'; readonly tab: string };

export type Router = {
  readonly store: StoreApi<{ readonly route: Route }>;
  /** `replace` leaves no step to go back to: walking a list is not a journey. */
  go(route: Route, replace?: boolean): void;
  /** Reads the address as long as the signal lives. */
  start(signal: AbortSignal): void;
};

export function createRouter(target: Window = window): Router {
  const store = createStore<{ readonly route: Route }>(() => ({ route: parseRoute(target.location.hash) }));
  return {
    store,
    go(route, replace = false) {
      const hash = formatRoute(route);
      if (target.location.hash === hash) return;
      if (replace) {
        target.history.replaceState(null, '', hash);
        store.setState({ route });
      } else target.location.hash = hash;
    },
    start(signal) {
      target.addEventListener(
        'hashchange',
        () => store.setState({ route: parseRoute(target.location.hash) }),
        {
          signal,
        },
      );
    },
  };
}

export function parseRoute(hash: string): Route {
  const [page, part, inner] = hash.replace(/^#?\/?/, '').split('/');
  const incidentId = idOf(part);
  if (page === 'chats') {
    return { page, chatId: incidentId, messageId: incidentId === null ? null : idOf(inner) };
  }
  if (page === 'incident' && incidentId !== null) return { page, incidentId };
  if (
    page === 'outbox' ||
    page === 'quarantine' ||
    page === 'people' ||
    page === 'directory' ||
    page === 'map'
  )
    return { page };
  if (page === 'shift') return { page, handoverId: incidentId };
  if (page === 'assets') {
    const named = assetsParts.find((known) => known === part);
    return { page, part: named ?? 'list', assetId: incidentId };
  }
  if (page === 'calls') {
    const named = callsParts.find((known) => known === part);
    return { page, part: named ?? 'board', callId: named ? idOf(inner) : incidentId };
  }
  if (page === 'notifications') {
    const named = notificationsParts.find((known) => known === part);
    return { page, part: named ?? 'list', id: named ? null : incidentId };
  }
  if (page === 'floods') return { page, floodId: incidentId };
  if (page === 'reports') {
    return { page, part: reportsParts.find((known) => known === part) ?? 'dashboard' };
  }
  if (page === 'settings') return { page, tab: part || 'look' };
  return { page: 'queue', incidentId };
}

function idOf(part: string | undefined): number | null {
  const number = Number(part);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

export function formatRoute(route: Route): string {
  if (route.page === 'queue') return route.incidentId === null ? '#/queue' : `#/queue/${route.incidentId}`;
  if (route.page === 'incident') return `#/incident/${route.incidentId}`;
  if (route.page === 'chats') {
    return ['#/chats', route.chatId, route.messageId].filter((part) => part !== null).join('/');
  }
  if (route.page === 'assets') {
    return route.part === 'list'
      ? ['#/assets', route.assetId].filter(Boolean).join('/')
      : `#/assets/${route.part}`;
  }
  if (route.page === 'shift') {
    return route.handoverId === null ? '#/shift' : `#/shift/${route.handoverId}`;
  }
  if (route.page === 'calls') {
    const part = route.part === 'board' ? null : route.part;
    return ['#/calls', part, route.callId].filter((piece) => piece !== null).join('/');
  }
  if (route.page === 'notifications') {
    return route.part === 'list'
      ? ['#/notifications', route.id].filter(Boolean).join('/')
      : `#/notifications/${route.part}`;
  }
  if (route.page === 'floods') return ['#/floods', route.floodId].filter(Boolean).join('/');
  if (route.page === 'reports') {
    return route.part === 'dashboard' ? '#/reports' : `#/reports/${route.part}`;
  }
  if (route.page === 'settings') return `#/settings/${route.tab}`;
  return `#/${route.page}`;
}
