import { Download, FileText, Paperclip, RotateCw, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { useTelegramErrorText, useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './file-card.module.css';
import { blobAddress, fileNameParts, isProgram } from './file-name.ts';
import { useLive, useProgress, type FileProgress } from './live.ts';
import { useWhat } from './use-what.ts';

/** A file that is kept, not shown: its name with its true ending, how big, and the way to have it. */
export function FileCard({ file, children }: { readonly file: ChatFile; readonly children?: ReactNode }) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const name = useFileName(file);
  const progress = useProgress(file.id, file.size);
  const address = blobAddress(base, file);
  const [head, tail] = name;
  const whole = head + tail;
  return (
    <div className={styles.card} data-state={progress.state}>
      <span className={styles.icon} aria-hidden="true">
        {file.mimeType === 'application/pdf' ? <FileText size={18} /> : <Paperclip size={18} />}
      </span>
      <div className={styles.words}>
        <span className={styles.name} title={whole}>
          <span className={styles.head}>{head}</span>
          <span className={styles.tail}>{tail}</span>
        </span>
        <FileLine file={file} progress={progress} />
        {isProgram(file) ? (
          <span className={styles.danger}>
            <TriangleAlert size={12} aria-hidden="true" /> {t('chats.media.danger')}
          </span>
        ) : null}
        {children}
      </div>
      {address === null ? (
        <DownloadButton file={file} progress={progress} name={whole} />
      ) : (
        <a
          className={styles.save}
          href={address}
          {...(file.mimeType === 'application/pdf'
            ? { target: '_blank', rel: 'noreferrer' }
            : { download: whole })}
          aria-label={t('chats.media.open', { name: whole })}
          title={t('chats.media.open', { name: whole })}
        >
          <Download size={16} aria-hidden="true" />
        </a>
      )}
    </div>
  );
}

function useFileName(file: ChatFile): readonly [string, string] {
  const { t } = useTranslation();
  const what = useWhat();
  const [head, tail] = fileNameParts(file);
  if (head + tail !== '') return [head, tail];
  return file.kind === 'document' ? [t('chats.media.noName'), ''] : [what(file.kind), ''];
}

/** How big it is, how far it came, or why it did not. */
export function FileLine({ file, progress }: { readonly file: ChatFile; readonly progress: FileProgress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const trouble = useTelegramTrouble();
  const errorText = useTelegramErrorText();
  if (progress.state === 'failed') {
    const why = progress.error ? errorText(progress.error) : trouble(progress.reason ?? '');
    return (
      <span className={styles.failed} role="alert">
        {t('chats.media.failed', { why })}
      </span>
    );
  }
  if (progress.state === 'running') {
    const { doneBytes, size, waitUntil } = progress;
    return (
      <>
        <span className={styles.size}>
          {waitUntil === null
            ? t('chats.media.progress', { done: format.bytes(doneBytes), size: format.bytes(size) })
            : t('chats.media.waiting', { time: format.clock(waitUntil) })}
        </span>
        <progress className={styles.bar} value={doneBytes} max={Math.max(1, size)} />
      </>
    );
  }
  return <span className={styles.size}>{format.bytes(file.size)}</span>;
}

/** Begins, stops, or tries again. */
export function DownloadButton({
  file,
  progress,
  name,
}: {
  readonly file: ChatFile;
  readonly progress: FileProgress;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const live = useLive();
  if (progress.state === 'running') {
    return (
      <IconButton
        label={t('chats.media.cancel')}
        icon={<X size={16} />}
        onClick={() => void live.cancel(file.id)}
      />
    );
  }
  const hasFailed = progress.state === 'failed';
  return (
    <IconButton
      label={hasFailed ? t('chats.media.retry') : t('chats.media.downloadNamed', { name })}
      icon={hasFailed ? <RotateCw size={16} /> : <Download size={16} />}
      onClick={() => void live.download(file.id)}
    />
  );
}
