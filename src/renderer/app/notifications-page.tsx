import { NotificationsScreen } from '../features/notifications/notifications-screen.tsx';
import type { NoticeRequest } from '../lib/notice-request.ts';
import type { Route } from '../lib/router.ts';
import type { AppDesk } from './create-desk.ts';

type Props = {
  readonly desk: AppDesk;
  readonly route: Extract<Route, { readonly page: 'notifications' }>;
  readonly onNotify: (request: NoticeRequest) => void;
};

export function NotificationsPage({ desk: { router }, route, onNotify }: Props) {
  return (
    <NotificationsScreen
      part={route.part}
      openId={route.id}
      onGo={(part, id) => router.go({ page: 'notifications', part, id }, true)}
      onOpenIncident={(incidentId) => router.go({ page: 'queue', incidentId })}
      onNotify={() => onNotify({})}
    />
  );
}
