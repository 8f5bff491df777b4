import { Download, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { FileLine } from './file-card.tsx';
import { useLive, useProgress } from './live.ts';
import styles from './media.module.css';

/** Over a picture or film that is not here yet: what it is, how far it came, and one click to have it. */
export function PictureOverlay({ file, label }: { readonly file: ChatFile; readonly label: string }) {
  const { t } = useTranslation();
  const live = useLive();
  const progress = useProgress(file.id, file.size);
  const isRunning = progress.state === 'running';
  const icon = isRunning ? (
    <X size={18} />
  ) : progress.state === 'failed' ? (
    <RotateCw size={18} />
  ) : (
    <Download size={18} />
  );
  const name = isRunning
    ? t('chats.media.cancel')
    : progress.state === 'failed'
      ? t('chats.media.retry')
      : t('chats.media.downloadNamed', { name: label });
  return (
    <div className={styles.overlay}>
      <button
        type="button"
        className={styles.round}
        aria-label={name}
        title={name}
        onClick={() => void (isRunning ? live.cancel(file.id) : live.download(file.id))}
      >
        {icon}
      </button>
      <span className={styles.overlayWords}>
        <span>{label}</span>
        <FileLine file={file} progress={progress} />
      </span>
    </div>
  );
}
