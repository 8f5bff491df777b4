import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/contract/chats.ts';
import { Table } from '../../ui/table.tsx';
import styles from './directory.module.css';
import { TechnicianTable } from './technician-table.tsx';
import { useTechnicians } from './use-technicians.ts';

/** Those who still work first, then by name. */
export function ContactTable({
  contacts,
  isTechnicians,
  chosen,
  onChoose,
}: {
  readonly contacts: readonly Contact[];
  /** Only technicians are shown: by what matters when one is to be called. */
  readonly isTechnicians: boolean;
  readonly chosen: number | 'new' | null;
  readonly onChoose: (id: number) => void;
}) {
  const { t } = useTranslation();
  const sorted = contacts.toSorted(
    (a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'ru'),
  );
  const technicians = useTechnicians();
  if (isTechnicians && technicians) {
    return <TechnicianTable contacts={sorted} data={technicians} chosen={chosen} onChoose={onChoose} />;
  }
  return (
    <Table
      label={t('directory.list')}
      columns={[
        { key: 'name', label: t('directory.column.name') },
        { key: 'kind', label: t('directory.column.kind'), width: 110 },
        { key: 'organisation', label: t('directory.column.organisation') },
        { key: 'phone', label: t('directory.column.phone'), width: 150 },
        { key: 'email', label: t('directory.column.email') },
        { key: 'chats', label: t('directory.column.chats'), width: 80, end: true },
      ]}
    >
      {sorted.map((contact) => (
        <tr key={contact.id} data-chosen={contact.id === chosen} onClick={() => onChoose(contact.id)}>
          <td title={contact.name}>
            {/* The keyboard's way in: its click reaches the row. */}
            <button type="button" className={styles.name} aria-pressed={contact.id === chosen}>
              {contact.name}
            </button>
            {contact.active ? null : <span className={styles.faint}> · {t('directory.inactive')}</span>}
          </td>
          <td data-dim="true">{t(`directory.kind.${contact.kind}`)}</td>
          <td title={contact.organisation}>{contact.organisation || t('common.none')}</td>
          <td>{contact.phone || t('common.none')}</td>
          <td title={contact.email}>{contact.email || t('common.none')}</td>
          <td data-end="true" data-dim="true">
            {contact.chatIds.length > 0
              ? t('directory.chats', { count: contact.chatIds.length })
              : t('common.none')}
          </td>
        </tr>
      ))}
    </Table>
  );
}
