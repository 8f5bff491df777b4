import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile, ChatMessage } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { blobAddress } from './file-name.ts';
import styles from './lightbox.module.css';

type Item = { readonly file: ChatFile; readonly message: ChatMessage };

/** One photograph, large, with the neighbours that are here too. */
export function Lightbox({
  messages,
  fileId,
  onLook,
  onClose,
}: {
  readonly messages: readonly ChatMessage[];
  readonly fileId: number;
  readonly onLook: (fileId: number) => void;
  readonly onClose: () => void;
}) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const format = useFormat();
  const items: readonly Item[] = messages.flatMap((message) =>
    message.files
      .filter(({ kind, sha256 }) => kind === 'photo' && sha256 !== null)
      .map((file) => ({ file, message })),
  );
  const index = items.findIndex(({ file }) => file.id === fileId);
  const item = items[index];
  if (!item) return null;
  const { file, message } = item;
  const address = blobAddress(base, file) ?? '';
  const sender = message.out ? t('chats.you') : safeLine(message.sender);

  function turn(step: number): void {
    const next = items[index + step];
    if (next) onLook(next.file.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === 'ArrowRight') turn(1);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('chats.media.photoFrom', { sender, time: format.full(message.sentAt) })}
      closeLabel={t('common.close')}
      width={1120}
      footer={
        <div className={styles.footer}>
          <IconButton
            label={t('chats.media.previous')}
            icon={<ChevronLeft size={16} />}
            disabled={index === 0}
            onClick={() => turn(-1)}
          />
          <span>{t('chats.media.of', { index: index + 1, count: items.length })}</span>
          <IconButton
            label={t('chats.media.next')}
            icon={<ChevronRight size={16} />}
            disabled={index === items.length - 1}
            onClick={() => turn(1)}
          />
          <a
            className={styles.save}
            href={address}
            download={safeLine(file.fileName) || `photo-${file.id}.jpg`}
          >
            <Download size={14} aria-hidden="true" /> {t('chats.media.save')} · {format.bytes(file.size)}
          </a>
        </div>
      }
    >
      <div className={styles.stage} role="group" onKeyDown={onKeyDown}>
        {/* The dialog gives the focus to what asks for it: arrows then turn. */}
        <div className={styles.frame} tabIndex={-1} data-autofocus>
          <img
            className={styles.picture}
            src={address}
            alt={safeLine(message.text) || t('chats.media.photo')}
          />
        </div>
      </div>
    </Dialog>
  );
}
