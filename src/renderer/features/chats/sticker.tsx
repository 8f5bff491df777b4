import { useState } from 'react';
import type { ChatFile } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { FileCard } from './file-card.tsx';
import { blobAddress } from './file-name.ts';
import styles from './media.module.css';
import { useWhat } from './use-what.ts';

/** A still sticker as a picture; one that moves is a file the page cannot draw. */
export function Sticker({ file }: { readonly file: ChatFile }) {
  const { base } = useDesk();
  const what = useWhat();
  const [isBroken, setBroken] = useState(false);
  const address = blobAddress(base, file);
  if (isBroken || address === null || !file.mimeType.startsWith('image/')) return <FileCard file={file} />;
  return (
    <img
      className={styles.sticker}
      src={address}
      alt={what('sticker')}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
