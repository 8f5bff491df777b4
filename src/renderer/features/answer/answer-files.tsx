import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '../../../shared/contract/common.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFailureText } from '../../lib/failure.ts';
import { safeLine } from '../../lib/safe-text.ts';
import type { Upload } from '../../lib/uploads.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { isPicture, type AnswerSlot } from './answer-state.ts';
import type { AnswerStore } from './answer-store.ts';
import styles from './answer.module.css';

/** What goes with the message, what is still on its way to this disk, and whether pictures leave as pictures. */
export function AnswerFiles({
  answers,
  slotKey,
  slot,
}: {
  readonly answers: AnswerStore;
  readonly slotKey: string;
  readonly slot: AnswerSlot;
}) {
  const { t } = useTranslation();
  const { files, uploads } = slot;
  if (files.length + uploads.length === 0) return null;
  const pictures = files.filter(isPicture).length;

  return (
    <div className={styles.files}>
      <ul className={styles.fileList} aria-label={t('answer.attach.list')}>
        {files.map((file) => (
          <StoredItem key={file.sha256} file={file} onRemove={() => answers.detach(slotKey, file.sha256)} />
        ))}
        {uploads.map((upload) => (
          <UploadItem
            key={upload.key}
            upload={upload}
            onCancel={() => answers.cancelUpload(slotKey, upload.key)}
          />
        ))}
      </ul>
      {pictures > 0 && pictures === files.length ? (
        <Segmented
          label={t('answer.attach.as')}
          value={slot.asFiles ? 'file' : 'photo'}
          options={[
            { value: 'photo', label: t('answer.attach.asPhoto') },
            { value: 'file', label: t('answer.attach.asFile') },
          ]}
          onChange={(value) => answers.edit(slotKey, { asFiles: value === 'file' })}
        />
      ) : pictures > 0 ? (
        <p className={styles.hint}>{t('answer.attach.mixed')}</p>
      ) : null}
    </div>
  );
}

function StoredItem({ file, onRemove }: { readonly file: StoredFile; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const { base } = useDesk();
  const format = useFormat();
  const name = safeLine(file.fileName);
  const remove = (
    <IconButton small label={t('answer.attach.remove', { name })} icon={<X size={12} />} onClick={onRemove} />
  );
  if (isPicture(file)) {
    return (
      <li className={styles.picture} title={`${name} · ${format.bytes(file.size)}`}>
        <img src={`${base}blob/${file.sha256}?name=${encodeURIComponent(file.fileName)}`} alt={name} />
        <span className={styles.pictureRemove}>{remove}</span>
      </li>
    );
  }
  return (
    <li className={styles.file}>
      <Paperclip size={12} aria-hidden="true" />
      <span className={styles.fileName} title={name}>
        {name}
      </span>
      <span className={styles.faint}>{format.bytes(file.size)}</span>
      {remove}
    </li>
  );
}

function UploadItem({ upload, onCancel }: { readonly upload: Upload; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const name = safeLine(upload.fileName);
  const percent = Math.round(upload.share * 100);
  return (
    <li className={styles.file} data-failed={upload.failure !== undefined}>
      <span className={styles.fileName} title={name}>
        {name}
      </span>
      {upload.failure ? (
        <span role="alert" title={failureText(upload.failure)}>
          {t('answer.attach.failed')}
        </span>
      ) : (
        <progress
          className={styles.progress}
          max={1}
          value={upload.share}
          aria-label={t('answer.attach.uploading', { name, percent })}
        />
      )}
      <IconButton
        small
        label={t('answer.attach.cancel', { name })}
        icon={<X size={12} />}
        onClick={onCancel}
      />
    </li>
  );
}
