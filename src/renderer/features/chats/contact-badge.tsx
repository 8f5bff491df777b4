import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';
import styles from './contact-badge.module.css';

/** Whose chat it is in the directory. */
export function ContactBadge({ contact }: { readonly contact: NonNullable<ChatRow['contact']> }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badge} title={safeLine(contact.name)}>
      {t(`chats.contact.${contact.kind}`)}
    </span>
  );
}
