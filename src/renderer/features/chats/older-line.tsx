import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import type { ChatSource } from './chat-source.ts';
import styles from './history.module.css';

/** Where what is stored ends: at the top of the chat, or in a hole between two messages. */
export function OlderLine({
  source,
  gapBefore = null,
}: {
  readonly source: ChatSource;
  /** The message below the hole. */
  readonly gapBefore?: number | null;
}) {
  const { t } = useTranslation();
  const { messages, gaps, older, complete, network, busy } = useStore(source.store);
  const first = messages?.[0]?.id ?? null;
  if (gapBefore === null) {
    // A hole at the very top speaks for the top too.
    if (first !== null && gaps.has(first)) return null;
    if (older) return busy === 'older' ? <p className={styles.edge}>{t('common.loading')}</p> : null;
    if (complete) return first === null ? null : <p className={styles.edge}>{t('chats.history.begin')}</p>;
  }
  if (network.status === 'busy') {
    return (
      <p className={styles.edge} role="status">
        {t('chats.history.loading')}
      </p>
    );
  }
  return <Ask source={source} gapBefore={gapBefore} isTop={gapBefore === first && older} />;
}

/** What is missing, why it did not come, and the way to have it. */
function Ask({
  source,
  gapBefore,
  isTop,
}: {
  readonly source: ChatSource;
  readonly gapBefore: number | null;
  /** Nothing above the hole is on the page, and something is stored there. */
  readonly isTop: boolean;
}) {
  const { t } = useTranslation();
  const errorText = useTelegramErrorText();
  const network = useStore(source.store, (state) => state.network);
  const isGap = gapBefore !== null;
  const label = isGap ? 'chats.history.gapLoad' : 'chats.history.older';
  return (
    <div className={styles.edge} data-gap={isGap || undefined}>
      {isGap ? <span>{t('chats.history.gap')}</span> : null}
      {network.error ? (
        <span className={styles.edgeFailed} role="alert">
          {t('chats.history.olderFailed', { why: errorText(network.error) })}
        </span>
      ) : null}
      <span className={styles.edgeActions}>
        <Button onClick={() => void source.fetchBefore(gapBefore)}>
          {t(network.status === 'failed' ? 'common.retry' : label)}
        </Button>
        {isGap && isTop ? (
          <Button kind="quiet" onClick={() => void source.skipGap()}>
            {t('chats.history.gapSkip')}
          </Button>
        ) : null}
      </span>
    </div>
  );
}
