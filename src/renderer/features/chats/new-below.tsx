import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import type { ChatSource } from './chat-source.ts';
import styles from './history.module.css';

/** What came below while the reader is elsewhere, and the way there. */
export function NewBelow({
  source,
  isAway,
  onEnd,
}: {
  readonly source: ChatSource;
  readonly isAway: boolean;
  readonly onEnd: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const fresh = useStore(source.store, (state) => state.fresh);
  const newer = useStore(source.store, (state) => state.newer);
  const isShown = isAway || newer;

  function go(): void {
    if (newer) void source.showNewest();
    onEnd();
  }

  useShortcut('showNew', go, isShown);
  if (!isShown) return null;
  return (
    <div className={styles.below}>
      <Button
        icon={<ArrowDown size={14} />}
        keys={keys('showNew')}
        onClick={go}
        kind={fresh > 0 ? 'primary' : 'default'}
      >
        {fresh > 0 ? t('chats.history.new', { count: fresh }) : t('chats.history.toNewest')}
      </Button>
    </div>
  );
}
