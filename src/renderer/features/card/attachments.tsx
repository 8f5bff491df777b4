import { Download, FileText, Paperclip } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './attachments.module.css';

type Attachment = MessageView['attachments'][number];

const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** What came with a letter: pictures to look at, PDF for the browser, everything else to keep. */
export function Attachments({ items }: { readonly items: readonly Attachment[] }) {
  const { base } = useDesk();
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<Attachment | null>(null);
  const visible = items.filter((item) => !item.inline || !pictures.has(item.mimeType));
  if (visible.length === 0) return null;
  const address = (item: Attachment): string =>
    `${base}blob/${item.sha256}?name=${encodeURIComponent(item.fileName)}`;

  return (
    <ul className={styles.list} aria-label={t('card.timeline.attachments')}>
      {visible.map((item) => (
        <li key={item.id}>
          {item.expiredAt ? (
            <Gone item={item} at={item.expiredAt} />
          ) : pictures.has(item.mimeType) ? (
            <button
              type="button"
              className={styles.item}
              onClick={() => setShown(item)}
              title={t('card.timeline.open', { name: item.fileName })}
            >
              <img className={styles.thumb} src={address(item)} alt="" loading="lazy" />
              <Name item={item} size={format.bytes(item.size)} />
            </button>
          ) : (
            <a
              className={styles.item}
              href={address(item)}
              {...(item.mimeType === 'application/pdf'
                ? { target: '_blank', rel: 'noreferrer' }
                : { download: item.fileName })}
              title={t('card.timeline.open', { name: item.fileName })}
            >
              {item.mimeType === 'application/pdf' ? <FileText size={14} /> : <Paperclip size={14} />}
              <Name item={item} size={format.bytes(item.size)} />
            </a>
          )}
        </li>
      ))}
      {shown ? (
        <Dialog
          open
          onClose={() => setShown(null)}
          title={shown.fileName}
          closeLabel={t('common.close')}
          width={960}
          footer={
            <a href={address(shown)} download={shown.fileName} className={styles.item}>
              <Download size={14} />
              <Name item={shown} size={format.bytes(shown.size)} />
            </a>
          }
        >
          <img className={styles.picture} src={address(shown)} alt={shown.fileName} />
        </Dialog>
      ) : null}
    </ul>
  );
}

/** Its row stays, so that nobody looks for what is not lost but was removed. */
function Gone({ item, at }: { readonly item: Attachment; readonly at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={styles.gone}>
      <Paperclip size={14} aria-hidden="true" />
      <span className={styles.name}>{item.fileName}</span>
      <span>{t('keeping.retention.gone', { day: format.date(at) })}</span>
    </span>
  );
}

function Name({ item, size }: { readonly item: Attachment; readonly size: string }) {
  return (
    <>
      <span className={styles.name}>{item.fileName}</span>
      <span className={styles.size}>{size}</span>
    </>
  );
}
