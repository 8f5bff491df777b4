import { Pencil, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NoteView } from '../../../../shared/contract/notes.ts';
import { findMentions } from '../../../../shared/domain/mentions.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextGone } from '../text-gone.tsx';
import { NoteField } from './note-field.tsx';
import styles from './notes.module.css';
import type { Notes } from './use-notes.ts';

/** One note; its author can change it and take it away. */
export function NoteLine({ note, notes }: { readonly note: NoteView; readonly notes: Notes }) {
  const { t } = useTranslation();
  const { people, session, ticker } = useDesk();
  const format = useFormat();
  const everyone = useStore(people, (state) => state.people);
  const me = useStore(session.store, (state) => state.person?.id ?? null);
  const [draft, setDraft] = useState<string | null>(null);

  async function save(): Promise<void> {
    const text = draft?.trim() ?? '';
    if (text === '' || (await notes.edit(note.id, text))) setDraft(null);
  }

  return (
    <li className={styles.note}>
      <div className={styles.head}>
        <span className={styles.author}>{everyone.get(note.authorId)?.name ?? ''}</span>
        <time dateTime={new Date(note.createdAt).toISOString()} title={format.full(note.createdAt)}>
          {format.when(note.createdAt, ticker.second())}
        </time>
        {note.editedAt === null ? null : (
          <span>{t('notes.edited', { at: format.when(note.editedAt, ticker.second()) })}</span>
        )}
        <span className={styles.space} />
        {note.authorId === me && draft === null && !note.textExpiredAt ? (
          <>
            <IconButton
              small
              label={t('notes.edit')}
              icon={<Pencil size={14} />}
              onClick={() => setDraft(note.text)}
            />
            <IconButton
              small
              label={t('notes.remove')}
              icon={<Trash2 size={14} />}
              onClick={() => void notes.remove(note.id)}
            />
          </>
        ) : null}
      </div>
      {note.textExpiredAt ? (
        <TextGone at={note.textExpiredAt} />
      ) : draft === null ? (
        <p className={styles.text}>{marked(note.text, [...everyone.values()])}</p>
      ) : (
        <div className={styles.writing}>
          <NoteField
            autoFocus
            label={t('notes.edit')}
            value={draft}
            onChange={setDraft}
            onSubmit={() => void save()}
            onCancel={() => setDraft(null)}
          />
          <Button kind="primary" onClick={() => void save()}>
            {t('notes.save')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Plain text with the names of those who were called. */
function marked(
  text: string,
  people: readonly { readonly id: number; readonly name: string }[],
): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of findMentions(text, people)) {
    parts.push(text.slice(at, start));
    parts.push(
      <span key={start} className={styles.mention}>
        {text.slice(start, end)}
      </span>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
