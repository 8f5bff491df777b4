import { Bold, ChevronDown, Code, Italic, Link, Paperclip, Strikethrough } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { markSelection } from './answer-field.tsx';
import { blockedBy, roomLeft, type AnswerSlot } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import styles from './answer.module.css';

const marks = [
  { kind: 'bold', id: 'markBold', icon: <Bold size={14} /> },
  { kind: 'italic', id: 'markItalic', icon: <Italic size={14} /> },
  { kind: 'strike', id: 'markStrike', icon: <Strikethrough size={14} /> },
  { kind: 'code', id: 'markCode', icon: <Code size={14} /> },
  { kind: 'link', id: 'markLink', icon: <Link size={14} /> },
] as const;

/** From here on the number of signs left is worth a look. */
const roomShownFrom = 200;

export function AnswerActions({
  answers,
  slotKey,
  slot,
  onAttach,
}: {
  readonly answers: AnswerStore;
  readonly slotKey: string;
  readonly slot: AnswerSlot;
  readonly onAttach: (files: readonly File[]) => void;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const keys = useKeys();
  const sendsByEnter = useStore(preferences.store, ({ answerSend }) => answerSend === 'enter');
  const row = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const blocked = blockedBy(slot);
  const room = roomLeft(slot);

  function mark(kind: (typeof marks)[number]['kind']): void {
    const field = row.current?.closest('form')?.querySelector('textarea');
    if (field) markSelection(field, kind);
  }

  return (
    <div className={styles.actions} ref={row}>
      <Button
        kind="primary"
        keys={sendsByEnter ? '↵' : keys('send')}
        busy={slot.sending}
        disabled={blocked !== undefined || slot.status !== 'ready'}
        onClick={() => void answers.send(slotKey)}
      >
        {t('answer.send')}
      </Button>
      <Menu
        width={300}
        target={<IconButton label={t('answer.sendBy')} icon={<ChevronDown size={14} />} />}
        items={(['mod-enter', 'enter'] as const).map((value) => ({
          key: value,
          label: t(value === 'enter' ? 'answer.sendByEnter' : 'answer.sendByModEnter'),
          checked: (value === 'enter') === sendsByEnter,
          onSelect: () => preferences.set({ answerSend: value }),
        }))}
      />
      <IconButton
        label={t('answer.attach.button')}
        icon={<Paperclip size={15} />}
        onClick={() => picker.current?.click()}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onAttach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <span className={styles.marks} role="group" aria-label={t('answer.marks')}>
        {marks.map(({ kind, id, icon }) => (
          <IconButton
            key={kind}
            label={t(`answer.mark.${kind}`)}
            keys={keys(id)}
            icon={icon}
            onClick={() => mark(kind)}
          />
        ))}
      </span>
      <span className={styles.spacer} />
      <span className={styles.room} data-over={room < 0 || undefined} aria-live="polite">
        {room < 0
          ? t('answer.over', { count: -room })
          : room < roomShownFrom
            ? t('answer.room', { count: room })
            : ''}
      </span>
      <span className={styles.saved} data-failed={slot.saving === 'failed' || undefined}>
        {slot.saving === 'saved' && slot.text.trim() === '' ? '' : t(`answer.save.${slot.saving}`)}
      </span>
      <span className={styles.blocked} aria-live="polite">
        {blocked && blocked !== 'empty' ? t(`answer.blocked.${blocked}`) : ''}
      </span>
    </div>
  );
}
