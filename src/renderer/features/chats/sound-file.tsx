import { Mic, Music } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { DownloadButton, FileCard, FileLine } from './file-card.tsx';
import { blobAddress, fileNameParts } from './file-name.ts';
import { duration } from './duration.ts';
import { useProgress } from './live.ts';
import styles from './media.module.css';
import { useWhat } from './use-what.ts';

/** A voice message or music: how long, and played in the page once it is here. */
export function SoundFile({ file }: { readonly file: ChatFile }) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const what = useWhat();
  const progress = useProgress(file.id, file.size);
  const [isBroken, setBroken] = useState(false);
  const address = blobAddress(base, file);
  if (isBroken) return <FileCard file={file}>{t('chats.media.broken')}</FileCard>;
  // A voice has only such a name as a program gave it.
  const given = file.kind === 'voice' ? '' : fileNameParts(file).join('');
  const name = given || what(file.kind);
  return (
    <div className={styles.sound}>
      {address === null ? (
        <>
          <DownloadButton file={file} progress={progress} name={name} />
          <div className={styles.soundWords}>
            <span className={styles.soundName}>
              {file.kind === 'voice' ? <Mic size={12} /> : <Music size={12} />}
              {name}
              {file.duration === null ? null : <span>{duration(file.duration)}</span>}
            </span>
            <FileLine file={file} progress={progress} />
          </div>
        </>
      ) : (
        <audio
          className={styles.audio}
          controls
          preload="metadata"
          src={address}
          aria-label={name}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
