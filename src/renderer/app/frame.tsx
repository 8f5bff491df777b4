import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Person } from '../../shared/contract/session.ts';
import { AlarmBar } from '../features/alarms/alarm-bar.tsx';
import type { ReachCall } from '../features/alarms/alarm-store.ts';
import { useAlarms } from '../features/alarms/use-alarms.ts';
import { startAnswers } from '../features/answer/start-answers.ts';
import { CallDialog } from '../features/calls/call-dialog.tsx';
import { NewLetter } from '../features/composer/new-letter.tsx';
import { startComposer } from '../features/composer/start-composer.ts';
import { ComposeDialog } from '../features/notifications/compose-dialog.tsx';
import { KeysHelp } from '../features/palette/keys-help.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { CreateIncident } from '../features/queue/create-incident.tsx';
import { SignIn } from '../features/session/sign-in.tsx';
import type { CallRequest } from '../lib/call-request.ts';
import type { NoticeRequest } from '../lib/notice-request.ts';
import type { Route } from '../lib/router.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { AppDesk } from './create-desk.ts';
import { DeskBars } from './desk-bars.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './frame.module.css';
import { LinkBars } from './link-bars.tsx';
import { Pages } from './pages.tsx';
import { Rail } from './rail.tsx';
import { ShiftBar, ShiftDialogs } from './shift-dialogs.tsx';
import { TopBar } from './top-bar.tsx';
import { useActions } from './use-actions.ts';
import { useFrameKeys, type Overlay } from './use-frame-keys.ts';

/** The desk at work: rail, top bar, what must be known, and the chosen page. */
export function Frame({ desk, person }: { readonly desk: AppDesk; readonly person: Person }) {
  const { t } = useTranslation();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [calling, setCalling] = useState<CallRequest | null>(null);
  const [notifying, setNotifying] = useState<NoticeRequest | null>(null);
  const route = useStore(desk.router.store, (state) => state.route);
  const { composer, answers } = useWriting(desk);
  const open = useCallback((incidentId: number) => desk.router.go({ page: 'queue', incidentId }), [desk]);
  const openReach = useCallback((alarm: ReachCall) => desk.router.go(placeOf(alarm)), [desk]);
  const alarms = useAlarms(open, openReach);
  const close = (): void => setOverlay(null);
  useFrameKeys(desk, person, { show: setOverlay, onCall: setCalling, onNotify: setNotifying });
  const actions = useActions(desk);
  const alone = route.page === 'incident';

  return (
    <div className={styles.frame} data-alone={alone || undefined}>
      <a className={styles.skip} href="#content" onClick={focusContent}>
        {t('frame.skip')}
      </a>
      {alone ? null : (
        <TopBar desk={desk} person={person} onOverlay={setOverlay} onCall={() => setCalling({})} />
      )}
      {alone ? null : <Rail desk={desk} route={route} />}
      <div className={styles.body}>
        <LinkBars desk={desk} />
        <DeskBars desk={desk} />
        <ShiftBar key={person.id} desk={desk} onBegin={() => setOverlay('shift-start')} />
        <AlarmBar
          alarms={alarms}
          onOpen={open}
          onOpenHandover={(handoverId) => desk.router.go({ page: 'shift', handoverId })}
          onOpenReach={openReach}
        />
        <main id="content" className={styles.main} tabIndex={-1}>
          <ErrorBoundary desk={desk} key={route.page}>
            <Pages
              desk={desk}
              person={person}
              route={route}
              composer={composer}
              answers={answers}
              onOverlay={setOverlay}
              onCall={setCalling}
              onNotify={setNotifying}
            />
          </ErrorBoundary>
        </main>
      </div>
      <NewLetter composer={composer} />
      {overlay === 'palette' ? <Palette actions={actions} onOpen={open} onClose={close} /> : null}
      {overlay === 'help' ? <KeysHelp onClose={close} /> : null}
      {overlay === 'create' ? (
        <CreateIncident
          personId={person.id}
          onClose={close}
          onCreated={(id) => {
            close();
            open(id);
          }}
        />
      ) : null}
      {calling ? (
        <CallDialog
          request={calling}
          onClose={() => setCalling(null)}
          onCalled={(callId) => {
            setCalling(null);
            // Of an incident the call stands on its card; the hand stays where it works.
            if (!calling.incident) desk.router.go({ page: 'calls', part: 'board', callId });
          }}
        />
      ) : null}
      {notifying ? <ComposeDialog request={notifying} onClose={() => setNotifying(null)} /> : null}
      <ShiftDialogs desk={desk} person={person} overlay={overlay} onClose={close} />
      {overlay === 'person' ? (
        <Dialog open onClose={close} title={t('frame.person.switch')} closeLabel={t('common.close')}>
          <SignIn onDone={close} />
        </Dialog>
      ) : null}
    </div>
  );
}

function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}

/** Letters and messages being written outlive the page they are written on. */
function useWriting(desk: AppDesk) {
  const parts = useMemo(() => {
    const stop = new AbortController();
    const { signal } = stop;
    return { stop, composer: startComposer(desk, signal), answers: startAnswers(desk, signal) };
  }, [desk]);
  useEffect(() => () => parts.stop.abort(), [parts]);
  return parts;
}

/** A call has a page of its own; of the rest the notification tells what happened. */
function placeOf({ callId, notificationId, incidentId }: ReachCall): Route {
  if (callId !== null) return { page: 'calls', part: 'board', callId };
  // A contractor who was only written to has no notification.
  if (notificationId === null && incidentId !== null) return { page: 'queue', incidentId };
  return { page: 'notifications', part: 'list', id: notificationId };
}
