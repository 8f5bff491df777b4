import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/contract/session.ts';
import { Table } from '../../ui/table.tsx';
import { PersonLine } from './person-line.tsx';

export function PeopleTable({
  people,
  chosen,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly chosen: number | 'new' | null;
  readonly onChoose: (id: number) => void;
}) {
  const { t } = useTranslation();
  const sorted = people.toSorted(
    (a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'ru'),
  );
  return (
    <Table
      label={t('people.list')}
      columns={[
        { key: 'name', label: t('people.column.name') },
        { key: 'role', label: t('people.column.role'), width: 120 },
        { key: 'duty', label: t('people.column.duty'), width: 190 },
        { key: 'load', label: t('people.column.load'), width: 124, end: true },
        { key: 'actions', label: t('people.column.actions'), width: 260, end: true, silent: true },
      ]}
    >
      {sorted.map((person) => (
        <PersonLine
          key={person.id}
          person={person}
          chosen={person.id === chosen}
          onChoose={() => onChoose(person.id)}
        />
      ))}
    </Table>
  );
}
