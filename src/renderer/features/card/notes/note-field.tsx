import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { longestNote } from '../../../../shared/contract/notes.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useShortcut } from '../../../lib/hotkeys.ts';
import { classNames } from '../../../ui/class-names.ts';
import { complete, namingAt, offer, type Naming } from './mention-text.ts';
import styles from './notes.module.css';

/** Text with `@` completion: arrows choose, Enter or Tab writes the name out, Escape leaves it be. */
export function NoteField({
  value,
  label,
  autoFocus = false,
  onChange,
  onSubmit,
  onCancel,
  isMain = false,
}: {
  readonly value: string;
  readonly label: string;
  readonly autoFocus?: boolean;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
  readonly onCancel?: (() => void) | undefined;
  /** The one that the key for notes leads to. */
  readonly isMain?: boolean;
}) {
  const { t } = useTranslation();
  const { people, session } = useDesk();
  const everyone = useStore(people, (state) => state.people);
  const me = useStore(session.store, (state) => state.person?.id ?? null);
  const listId = useId();
  const own = useRef<HTMLTextAreaElement>(null);
  const [naming, setNaming] = useState<Naming | null>(null);
  const [active, setActive] = useState(0);
  const options = naming ? offer([...everyone.values()], naming.text, me) : [];
  const isOpen = options.length > 0;
  useShortcut('note', () => own.current?.focus(), isMain);
  useEffect(() => {
    const field = own.current;
    if (!autoFocus || !field) return;
    field.focus();
    // What was begun is gone on with.
    field.setSelectionRange(field.value.length, field.value.length);
  }, [autoFocus]);

  function look(field: HTMLTextAreaElement): void {
    setNaming(namingAt(field.value, field.selectionStart));
    setActive(0);
  }

  function choose(index: number): void {
    const person = options[index];
    if (!naming || !person) return;
    const next = complete(value, naming, person.name);
    onChange(next.text);
    setNaming(null);
    // The text is the owner's: the cursor is set once it has come back.
    requestAnimationFrame(() => own.current?.setSelectionRange(next.cursor, next.cursor));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + options.length) % options.length);
    } else if (isOpen && (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      onSubmit();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setNaming(null);
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      onCancel();
    }
  }

  return (
    <div className={styles.field}>
      <textarea
        ref={own}
        className={styles.input}
        rows={2}
        value={value}
        maxLength={longestNote}
        aria-label={label}
        placeholder={t('notes.placeholder')}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onBlur={() => setNaming(null)}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label={t('notes.people')}
        className={classNames(styles.options, !isOpen && styles.closed)}
      >
        {options.map((person, index) => (
          <li
            key={person.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(index);
            }}
          >
            {person.name}
          </li>
        ))}
      </ul>
    </div>
  );
}
