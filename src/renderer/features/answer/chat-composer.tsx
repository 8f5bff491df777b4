import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useFailureText } from '../../lib/failure.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AnswerLeaving } from './answer-leaving.tsx';
import { placeKey } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import styles from './answer.module.css';
import { SilentChat } from './silent-chat.tsx';
import { whyNot } from './why-not.ts';

const accountKinds = ['telegram'] as const;
const loadAccounts = (rpc: Rpc, signal: AbortSignal) => rpc.telegram.overview({}, { signal });

/**
 * What is written into one chat: at the bottom of the chat itself, or of an incident's card. Keys that begin an answer
 * belong to the page, which knows the chosen message and calls `answers.answer`.
 */
export function ChatComposer({
  answers,
  chat,
  incidentId = null,
  onLook,
}: {
  readonly answers: AnswerStore;
  readonly chat: ChatRow;
  readonly incidentId?: number | null;
  /** Escape: the person goes back to what was said. */
  readonly onLook?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const place = useMemo(() => ({ chatId: chat.id, incidentId }), [chat.id, incidentId]);
  const key = placeKey(place);
  const slot = useStore(answers.state, ({ slots }) => slots.get(key));
  const failureText = useFailureText();
  const { data } = useServerData(loadAccounts, accountKinds);
  const account = data?.accounts.find(({ id }) => id === chat.accountId);
  const trouble = whyNot(chat, account);

  useEffect(() => {
    void answers.open(place);
    return () => void answers.close(key);
  }, [answers, place, key]);

  if (!slot) return <section className={styles.root} aria-label={t('answer.label')} aria-busy="true" />;
  return (
    <section className={styles.root} aria-label={t('answer.label')}>
      <AnswerLeaving answers={answers} slotKey={key} leaving={slot.leaving} />
      {slot.status === 'failed' && slot.failure ? (
        <div className={styles.warning} role="alert">
          <div>
            <strong>{t('answer.loadFailed')}</strong>
            <p>{failureText(slot.failure)}</p>
          </div>
          <Button onClick={() => void answers.open(place)}>{t('common.retry')}</Button>
        </div>
      ) : trouble === undefined ? (
        <AnswerForm
          answers={answers}
          slotKey={key}
          slot={slot}
          chat={chat}
          account={account}
          onLook={onLook}
        />
      ) : (
        <SilentChat trouble={trouble} text={slot.text} canSignIn={account?.state === 'signed-out'} />
      )}
    </section>
  );
}
