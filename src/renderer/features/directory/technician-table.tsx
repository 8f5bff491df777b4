import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Contact } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { Table } from '../../ui/table.tsx';
import styles from './directory.module.css';
import { DutyWords } from './duty-words.tsx';
import type { Technicians } from './use-technicians.ts';

/** Technicians by what matters when one is to be called: skills, regions, whether they can come, and their load. */
export function TechnicianTable({
  contacts,
  data,
  chosen,
  onChoose,
}: {
  readonly contacts: readonly Contact[];
  readonly data: Technicians;
  readonly chosen: number | 'new' | null;
  readonly onChoose: (id: number) => void;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const none = t('common.none');
  return (
    <Table
      label={t('directory.list')}
      columns={[
        { key: 'name', label: t('directory.column.name') },
        { key: 'phone', label: t('directory.column.phone'), width: 150 },
        { key: 'skills', label: t('technicians.column.skills') },
        { key: 'regions', label: t('technicians.fields.regions') },
        { key: 'availability', label: t('technicians.fields.availability'), width: 110 },
        { key: 'duty', label: t('technicians.column.duty') },
        { key: 'load', label: t('technicians.column.load'), width: 80, end: true },
      ]}
    >
      {contacts.map((contact) => {
        const one = data.technicians.find(({ contactId }) => contactId === contact.id);
        const skills = data.skills
          .filter(({ id }) => one?.skillIds.includes(id))
          .map((skill) => nameOf(skill, language) || skill.name)
          .join(', ');
        const regions = data.regions
          .filter(({ id }) => one?.regionIds.includes(id))
          .map(({ name }) => name)
          .join(', ');
        return (
          <tr key={contact.id} data-chosen={contact.id === chosen} onClick={() => onChoose(contact.id)}>
            <td title={contact.name}>
              {/* The keyboard's way in: its click reaches the row. */}
              <button type="button" className={styles.name} aria-pressed={contact.id === chosen}>
                {contact.name}
              </button>
              {contact.active ? null : <span className={styles.faint}> · {t('directory.inactive')}</span>}
            </td>
            <td>{contact.phone || none}</td>
            <td title={skills}>{skills || none}</td>
            <td title={regions}>{regions || t('calls.why.regionEverywhere')}</td>
            <td data-dim={one?.availability === 'available' ? 'true' : undefined}>
              {one ? t(`technicians.availability.${one.availability}`) : none}
            </td>
            <td>{one ? <DutyWords technician={one} /> : none}</td>
            <td data-end="true">{one ? `${one.load} / ${one.mostCalls}` : none}</td>
          </tr>
        );
      })}
    </Table>
  );
}
