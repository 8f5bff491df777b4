import { Reply, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { safeLine } from '../../lib/safe-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { replyOf, type AnswerSlot } from './answer-state.ts';
import styles from './answer.module.css';

/** The message that is answered, until it is taken away. */
export function AnswerReply({
  slot,
  onRemove,
}: {
  readonly slot: AnswerSlot;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const target = replyOf(slot);
  if (!target) return null;
  const sender = safeLine(target.sender);
  return (
    <div className={styles.reply}>
      <Reply size={14} aria-hidden="true" />
      <span className="visually-hidden">
        {sender === '' ? t('answer.replyUnknown') : t('answer.reply', { sender })}
      </span>
      <span className={styles.replySender} aria-hidden="true">
        {sender}
      </span>
      <span className={styles.replyText}>{safeLine(target.text) || t('card.timeline.chatNoText')}</span>
      <IconButton small label={t('answer.removeReply')} icon={<X size={14} />} onClick={onRemove} />
    </div>
  );
}
