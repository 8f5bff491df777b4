import { Search, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Person } from '../../shared/contract/session.ts';
import { Reminders } from '../features/reminders/reminders.tsx';
import { useKeys } from '../lib/hotkeys.ts';
import { formatRoute } from '../lib/router.ts';
import { useSecond } from '../lib/ticker.ts';
import { useFormat } from '../lib/use-format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Menu } from '../ui/menu.tsx';
import { Channels } from './channels.tsx';
import type { AppDesk } from './create-desk.ts';
import { PersonMenu } from './person-menu.tsx';
import { SoundControl } from './sound-control.tsx';
import styles from './top-bar.module.css';
import { TrainingControl } from './training-control.tsx';
import { useOnDutySince, type Overlay } from './use-frame-keys.ts';

/** What is true of the whole desk, always in sight. */
export function TopBar({
  desk,
  person,
  onOverlay,
  onCall,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly onOverlay: (overlay: Overlay) => void;
  readonly onCall: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const outbox = useStore(desk.shell, (state) => state.system?.outbox);
  const waiting = outbox ? outbox.waiting + outbox.unknown + outbox.failed : 0;
  const alert = outbox ? outbox.failed + outbox.unknown > 0 : false;
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>{t('common.product')}</span>
      <button type="button" className={styles.search} onClick={() => onOverlay('palette')}>
        <Search size={14} aria-hidden="true" />
        <span className={styles.searchText}>{t('frame.searchOrCommand')}</span>
        <Kbd keys={keys('palette') ?? ''} />
      </button>
      <IconButton label={t('keys.call')} keys={keys('call')} icon={<Wrench size={16} />} onClick={onCall} />
      <span className={styles.space} />
      <TrainingControl desk={desk} />
      <Channels desk={desk} />
      {waiting > 0 ? (
        <a className={styles.item} data-alert={alert || undefined} href={formatRoute({ page: 'outbox' })}>
          {t('frame.outboxCount', { count: waiting })}
        </a>
      ) : null}
      <Reminders className={styles.item} />
      <Duty desk={desk} person={person} onOverlay={onOverlay} />
      <SoundControl desk={desk} />
      <PersonMenu desk={desk} person={person} onOverlay={onOverlay} />
      <Clock />
    </header>
  );
}

function Clock() {
  const format = useFormat();
  const now = useSecond();
  return (
    <time className={styles.clock} title={format.full(now)}>
      {format.clock(now)} <span className={styles.zone}>{format.zoneName}</span>
    </time>
  );
}

function Duty({
  desk,
  person,
  onOverlay,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly onOverlay: (overlay: Overlay) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const since = useOnDutySince(desk, person);
  const onDuty = useStore(desk.shell, (state) => state.system?.onDuty ?? 0);
  return (
    <Menu
      target={
        <button type="button" className={styles.item} data-off={since === null || undefined}>
          {since === null ? t('frame.shift.off') : <ShiftLength since={since} />}
        </button>
      }
      items={[
        {
          key: 'count',
          heading: onDuty > 0 ? t('frame.shift.onDuty', { count: onDuty }) : t('frame.shift.nobody'),
        },
        {
          key: 'toggle',
          label: t(since === null ? 'frame.shift.start' : 'frame.shift.end'),
          keys: keys('shift'),
          onSelect: () => onOverlay(since === null ? 'shift-start' : 'shift-end'),
        },
      ]}
    />
  );
}

function ShiftLength({ since }: { readonly since: number }) {
  const { t } = useTranslation();
  const now = useSecond();
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return t('frame.shift.on', { time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` });
}
