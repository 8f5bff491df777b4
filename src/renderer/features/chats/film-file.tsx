import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { duration } from './duration.ts';
import { FileCard } from './file-card.tsx';
import { blobAddress } from './file-name.ts';
import styles from './media.module.css';
import { boxOf } from './picture-box.ts';
import { PictureOverlay } from './picture-overlay.tsx';
import { useWhat } from './use-what.ts';

/** A film, a round one, or a moving picture: played in the page once it is here, and never by itself with sound. */
export function FilmFile({ file }: { readonly file: ChatFile }) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const what = useWhat();
  const [isBroken, setBroken] = useState(false);
  const address = blobAddress(base, file);
  const isRound = file.kind === 'video-note';
  if (isBroken) return <FileCard file={file}>{t('chats.media.broken')}</FileCard>;
  return (
    <div
      className={styles.picture}
      data-round={isRound || undefined}
      style={boxOf(file, isRound ? 220 : 360)}
    >
      {file.preview === null ? null : <img className={styles.preview} src={file.preview} alt="" />}
      {address === null ? (
        <PictureOverlay
          file={file}
          label={[what(file.kind), file.duration === null ? '' : duration(file.duration)].join(' ').trim()}
        />
      ) : (
        <video
          className={styles.full}
          controls
          playsInline
          muted={file.kind === 'animation'}
          loop={file.kind === 'animation'}
          preload="metadata"
          src={address}
          aria-label={what(file.kind)}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
