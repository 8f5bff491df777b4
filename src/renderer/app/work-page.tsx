import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/contract/session.ts';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { QueuePane } from '../features/queue/queue-pane.tsx';
import { useShortcut } from '../lib/hotkeys.ts';
import type { CallRequest } from '../lib/call-request.ts';
import type { NoticeRequest } from '../lib/notice-request.ts';
import { formatRoute } from '../lib/router.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { AnswerAllDialog } from './answer-all-dialog.tsx';
import type { AppDesk } from './create-desk.ts';
import { IncidentPage } from './incident-page.tsx';
import { Splitter } from './splitter.tsx';

/** The queue and the card side by side: the place where the shift is spent. */
export function WorkPage({
  desk,
  person,
  incidentId,
  composer,
  answers,
  onCall,
  onNotify,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly incidentId: number | null;
  readonly composer: ComposerStore;
  readonly answers: AnswerStore;
  readonly onCall: (request: CallRequest) => void;
  readonly onNotify: (request: NoticeRequest) => void;
}) {
  const { t } = useTranslation();
  const flow = useRef<HTMLDivElement>(null);
  const [answering, setAnswering] = useState<readonly number[] | null>(null);
  const open = (id: number): void => desk.router.go({ page: 'queue', incidentId: id }, true);
  const openWindow = (): void => {
    if (incidentId === null) return;
    window.open(formatRoute({ page: 'incident', incidentId }), `pult-${incidentId}`, 'width=900,height=900');
  };
  useShortcut('openWindow', openWindow, incidentId !== null);
  // From the letters to the list, from the list to nothing chosen.
  useShortcut('back', () => {
    const inList = document.activeElement?.closest('[role=grid]');
    const row = document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]');
    if (incidentId !== null && !inList && row) row.focus();
    else desk.router.go({ page: 'queue', incidentId: null }, true);
  });

  return (
    <>
      <Splitter
        desk={desk}
        label={t('frame.splitter')}
        start={
          <QueuePane
            personId={person.id}
            openId={incidentId}
            onOpen={open}
            onEnter={() => flow.current?.focus()}
            onAnswerAll={setAnswering}
          />
        }
        end={
          incidentId === null ? (
            <EmptyState title={t('card.choose')}>{t('card.chooseText')}</EmptyState>
          ) : (
            <IncidentPage
              incidentId={incidentId}
              composer={composer}
              answers={answers}
              onOpenChat={(chatId, messageId) => desk.router.go({ page: 'chats', chatId, messageId })}
              onOpenWindow={openWindow}
              onCall={onCall}
              onNotify={onNotify}
              focusRef={flow}
            />
          )
        }
      />
      {answering === null ? null : (
        <AnswerAllDialog incidentIds={answering} onClose={() => setAnswering(null)} />
      )}
    </>
  );
}
