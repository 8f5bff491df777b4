import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { Button } from '../../ui/button.tsx';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import type { Leaving } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import styles from './answer.module.css';

const sentShownMs = 4000;

type Props = { readonly answers: AnswerStore; readonly slotKey: string };

/** The message that leaves last, with the way back while there is one, and how many wait before it. */
export function AnswerLeaving({
  answers,
  slotKey,
  leaving,
}: Props & { readonly leaving: readonly Leaving[] }) {
  const last = leaving.at(-1);
  if (!last) return null;
  const others = leaving.filter(({ state }) => state === 'queued' || state === 'sending').length;
  const before = last.state === 'queued' || last.state === 'sending' ? others - 1 : others;
  return <Bar key={last.outboxId} answers={answers} slotKey={slotKey} leaving={last} before={before} />;
}

function Bar({
  answers,
  slotKey,
  leaving,
  before,
}: Props & { readonly leaving: Leaving; readonly before: number }) {
  const { t } = useTranslation();
  const { announcer } = useDesk();
  const keys = useKeys();
  const troubleText = useTelegramTrouble();
  const now = useSecond();
  const { outboxId, notBefore, state, errorCode } = leaving;
  const percent = useStore(answers.state, ({ uploading }) => uploading.get(outboxId));
  const isUploading = state === 'sending' && percent !== undefined;
  const leftMs = notBefore - now;
  // A wait Telegram asked for is no window for undoing, but nothing has left either.
  const canUndo = isUploading || (state === 'queued' && (leftMs > 0 || errorCode !== null));
  const isSent =
    state === 'accepted' || state === 'delivered' || state === 'read' || state === 'acknowledged';

  useShortcut('undo', () => {
    if (!canUndo) return false;
    void answers.takeBack(slotKey);
    return undefined;
  });

  useEffect(() => {
    const seconds = Math.max(1, Math.ceil((notBefore - Date.now()) / 1000));
    announcer.say(t('answer.leaving.counting', { count: seconds }));
  }, [announcer, t, outboxId, notBefore]);

  useEffect(() => {
    if (!isSent) return undefined;
    const timer = setTimeout(() => answers.dismiss(slotKey, outboxId), sentShownMs);
    return () => clearTimeout(timer);
  }, [answers, slotKey, outboxId, isSent]);

  function words(): string {
    if (leaving.takingBack) return t('answer.leaving.takingBack');
    if (isSent) return t('answer.leaving.accepted');
    if (isUploading) return t('answer.leaving.uploading', { percent });
    if (state === 'failed') {
      return errorCode === null ? t('answer.leaving.failed') : troubleText(errorCode);
    }
    if (state === 'unknown') return t('answer.leaving.unknown');
    if (state === 'queued' && errorCode !== null) return t('answer.leaving.waiting');
    if (canUndo) return t('answer.leaving.counting', { count: Math.max(1, Math.ceil(leftMs / 1000)) });
    return t(state === 'sending' || leftMs > -5000 ? 'answer.leaving.sending' : 'answer.leaving.waiting');
  }

  return (
    <div className={styles.leaving} data-state={isSent ? 'accepted' : state}>
      <SendGlyph state={state} label={t(`outbox.state.${state}`)} />
      <span className={styles.leavingText}>
        {words()}
        {before > 0 ? (
          <span className={styles.faint}> {t('answer.leaving.more', { count: before })}</span>
        ) : null}
      </span>
      {isUploading ? (
        <progress
          className={styles.progress}
          value={percent}
          max={100}
          aria-label={t('answer.leaving.uploading', { percent })}
        />
      ) : null}
      {canUndo ? (
        <Button keys={keys('undo')} busy={leaving.takingBack} onClick={() => void answers.takeBack(slotKey)}>
          {t('answer.leaving.undo')}
        </Button>
      ) : (
        <Button kind="quiet" onClick={() => answers.dismiss(slotKey, outboxId)}>
          {t('answer.leaving.hide')}
        </Button>
      )}
    </div>
  );
}
