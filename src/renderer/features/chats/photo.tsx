import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { FileCard } from './file-card.tsx';
import { blobAddress } from './file-name.ts';
import { useHand } from './chat-hand.ts';
import styles from './media.module.css';
import { boxOf } from './picture-box.ts';
import { PictureOverlay } from './picture-overlay.tsx';

/** A photograph: its tiny picture at once, itself when asked for, and large on a click. */
export function Photo({
  file,
  label,
  inGrid = false,
}: {
  readonly file: ChatFile;
  readonly label: string;
  readonly inGrid?: boolean;
}) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const hand = useHand();
  const [isBroken, setBroken] = useState(false);
  const address = blobAddress(base, file);
  if (isBroken) return <FileCard file={file}>{t('chats.media.broken')}</FileCard>;
  return (
    <div className={styles.picture} data-grid={inGrid || undefined} style={inGrid ? {} : boxOf(file, 360)}>
      {file.preview === null ? null : <img className={styles.preview} src={file.preview} alt="" />}
      {address === null ? (
        <PictureOverlay file={file} label={t('chats.media.photo')} />
      ) : (
        <button type="button" className={styles.open} aria-label={label} onClick={() => hand.look(file.id)}>
          <img className={styles.full} src={address} alt="" loading="lazy" onError={() => setBroken(true)} />
        </button>
      )}
    </div>
  );
}
