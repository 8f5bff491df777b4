import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/contract/session.ts';
import { EndDialog } from '../features/shift/end-dialog.tsx';
import { ShiftScreen } from '../features/shift/shift-screen.tsx';
import { StartDialog } from '../features/shift/start-dialog.tsx';
import { useShiftState } from '../features/shift/use-shift-state.ts';
import { Bar } from './bar.tsx';
import type { AppDesk } from './create-desk.ts';
import { useOnDutySince, type Overlay } from './use-frame-keys.ts';

/** A shift the roster began and whose start nobody has gone through: a bar, since somebody may be writing just now. */
export function ShiftBar({ desk, onBegin }: { readonly desk: AppDesk; readonly onBegin: () => void }) {
  const { t } = useTranslation();
  const { data } = useShiftState();
  const begin = useRef(onBegin);
  useEffect(() => {
    begin.current = onBegin;
  });
  // At the sign-in nothing is under hand yet: whom the roster has brought is asked at once.
  const atSignIn = useRef(true);
  const prompt = data?.prompt;
  useEffect(() => {
    if (prompt === undefined) return;
    const { isNew } = desk.session.store.getState();
    if (atSignIn.current && isNew && prompt === 'roster') begin.current();
    atSignIn.current = false;
  }, [prompt, desk]);
  if (prompt !== 'roster') return null;
  return (
    <Bar tone="info" action={t('frame.bar.shiftBegin')} onAction={onBegin}>
      {t('frame.bar.shiftBegan')}
    </Bar>
  );
}

export function ShiftDialogs({
  desk,
  person,
  overlay,
  onClose,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly overlay: Overlay | null;
  readonly onClose: () => void;
}) {
  const open = (incidentId: number): void => {
    onClose();
    desk.router.go({ page: 'queue', incidentId });
  };
  if (overlay === 'shift-start')
    return <StartDialog person={person} onClose={onClose} onOpenIncident={open} />;
  if (overlay === 'shift-end') return <EndDialog person={person} onClose={onClose} />;
  return null;
}

export function ShiftPage({
  desk,
  person,
  handoverId,
  onOverlay,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly handoverId: number | null;
  readonly onOverlay: (overlay: Overlay) => void;
}) {
  const since = useOnDutySince(desk, person);
  return (
    <ShiftScreen
      person={person}
      handoverId={handoverId}
      onGo={(id) => desk.router.go({ page: 'shift', handoverId: id })}
      onOpenIncident={(incidentId) => desk.router.go({ page: 'queue', incidentId })}
      onToggle={() => onOverlay(since === null ? 'shift-start' : 'shift-end')}
    />
  );
}
