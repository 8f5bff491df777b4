import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './setup.module.css';

/** Asks the browser for the permission, which it gives only after a click. */
export function NotificationTest() {
  const { t } = useTranslation();
  const { shell } = useDesk();
  const bySystem = useStore(shell, (state) => state.description?.capabilities.notifications ?? false);
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : ('missing' as const),
  );

  async function ask(): Promise<void> {
    setPermission(await Notification.requestPermission());
  }

  function show(): void {
    new Notification(t('setup.signals.sampleTitle'), { body: t('setup.signals.sampleText'), tag: 'sample' });
  }

  return (
    <section className={styles.signal} aria-label={t('setup.signals.notification')}>
      <h3 className={styles.caption}>{t('setup.signals.notification')}</h3>
      {bySystem ? <p className={styles.text}>{t('setup.signals.notificationSystem')}</p> : null}
      {!bySystem && permission === 'missing' ? (
        <Notice tone="risk">{t('setup.signals.notificationNone')}</Notice>
      ) : null}
      {!bySystem && permission === 'default' ? (
        <div>
          <Button onClick={() => void ask()}>{t('setup.signals.notificationAsk')}</Button>
        </div>
      ) : null}
      {!bySystem && permission === 'denied' ? (
        <Notice tone="risk" alert>
          {t('setup.signals.notificationDenied')}
        </Notice>
      ) : null}
      {!bySystem && permission === 'granted' ? (
        <>
          <Notice tone="good">{t('setup.signals.notificationOk')}</Notice>
          <div>
            <Button onClick={show}>{t('setup.signals.notificationTest')}</Button>
          </div>
        </>
      ) : null}
    </section>
  );
}
