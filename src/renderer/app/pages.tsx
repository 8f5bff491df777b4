import type { Person } from '../../shared/contract/session.ts';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import { AssetsScreen } from '../features/assets/assets-screen.tsx';
import { CallsScreen } from '../features/calls/calls-screen.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { FloodsScreen } from '../features/floods/floods-screen.tsx';
import { OutboxScreen } from '../features/outbox/outbox-screen.tsx';
import { MapScreen } from '../features/map/map-screen.tsx';
import { PeopleScreen } from '../features/people/people-screen.tsx';
import { QuarantineScreen } from '../features/quarantine/quarantine-screen.tsx';
import { ReportsScreen } from '../features/reports/reports-screen.tsx';
import type { CallRequest } from '../lib/call-request.ts';
import type { NoticeRequest } from '../lib/notice-request.ts';
import type { Route } from '../lib/router.ts';
import { ChatsPage } from './chats-page.tsx';
import type { AppDesk } from './create-desk.ts';
import { IncidentPage } from './incident-page.tsx';
import { NotificationsPage } from './notifications-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { ShiftPage } from './shift-dialogs.tsx';
import type { Overlay } from './use-frame-keys.ts';
import { WorkPage } from './work-page.tsx';

/** The page that the address names. */
export function Pages({
  desk,
  person,
  route,
  composer,
  answers,
  onOverlay,
  onCall,
  onNotify,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly route: Route;
  readonly composer: ComposerStore;
  readonly answers: AnswerStore;
  readonly onOverlay: (overlay: Overlay) => void;
  readonly onCall: (request: CallRequest) => void;
  readonly onNotify: (request: NoticeRequest) => void;
}) {
  const open = (incidentId: number): void => desk.router.go({ page: 'queue', incidentId });
  const openChat = (chatId: number, messageId: number | null): void =>
    desk.router.go({ page: 'chats', chatId, messageId });
  const openAsset = (assetId: number): void => desk.router.go({ page: 'assets', part: 'list', assetId });
  switch (route.page) {
    case 'queue':
      return (
        <WorkPage
          desk={desk}
          person={person}
          incidentId={route.incidentId}
          composer={composer}
          answers={answers}
          onCall={onCall}
          onNotify={onNotify}
        />
      );
    case 'incident':
      return (
        <IncidentPage
          incidentId={route.incidentId}
          composer={composer}
          answers={answers}
          onOpenChat={openChat}
          onCall={onCall}
          onNotify={onNotify}
        />
      );
    case 'chats':
      return (
        <ChatsPage
          desk={desk}
          chatId={route.chatId}
          messageId={route.messageId}
          answers={answers}
          onOpenIncident={open}
        />
      );
    case 'calls':
      return (
        <CallsScreen
          part={route.part}
          callId={route.callId}
          onGo={(part, callId, replace) => desk.router.go({ page: 'calls', part, callId }, replace)}
          onCall={() => onCall({})}
          onCallAgain={({ incidentId, incidentCode, incidentTitle, assetId }) =>
            onCall({
              ...(incidentId === null
                ? {}
                : {
                    incident: { id: incidentId, code: incidentCode ?? '', title: incidentTitle ?? '' },
                  }),
              ...(assetId === null ? {} : { assetId }),
            })
          }
        />
      );
    case 'notifications':
      return <NotificationsPage desk={desk} route={route} onNotify={onNotify} />;
    case 'outbox':
      return (
        <OutboxScreen
          onOpenIncident={open}
          onOpenChat={openChat}
          onTakenBack={({ incidentId, chat }) => {
            if (incidentId !== null) open(incidentId);
            else if (chat) openChat(chat.id, null);
            else composer.showNew(true);
          }}
        />
      );
    case 'quarantine':
      return <QuarantineScreen onOpenIncident={open} />;
    case 'shift':
      return <ShiftPage desk={desk} person={person} handoverId={route.handoverId} onOverlay={onOverlay} />;
    case 'people':
      return <PeopleScreen />;
    case 'directory':
      return <DirectoryScreen onOpenChat={(chatId) => openChat(chatId, null)} />;
    case 'assets':
      return (
        <AssetsScreen
          part={route.part}
          assetId={route.assetId}
          onGo={(part, assetId, replace) => desk.router.go({ page: 'assets', part, assetId }, replace)}
          onOpenIncident={open}
          onCall={(id) => onCall({ assetId: id })}
        />
      );
    case 'floods':
      return (
        <FloodsScreen
          floodId={route.floodId}
          onGo={(floodId) => desk.router.go({ page: 'floods', floodId })}
        />
      );
    case 'reports':
      return (
        <ReportsScreen
          part={route.part}
          onGo={(part) => desk.router.go({ page: 'reports', part }, true)}
          onOpenIncident={open}
          onOpenAsset={openAsset}
        />
      );
    case 'map':
      return <MapScreen onOpenIncident={open} onOpenAsset={openAsset} />;
    case 'settings':
      return <SettingsPage desk={desk} tab={route.tab} />;
  }
}
