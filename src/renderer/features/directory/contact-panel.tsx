import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/contract/chats.ts';
import { MessengerBindings } from '../../lib/reach/messenger-bindings.tsx';
import { ReachOfSomebody } from '../../lib/reach/reach-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ContactChats } from './contact-chats.tsx';
import { ContactForm } from './contact-form.tsx';
import styles from './directory.module.css';
import { TechnicianFields } from './technician-fields.tsx';

/** Beside the list, not over it. */
export function ContactPanel({
  contact,
  onSaved,
  onClose,
  onOpenChat,
}: {
  /** undefined is somebody new. */
  readonly contact: Contact | undefined;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
  readonly onOpenChat: (chatId: number) => void;
}) {
  const { t } = useTranslation();
  const title = contact?.name ?? t('directory.form.newTitle');
  return (
    <aside
      className={styles.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.panelHead}>
        <h2>{title}</h2>
        <IconButton small label={t('directory.form.close')} icon={<X size={14} />} onClick={onClose} />
      </header>
      <ContactForm contact={contact} onSaved={onSaved} onClose={onClose} />
      {contact?.kind === 'technician' ? <TechnicianFields contactId={contact.id} /> : null}
      {contact ? <ReachOfSomebody owner={{ kind: 'contact', id: contact.id }} name={contact.name} /> : null}
      {contact ? <ContactChats chatIds={contact.chatIds} onOpenChat={onOpenChat} /> : null}
      {contact ? <MessengerBindings party={{ kind: 'contact', id: contact.id }} /> : null}
    </aside>
  );
}
