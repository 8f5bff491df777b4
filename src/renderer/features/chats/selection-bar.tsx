import { useTranslation } from 'react-i18next';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import styles from './chat-pane.module.css';

/** What can be done with the chosen messages. */
export function SelectionBar({
  count,
  onOpen,
  onJoin,
  onCopy,
  onClear,
}: {
  readonly count: number;
  readonly onOpen: () => void;
  readonly onJoin: () => void;
  readonly onCopy: () => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  return (
    <div className={styles.selection} role="toolbar" aria-label={t('chats.select.count', { count })}>
      <span className={styles.selected} role="status">
        {t('chats.select.count', { count })}
      </span>
      <Button kind="primary" keys={keys('chatIncident')} onClick={onOpen}>
        {t('chats.message.open')}
      </Button>
      <Button keys={keys('chatJoin')} onClick={onJoin}>
        {t('chats.select.join')}
      </Button>
      <Button kind="quiet" onClick={onCopy}>
        {t('chats.select.copy')}
      </Button>
      <span className={styles.space} />
      <Button kind="quiet" keys={keys('back')} onClick={onClear}>
        {t('chats.select.clear')}
      </Button>
    </div>
  );
}
