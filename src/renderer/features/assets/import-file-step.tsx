import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import styles from './import.module.css';
import { StepTitle } from './step-title.tsx';
import type { ImportActions, ImportState } from './use-import.ts';

/** Chosen with the keyboard or dropped with the mouse. */
export function ImportFileStep({
  state,
  actions,
}: {
  readonly state: ImportState;
  readonly actions: ImportActions;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [only, setOnly] = useState<string | null>(null);
  const { busy, share } = state;

  function take(files: FileList | null): void {
    const [first, ...rest] = files ?? [];
    if (!first || busy !== null) return;
    setOnly(rest.length > 0 ? first.name : null);
    void actions.take(first);
  }

  const drag = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
  return (
    <div className={styles.drop} data-over={over || undefined} {...drag}>
      <StepTitle>{t('assetImport.file.title')}</StepTitle>
      <p className={styles.dim}>{t(over ? 'assetImport.file.drop' : 'assetImport.file.text')}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx,.geojson,.json"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button kind="primary" busy={busy !== null} onClick={() => input.current?.click()}>
        {t('assetImport.file.choose')}
      </Button>
      {only ? <p className={styles.dim}>{t('assetImport.file.one', { name: only })}</p> : null}
      {busy === 'upload' ? (
        <>
          <progress aria-label={state.fileName} value={share} max={1} />
          <p>{t('assetImport.file.uploading', { percent: Math.floor(share * 100) })}</p>
        </>
      ) : null}
      {busy === 'preview' ? <p role="status">{t('assetImport.file.reading')}</p> : null}
    </div>
  );
}
