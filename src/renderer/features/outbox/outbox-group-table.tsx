import { useTranslation } from 'react-i18next';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import { Table } from '../../ui/table.tsx';
import { OutboxLine } from './outbox-line.tsx';

export function OutboxGroupTable({
  label,
  rows,
  onOpenIncident,
  onOpenChat,
  onTakenBack,
}: {
  readonly label: string;
  readonly rows: readonly OutboxRow[];
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onOpenChat: (chatId: number, messageId: number | null) => void;
  readonly onTakenBack: ((row: OutboxRow) => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <Table
      label={label}
      columns={[
        { key: 'state', label: t('outbox.column.state'), width: 176 },
        { key: 'code', label: t('outbox.column.code'), width: 92 },
        { key: 'to', label: t('outbox.column.to'), width: 180 },
        { key: 'subject', label: t('outbox.column.subject') },
        { key: 'who', label: t('outbox.column.who'), width: 92 },
        { key: 'created', label: t('outbox.column.created'), width: 80, end: true },
        { key: 'actions', label: t('outbox.column.actions'), width: 320, end: true, silent: true },
      ]}
    >
      {rows.map((row) => (
        <OutboxLine
          key={row.id}
          row={row}
          onOpenIncident={onOpenIncident}
          onOpenChat={onOpenChat}
          onTakenBack={onTakenBack}
        />
      ))}
    </Table>
  );
}
