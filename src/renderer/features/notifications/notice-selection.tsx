import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './notifications.module.css';
import { useNoticeActions } from './use-notice-actions.ts';

/** How many are chosen and what can be done with them; away while nothing is chosen. */
export function NoticeSelection({
  ids,
  onClear,
}: {
  readonly ids: ReadonlySet<number>;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const actions = useNoticeActions();
  useShortcut('back', onClear);
  const run = async (action: (chosen: readonly number[]) => Promise<boolean>): Promise<void> => {
    if (await action([...ids])) onClear();
  };
  return (
    <div className={styles.selection} role="toolbar" aria-label={t('notifications.actions.label')}>
      <span className={styles.count} role="status">
        {t('notifications.actions.count', { count: ids.size })}
      </span>
      <Button onClick={() => void run(actions.acknowledge)}>{t('notifications.actions.acknowledge')}</Button>
      <Button onClick={() => void run(actions.cancel)}>{t('notifications.actions.cancel')}</Button>
      <Button onClick={() => void run(actions.resend)}>{t('notifications.actions.resend')}</Button>
      <span className={styles.space} />
      <IconButton
        label={t('notifications.actions.clear')}
        keys={keys('back')}
        icon={<X size={16} />}
        onClick={onClear}
      />
    </div>
  );
}
