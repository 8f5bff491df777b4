import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { NotificationTest } from './notification-test.tsx';
import styles from './setup.module.css';
import { SoundTest } from './sound-test.tsx';

export function SetupSignals({
  onBack,
  onNext,
}: {
  readonly onBack: () => void;
  readonly onNext: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.form}>
      <h2 className={styles.heading}>{t('setup.signals.title')}</h2>
      <p className={styles.text}>{t('setup.signals.text')}</p>
      <SoundTest />
      <NotificationTest />
      <div className={styles.buttons}>
        <Button kind="primary" onClick={onNext}>
          {t('setup.next')}
        </Button>
        <Button onClick={onBack}>{t('setup.back')}</Button>
      </div>
    </div>
  );
}
