import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../lib/error-text.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NoteField } from './note-field.tsx';
import { NoteLine } from './note-line.tsx';
import styles from './notes.module.css';
import type { Notes } from './use-notes.ts';

/** A pause in typing this long is worth a save. */
const saveAfterMs = 400;

/** What dispatchers write for each other, and a field whose words outlive the page. */
export function NotesTab({ notes }: { readonly notes: Notes }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error } = notes;
  if (!data) return error ? <EmptyState tone="error" title={errorText(error)} /> : null;
  return (
    <div className={styles.tab}>
      <div className={styles.flow} tabIndex={0} role="region" aria-label={t('notes.label')}>
        {data.notes.length === 0 ? (
          <EmptyState title={t('notes.empty')}>{t('notes.hint')}</EmptyState>
        ) : (
          <ul className={styles.list}>
            {data.notes.map((note) => (
              <NoteLine key={note.id} note={note} notes={notes} />
            ))}
          </ul>
        )}
      </div>
      <NewNote notes={notes} kept={data.draft} />
    </div>
  );
}

function NewNote({ notes, kept }: { readonly notes: Notes; readonly kept: string }) {
  const { t } = useTranslation();
  const { text, setText, forget } = useDraft(notes, kept);

  async function add(): Promise<void> {
    const trimmed = text.trim();
    if (trimmed === '') return;
    forget();
    if (await notes.add(trimmed)) setText('', false);
  }

  return (
    <div className={styles.writing}>
      <NoteField
        isMain
        autoFocus
        label={t('notes.field')}
        value={text}
        onChange={(next) => setText(next, true)}
        onSubmit={() => void add()}
      />
      <Button kind="primary" disabled={text.trim() === ''} onClick={() => void add()}>
        {t('notes.add')}
      </Button>
    </div>
  );
}

/** Kept at core as typed: a reload, another window and a crash lose nothing of it. */
function useDraft(notes: Notes, kept: string) {
  const [text, setOwn] = useState(kept);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<string | null>(null);
  const save = useRef(notes.saveDraft);
  useEffect(() => {
    save.current = notes.saveDraft;
  });

  function flush(): void {
    clearTimeout(timer.current);
    const words = waiting.current;
    waiting.current = null;
    // What could not be kept is still on the screen, and the next letter typed tries again.
    if (words !== null) void save.current(words).catch(() => undefined);
  }
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);

  return {
    text,
    setText(next: string, keeps: boolean) {
      setOwn(next);
      if (!keeps) return;
      waiting.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, saveAfterMs);
    },
    forget() {
      clearTimeout(timer.current);
      waiting.current = null;
    },
  };
}
