import { useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { readMarked } from '../../../shared/domain/marked-text.ts';
import { ChatText } from '../../lib/chat-text.tsx';
import { useDesk } from '../../lib/desk.ts';
import { useFailureText } from '../../lib/failure.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { classNames } from '../../ui/class-names.ts';
import { AnswerActions } from './answer-actions.tsx';
import { AnswerField } from './answer-field.tsx';
import { AnswerFiles } from './answer-files.tsx';
import { AnswerReply } from './answer-reply.tsx';
import type { AnswerSlot } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import { AnswerWait } from './answer-wait.tsx';
import styles from './answer.module.css';

/** The message itself. Only its key or its button sends; Escape gives the keyboard back and leaves the draft. */
export function AnswerForm({
  answers,
  slotKey,
  slot,
  chat,
  account,
  onLook,
}: {
  readonly answers: AnswerStore;
  readonly slotKey: string;
  readonly slot: AnswerSlot;
  readonly chat: ChatRow;
  readonly account: TelegramAccount | undefined;
  readonly onLook: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { toasts, preferences } = useDesk();
  const sendsByEnter = useStore(preferences.store, ({ answerSend }) => answerSend === 'enter');
  const form = useRef<HTMLFormElement>(null);
  const [dragging, setDragging] = useState(false);
  const failureText = useFailureText();
  const { text, entities } = readMarked(slot.text.trim());

  useShortcut('send', () => {
    if (!form.current?.contains(document.activeElement)) return false;
    void answers.send(slotKey);
    return undefined;
  });

  function attach(files: readonly File[]): void {
    const over = answers.attach(slotKey, files);
    if (over > 0) toasts.show({ text: t('answer.attach.overLimit', { count: over }), tone: 'error' });
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attach(files);
  }

  function onDrop(event: DragEvent): void {
    setDragging(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    attach([...event.dataTransfer.files]);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      onLook?.();
      answers.leave(slotKey);
      return;
    }
    const isPlainEnter =
      event.key === 'Enter' && !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
    if (!sendsByEnter || !isPlainEnter || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    void answers.send(slotKey);
  }

  return (
    <form
      ref={form}
      className={classNames(styles.form, dragging && styles.dragging)}
      aria-label={t('answer.field', { title: chat.title })}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onDrop={onDrop}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
    >
      <AnswerReply slot={slot} onRemove={() => answers.answer(slot.place, null)} />
      <div className={styles.writing}>
        <AnswerField answers={answers} slotKey={slotKey} slot={slot} title={chat.title} />
        {entities.length > 0 ? (
          <div className={styles.preview} role="group" aria-label={t('answer.preview')}>
            <span className={styles.caption}>{t('answer.preview')}</span>
            <ChatText text={text} entities={entities} />
          </div>
        ) : null}
        <AnswerFiles answers={answers} slotKey={slotKey} slot={slot} />
      </div>
      {slot.failure ? (
        <p className={styles.failure} role="alert">
          {failureText(slot.failure)}
        </p>
      ) : null}
      <AnswerActions answers={answers} slotKey={slotKey} slot={slot} onAttach={attach} />
      <AnswerWait chatId={chat.id} account={account} answers={answers} />
      {dragging ? <p className={styles.drop}>{t('answer.attach.drop')}</p> : null}
    </form>
  );
}
