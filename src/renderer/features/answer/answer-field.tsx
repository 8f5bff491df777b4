import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { TextArea } from '../../ui/text-area.tsx';
import type { AnswerSlot } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import { toggleMark, type MarkKind } from './toggle-mark.ts';

/** Far more than may leave: a long text pasted is shortened by its author, not cut by the field. */
const longest = 16_384;

/** Plain text with marks, so that what is typed is what is kept; the preview shows what they become. */
export function AnswerField({
  answers,
  slotKey,
  slot,
  title,
}: {
  readonly answers: AnswerStore;
  readonly slotKey: string;
  readonly slot: AnswerSlot;
  readonly title: string;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const keys = useKeys();
  const area = useRef<HTMLTextAreaElement>(null);
  const sendsByEnter = useStore(preferences.store, ({ answerSend }) => answerSend === 'enter');

  useMark(area, 'markBold', 'bold');
  useMark(area, 'markItalic', 'italic');
  useMark(area, 'markStrike', 'strike');
  useMark(area, 'markCode', 'code');
  useMark(area, 'markLink', 'link');

  useEffect(() => {
    if (slot.focusAsked === 0) return;
    area.current?.focus();
    const end = area.current?.value.length ?? 0;
    area.current?.setSelectionRange(end, end);
  }, [slot.focusAsked]);

  return (
    <TextArea
      ref={area}
      name={t('answer.field', { title })}
      placeholder={t('answer.placeholder', { keys: sendsByEnter ? 'Enter' : (keys('send') ?? 'Enter') })}
      value={slot.text}
      minRows={1}
      maxRows={10}
      maxLength={longest}
      readOnly={slot.sending}
      onChange={(text) => answers.edit(slotKey, { text })}
      onBlur={() => void answers.flush(slotKey)}
    />
  );
}

function useMark(
  area: React.RefObject<HTMLTextAreaElement | null>,
  id: 'markBold' | 'markItalic' | 'markStrike' | 'markCode' | 'markLink',
  kind: MarkKind,
): void {
  useShortcut(id, () => {
    const field = area.current;
    if (!field || document.activeElement !== field) return false;
    markSelection(field, kind);
    return undefined;
  });
}

/** Written as if by hand, so that the field's own "undo" knows it. */
export function markSelection(field: HTMLTextAreaElement, kind: MarkKind): void {
  const { value, selectionStart, selectionEnd } = field;
  const marked = toggleMark({ text: value, start: selectionStart, end: selectionEnd }, kind);
  field.focus();
  field.setSelectionRange(0, value.length);
  // The only way to change a field that its undo history remembers; nothing has replaced it.
  if (marked.text === '') document.execCommand('delete');
  else document.execCommand('insertText', false, marked.text);
  field.setSelectionRange(marked.start, marked.end);
}
