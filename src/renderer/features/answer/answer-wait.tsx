import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { AnswerStore } from './answer-store.ts';
import styles from './answer.module.css';
import { waitOf } from './why-not.ts';

/** Why a message sent now would not leave at once, with the time that is left; it keeps nobody from writing. */
export function AnswerWait({
  chatId,
  account,
  answers,
}: {
  readonly chatId: number;
  readonly account: TelegramAccount | undefined;
  readonly answers: AnswerStore;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const waiting = useStore(answers.state, (state) => state.waiting);
  const wait = waitOf(chatId, account, waiting, now);
  if (!wait) return null;
  const left = wait.kind === 'offline' ? '' : format.countdown(wait.until - now);
  return (
    <p className={styles.wait} data-kind={wait.kind}>
      <span aria-hidden="true">{wait.kind === 'offline' ? '○' : '◷'}</span>
      {t(`answer.wait.${wait.kind}`, { left })}
    </p>
  );
}
