import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CallActions } from './call-actions.tsx';
import { CallChat } from './call-chat.tsx';
import { CallClock, SilentIn } from './call-clock.tsx';
import { CallFacts } from './call-facts.tsx';
import { CallTimes } from './call-times.tsx';
import { CallTurns } from './call-turns.tsx';
import styles from './page.module.css';
import { UrgencyMark } from './urgency-mark.tsx';

const kinds = ['call', 'notification', 'contact', 'technician'] as const;
/** What was said counts as seen once it has been on the screen this long. */
const seenAfterMs = 1200;

/** One call: how it stands, who was asked and why, and the conversation with whom it is with. */
export function CallPage({
  callId,
  onClose,
  onCallAgain,
}: {
  readonly callId: number;
  readonly onClose: () => void;
  readonly onCallAgain: (call: CallView) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.calls.get({ id: callId }, { signal }),
    [callId],
  );
  const { data, status, error, reload } = useServerData(load, kinds);
  const call = data?.call;
  useSeen(call);
  if (!call) {
    if (!error) return <article className={styles.page} aria-busy="true" />;
    const isGone = error.code === 'not-found';
    return (
      <EmptyState
        tone="error"
        title={t(isGone ? 'calls.page.gone' : 'calls.page.failed')}
        action={
          isGone ? (
            <Button onClick={onClose}>{t('calls.page.back')}</Button>
          ) : (
            <Button onClick={reload}>{t('common.retry')}</Button>
          )
        }
      >
        {isGone ? null : errorText(error)}
      </EmptyState>
    );
  }
  return (
    <article
      className={styles.page}
      aria-label={t('calls.page.label', { number: call.number })}
      data-dimmed={status === 'stale' || undefined}
    >
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{t('calls.number', { number: call.number })}</h2>
          <span className={styles.state} data-state={call.state}>
            {t(`calls.state.${call.state}`)}
          </span>
          <UrgencyMark urgency={call.urgency} />
          {call.clock ? <CallClock clock={call.clock} /> : null}
          {call.state === 'pending' && call.silentAt !== null ? (
            <SilentIn at={call.silentAt} passesOn={call.passesOn} />
          ) : null}
          <span className={styles.space} />
          <Button kind="quiet" onClick={onClose}>
            {t('calls.page.back')}
          </Button>
        </div>
        <CallActions call={call} onCallAgain={() => onCallAgain(call)} />
      </header>
      <div className={styles.body}>
        <CallChat key={call.id} call={call} />
        <div className={styles.side}>
          <CallFacts call={call} />
          <CallTimes call={call} />
          <CallTurns turns={call.turns} />
        </div>
      </div>
    </article>
  );
}

/** Silences what sounded for the answers a person has had time to see; a hidden window sees nothing. */
function useSeen(call: CallView | undefined): void {
  const { rpc } = useDesk();
  const id = call?.id;
  const isNew = call !== undefined && (call.unseen > 0 || call.sounding);
  const last = call?.words.at(-1)?.key;
  useEffect(() => {
    if (id === undefined || !isNew) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = (): void => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      // Not worth a word when it fails: the mark stays and the next look tries again.
      timer = setTimeout(() => void rpc.calls.seen({ id }).catch(() => undefined), seenAfterMs);
    };
    arm();
    document.addEventListener('visibilitychange', arm);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', arm);
    };
  }, [rpc, id, isNew, last]);
}
