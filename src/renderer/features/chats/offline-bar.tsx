import { useTranslation } from 'react-i18next';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import styles from './chat-pane.module.css';

/** While Telegram is away: what is on the screen, and what will happen by itself. */
export function OfflineBar({
  account,
  onSettings,
}: {
  readonly account: TelegramAccount | undefined;
  readonly onSettings: () => void;
}) {
  const { t } = useTranslation();
  const trouble = useTelegramTrouble();
  const format = useFormat();
  const now = useSecond();
  if (!account) return null;
  const pause = account.pauses.map(({ until }) => until).filter((until) => until > now);
  if (account.state === 'ready' && pause.length === 0) return null;
  const isOut = account.state === 'signed-out';
  const words =
    account.state === 'ready'
      ? t('chats.offline.flood', { time: format.countdown(Math.max(...pause) - now) })
      : t(`chats.offline.${account.state}`);
  return (
    <div className={styles.offline} role="status" data-out={isOut || undefined}>
      <span aria-hidden="true">▲</span>
      <span className={styles.offlineWords} title={account.reason ? trouble(account.reason) : undefined}>
        {words}
      </span>
      {isOut ? <Button onClick={onSettings}>{t('chats.offline.settings')}</Button> : null}
    </div>
  );
}
