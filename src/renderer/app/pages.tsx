import type { Person } from '../../shared/contract/session.ts';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import { AssetsScreen } from '../features/assets/assets-screen.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { DirectoryScreen } from '../features/directory/directory-screen.tsx';
import { OutboxScreen } from '../features/outbox/outbox-screen.tsx';
import { PeopleScreen } from '../features/people/people-screen.tsx';
import { QuarantineScreen } from '../features/quarantine/quarantine-screen.tsx';
import type { Route } from '../lib/router.ts';
import { ChatsPage } from './chats-page.tsx';
import type { AppDesk } from './create-desk.ts';
import { IncidentPage } from './incident-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { WorkPage } from './work-page.tsx';

/** The page that the address names. */
export function Pages({
  desk,
  person,
  route,
  composer,
  answers,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly route: Route;
  readonly composer: ComposerStore;
  readonly answers: AnswerStore;
}) {
  const open = (incidentId: number): void => desk.router.go({ page: 'queue', incidentId });
  const openChat = (chatId: number, messageId: number | null): void =>
    desk.router.go({ page: 'chats', chatId, messageId });
  switch (route.page) {
    case 'queue':
      return (
        <WorkPage
          desk={desk}
          person={person}
          incidentId={route.incidentId}
          composer={composer}
          answers={answers}
        />
      );
    case 'incident':
      return (
        <IncidentPage
          incidentId={route.incidentId}
          composer={composer}
          answers={answers}
          onOpenChat={openChat}
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
        />
      );
    case 'settings':
      return <SettingsPage desk={desk} tab={route.tab} />;
  }
}
