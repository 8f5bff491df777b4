import { useTranslation } from 'react-i18next';
import { askingWords, hearsSms } from '../../../shared/domain/sms-answer-line.ts';
import { measureSms } from '../../../shared/domain/sms-segments.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import styles from './notifications.module.css';

const kinds = ['route'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.routes.list({}, { signal });
/** Codes are as long as this one, in letters and digits. */
const someCode = 'AB23KX';

/** How many parts of an SMS it would take: each is paid for. A route that hears adds how to answer when it is asked. */
export function SmsLengthLine({
  title,
  text,
  asks,
}: {
  readonly title: string;
  readonly text: string;
  readonly asks: boolean;
}) {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  const first = data?.routes.find(({ channel, enabled }) => channel === 'sms' && enabled);
  const isAnswered = asks && first !== undefined && hearsSms(first.kind, first.settings);
  const verbs = isAnswered ? (['accepted'] as const) : [];
  if (title.trim() === '' && text.trim() === '') return null;
  const said = askingWords({ title: title.trim(), text: text.trim(), verbs, code: someCode });
  const { segments, left, encoding } = measureSms(said);
  return (
    <p className={styles.faint} role="status">
      {t('notifications.compose.sms', { count: segments, left })} ·{' '}
      {t(encoding === 'gsm7' ? 'notifications.compose.smsLatin' : 'notifications.compose.smsCyrillic')}
      {isAnswered ? ` · ${t('notifications.compose.smsAnswer')}` : null}
    </p>
  );
}
