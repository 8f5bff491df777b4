import { X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NotificationClimb } from '../../../shared/contract/notifications.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { calmFeed } from '../../lib/notices/calm-feed.ts';
import { Climb } from '../../lib/notices/climb.tsx';
import { createServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './notifications.module.css';
import { useNoticeActions } from './use-notice-actions.ts';

/** The open notification, unfolded over the whole width: why it went the way it went. */
export function NoticeDetail({
  id,
  onClose,
  onOpenIncident,
}: {
  readonly id: number;
  readonly onClose: () => void;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error } = useClimb(id);
  useShortcut('back', onClose);
  return (
    <section className={styles.detail} aria-label={t('notifications.climb.steps')}>
      <div className={styles.detailBar}>
        {data ? <Actions climb={data} onOpenIncident={onOpenIncident} /> : null}
        <span className={styles.space} />
        <IconButton label={t('notifications.actions.close')} icon={<X size={16} />} onClick={onClose} />
      </div>
      <div className={styles.detailBody} tabIndex={-1}>
        {error && !data ? <p role="alert">{errorText(error)}</p> : null}
        {data ? <Climb climb={data} /> : null}
      </div>
    </section>
  );
}

function Actions({
  climb: { row },
  onOpenIncident,
}: {
  readonly climb: NotificationClimb;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const actions = useNoticeActions();
  const { id, incident, state, acknowledgedAt, kind } = row;
  const isOpen = state === 'waiting' || state === 'climbing';
  return (
    <>
      {acknowledgedAt === null && kind !== 'call' && kind !== 'handover' ? (
        <Button onClick={() => void actions.acknowledge([id])}>
          {t('notifications.actions.acknowledge')}
        </Button>
      ) : null}
      {isOpen && kind !== 'call' ? (
        <Button onClick={() => void actions.cancel([id])}>{t('notifications.actions.cancel')}</Button>
      ) : null}
      {kind === 'composed' || kind === 'alarm' ? (
        <Button onClick={() => void actions.resend([id])}>{t('notifications.actions.resend')}</Button>
      ) : null}
      {incident === null ? null : (
        <Button kind="quiet" onClick={() => onOpenIncident(incident.id)}>
          {t('notifications.actions.openIncident', { code: incident.code })}
        </Button>
      )}
    </>
  );
}

const kinds = ['notification'] as const;

function useClimb(id: number) {
  const { rpc, feed } = useDesk();
  const source = useMemo(
    () =>
      createServerData({
        load: (signal) => rpc.notifications.climb({ id }, { signal }),
        feed: calmFeed(feed),
        kinds,
      }),
    [rpc, feed, id],
  );
  useEffect(() => source.start(), [source]);
  return useStore(source.store);
}
