import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import styles from './answer.module.css';

/** Nothing can be sent here: why, what to do, and what had been written. */
export function SilentChat({
  trouble,
  text,
  canSignIn,
}: {
  readonly trouble: string;
  readonly text: string;
  readonly canSignIn: boolean;
}) {
  const { t } = useTranslation();
  const { router } = useDesk();
  const troubleText = useTelegramTrouble();
  // Nothing was lost where nothing was begun.
  const isPlain = trouble === 'write-forbidden' && text.trim() === '';
  return (
    <div className={styles.silent}>
      <div className={styles.silentWords}>
        <p>{isPlain ? t('answer.readOnly') : troubleText(trouble)}</p>
        {text.trim() === '' ? null : <p className={styles.kept}>{text}</p>}
      </div>
      {canSignIn ? (
        <Button onClick={() => router.go({ page: 'settings', tab: 'telegram' })}>{t('answer.signIn')}</Button>
      ) : null}
    </div>
  );
}
