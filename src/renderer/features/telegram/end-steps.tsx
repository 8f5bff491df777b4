import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StepTitle } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useLeft } from './use-left.ts';

/** After this long the silence is worth a word. */
const longMs = 5000;

export function ConnectingStep({
  since,
  onCancel,
}: {
  readonly since: number;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const waited = useSecond() - since;
  return (
    <>
      <StepTitle>{t('telegram.signIn.connecting')}</StepTitle>
      {waited < longMs ? null : (
        <Notice tone="risk" alert>
          {t('telegram.signIn.connectingLong', { time: format.age(waited) })}
        </Notice>
      )}
      <div>
        <Button onClick={onCancel}>{t('telegram.signIn.cancel')}</Button>
      </div>
    </>
  );
}

export function DoneStep({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { router } = useDesk();
  return (
    <>
      <StepTitle>{t('telegram.signIn.done.title')}</StepTitle>
      <Notice tone="good">{t('telegram.signIn.done.text')}</Notice>
      <div className={styles.buttons}>
        <Button
          kind="primary"
          onClick={() => {
            onClose();
            router.go({ page: 'chats', chatId: null, messageId: null });
          }}
        >
          {t('chats.openAll')}
        </Button>
        <Button onClick={onClose}>{t('telegram.signIn.done.close')}</Button>
      </div>
    </>
  );
}

export function FailedStep({
  reason,
  retryAt,
  onAgain,
  onClose,
}: {
  readonly reason: string;
  readonly retryAt: number | null;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const trouble = useTelegramTrouble();
  const left = useLeft(retryAt);
  return (
    <>
      <StepTitle>{t('telegram.signIn.failed.title')}</StepTitle>
      <Notice tone="bad" alert>
        {trouble(reason)}
      </Notice>
      <div className={styles.buttons}>
        <Button kind="primary" disabled={left !== null} onClick={onAgain}>
          {left === null
            ? t('telegram.signIn.failed.again')
            : t('telegram.signIn.failed.retryIn', { time: left })}
        </Button>
        <Button onClick={onClose}>{t('telegram.signIn.failed.close')}</Button>
      </div>
    </>
  );
}
