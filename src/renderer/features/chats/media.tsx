import { useTranslation } from 'react-i18next';
import type { ChatFile, ChatMessage } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { FileCard } from './file-card.tsx';
import { FilmFile } from './film-file.tsx';
import styles from './media.module.css';
import { Photo } from './photo.tsx';
import { SoundFile } from './sound-file.tsx';
import { Sticker } from './sticker.tsx';

type Item = { readonly file: ChatFile; readonly message: ChatMessage };

/** The files of a message or of a whole album: several pictures stand as a grid. */
export function Media({ messages }: { readonly messages: readonly ChatMessage[] }) {
  const items = messages.flatMap((message) => message.files.map((file) => ({ file, message })));
  const photos = items.filter(({ file }) => file.kind === 'photo');
  const isGrid = photos.length > 1;
  const rest = isGrid ? items.filter(({ file }) => file.kind !== 'photo') : items;
  if (items.length === 0) return null;
  return (
    <div className={styles.media}>
      {isGrid ? (
        <div className={styles.grid} data-count={Math.min(photos.length, 5)}>
          {photos.map((item) => (
            <PhotoOf key={item.file.id} item={item} inGrid />
          ))}
        </div>
      ) : null}
      {rest.map((item) => (
        <One key={item.file.id} item={item} />
      ))}
    </div>
  );
}

function One({ item }: { readonly item: Item }) {
  const { file } = item;
  switch (file.kind) {
    case 'photo':
      return <PhotoOf item={item} />;
    case 'document':
      return <FileCard file={file} />;
    case 'voice':
    case 'audio':
      return <SoundFile file={file} />;
    case 'video':
    case 'video-note':
    case 'animation':
      return <FilmFile file={file} />;
    case 'sticker':
      return <Sticker file={file} />;
  }
}

function PhotoOf({ item, inGrid = false }: { readonly item: Item; readonly inGrid?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message, file } = item;
  const label = t('chats.media.photoFrom', {
    sender: message.out ? t('chats.you') : safeLine(message.sender),
    time: format.time(message.sentAt),
  });
  return <Photo file={file} label={label} inGrid={inGrid} />;
}
