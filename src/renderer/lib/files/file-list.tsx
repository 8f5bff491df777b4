import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '../../../shared/contract/common.ts';
import { useDesk } from '../desk.ts';
import { useFailureText } from '../failure.ts';
import { safeLine } from '../safe-text.ts';
import type { Upload } from '../uploads.ts';
import { useFormat } from '../use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './files.module.css';
import type { FilesToGo } from './use-files.ts';

const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** What came or went: pictures to look at, everything else to keep. */
export function FileList({
  files,
  label,
  onRemove,
}: {
  readonly files: readonly StoredFile[];
  readonly label: string;
  readonly onRemove?: ((sha256: string) => void) | undefined;
}) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={label}>
      {files.map((file) => (
        <StoredItem key={file.sha256} file={file} onRemove={onRemove} />
      ))}
    </ul>
  );
}

function StoredItem({
  file,
  onRemove,
}: {
  readonly file: StoredFile;
  readonly onRemove: ((sha256: string) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { base } = useDesk();
  const format = useFormat();
  const name = safeLine(file.fileName);
  const address = `${base}blob/${file.sha256}?name=${encodeURIComponent(file.fileName)}`;
  const isPicture = pictures.has(file.mimeType);
  return (
    <li className={styles.item} data-picture={isPicture || undefined}>
      <a
        href={address}
        {...(isPicture ? { target: '_blank', rel: 'noreferrer' } : { download: file.fileName })}
        title={`${name} · ${format.bytes(file.size)}`}
        aria-label={t('calls.page.openPhoto', { name })}
      >
        {isPicture ? (
          <img src={address} alt="" loading="lazy" />
        ) : (
          <>
            <Paperclip size={12} aria-hidden="true" />
            <span className={styles.name}>{name}</span>
            <span className={styles.faint}>{format.bytes(file.size)}</span>
          </>
        )}
      </a>
      {onRemove ? (
        <IconButton
          small
          label={t('calls.create.removeFile', { name })}
          icon={<X size={12} />}
          onClick={() => onRemove(file.sha256)}
        />
      ) : null}
    </li>
  );
}

/** What is attached, what is still on its way to this disk, and what was left out. */
export function FilesToSend({ files, label }: { readonly files: FilesToGo; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <>
      <FileList files={files.files} label={label} onRemove={files.remove} />
      {files.uploads.length > 0 ? (
        <ul className={styles.list}>
          {files.uploads.map((upload) => (
            <UploadItem key={upload.key} upload={upload} onCancel={() => files.cancel(upload.key)} />
          ))}
        </ul>
      ) : null}
      {files.tooMany ? (
        <p className={styles.risk} role="status">
          {t('calls.create.tooMany')}
        </p>
      ) : null}
    </>
  );
}

function UploadItem({ upload, onCancel }: { readonly upload: Upload; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const name = safeLine(upload.fileName);
  const percent = Math.round(upload.share * 100);
  return (
    <li className={styles.item}>
      <span className={styles.name}>{name}</span>
      {upload.failure ? (
        <span className={styles.bad} role="alert" title={failureText(upload.failure)}>
          {t('calls.create.uploadFailed')}
        </span>
      ) : (
        <progress max={1} value={upload.share} aria-label={t('calls.create.uploading', { name, percent })} />
      )}
      <IconButton
        small
        label={t('calls.create.cancelUpload', { name })}
        icon={<X size={12} />}
        onClick={onCancel}
      />
    </li>
  );
}
