import { useTranslation } from 'react-i18next';
import styles from './event-line.module.css';

const reasons = [
  'already-undone',
  'changed-since',
  'not-undoable',
  'already-leaving',
  'undo-of-another',
] as const;

/** Takes one entry of the history back, or says why that cannot be. */
export function UndoEntry({
  why,
  isUndone,
  onUndo,
}: {
  readonly why: string | null;
  /** The entry tells of taking something back: it is put back. */
  readonly isUndone: boolean;
  readonly onUndo: () => void;
}) {
  const { t } = useTranslation();
  if (why === null) {
    return (
      <button type="button" className={styles.undo} onClick={onUndo}>
        {t(isUndone ? 'notes.undo.back' : 'notes.undo.action')}
      </button>
    );
  }
  const known = reasons.find((reason) => reason === why);
  return <span className={styles.why}>{t(`notes.undo.why.${known ?? 'other'}`)}</span>;
}
