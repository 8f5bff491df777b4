import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../lib/failure.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './composer.module.css';
import type { Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

/** What goes with the letter, and what is still on its way to this workstation's disk. */
export function AttachmentList({
  composer,
  slotKey,
  slot,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly slot: Slot;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const failureText = useFailureText();
  const attachments = slot.draft?.attachments ?? [];
  if (attachments.length + slot.uploads.length === 0) return null;

  return (
    <ul className={styles.files} aria-label={t('composer.attach.list')}>
      {attachments.map((file) => (
        <li key={file.sha256} className={styles.file}>
          <Paperclip size={12} aria-hidden="true" />
          <span className={styles.fileName} title={file.fileName}>
            {file.fileName}
          </span>
          <span className={styles.faint}>{format.bytes(file.size)}</span>
          <button
            type="button"
            className={styles.fileRemove}
            aria-label={t('composer.attach.remove', { name: file.fileName })}
            onClick={() => composer.detach(slotKey, file.sha256)}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
      {slot.uploads.map((upload) => (
        <li key={upload.key} className={styles.file} data-failed={upload.failure !== undefined}>
          <span className={styles.fileName} title={upload.fileName}>
            {upload.fileName}
          </span>
          {upload.failure ? (
            <span role="alert" title={failureText(upload.failure)}>
              {t('composer.attach.failed')}
            </span>
          ) : (
            <progress
              className={styles.progress}
              max={1}
              value={upload.share}
              aria-label={t('composer.attach.uploading', {
                name: upload.fileName,
                percent: Math.round(upload.share * 100),
              })}
            />
          )}
          <button
            type="button"
            className={styles.fileRemove}
            aria-label={t('composer.attach.cancel', { name: upload.fileName })}
            onClick={() => composer.cancelUpload(slotKey, upload.key)}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
