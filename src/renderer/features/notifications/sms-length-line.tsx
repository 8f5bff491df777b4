import { useTranslation } from 'react-i18next';
import { measureSms, smsText } from '../../../shared/domain/sms-segments.ts';
import styles from './notifications.module.css';

/** How many parts of an SMS it would take: each is paid for. */
export function SmsLengthLine({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useTranslation();
  const said = smsText({ title: title.trim(), text: text.trim() });
  if (said === '') return null;
  const { segments, left, encoding } = measureSms(said);
  return (
    <p className={styles.faint} role="status">
      {t('notifications.compose.sms', { count: segments, left })} ·{' '}
      {t(encoding === 'gsm7' ? 'notifications.compose.smsLatin' : 'notifications.compose.smsCyrillic')}
    </p>
  );
}
