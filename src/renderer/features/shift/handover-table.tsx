import { useTranslation } from 'react-i18next';
import type { HandoverLine } from '../../../shared/contract/shift.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

const widths = {
  when: { width: 120 },
  who: {},
  to: { width: 190 },
  what: { width: 150 },
  state: {},
  actions: { width: 110 },
} as const;

export function HandoverTable({
  label,
  handovers,
  onOpen,
}: {
  readonly label: string;
  readonly handovers: readonly HandoverLine[];
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <Table
      label={label}
      columns={(['when', 'who', 'to', 'what', 'state', 'actions'] as const).map((key) => ({
        key,
        label: t(`shift.list.column.${key}`),
        silent: key === 'actions',
        end: key === 'actions',
        ...widths[key],
      }))}
    >
      {handovers.map((line) => (
        <Line key={line.id} line={line} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function Line({ line, onOpen }: { readonly line: HandoverLine; readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const names = useNames();
  const { id, fromPersonId, signedAt, items, remarks } = line;
  const name = names.person(fromPersonId);
  const time = format.when(signedAt, now);
  return (
    <tr>
      <td title={format.full(signedAt)}>{time}</td>
      <td>{name}</td>
      <td data-dim="true">{names.to(line.to)}</td>
      <td data-dim="true">
        {t('shift.list.items', { count: items })}
        {remarks > 0 ? `, ${t('shift.list.remarks', { count: remarks })}` : null}
      </td>
      <td>
        <State line={line} />
      </td>
      <td data-end="true">
        <Button
          kind={line.mine ? 'primary' : 'default'}
          onClick={() => onOpen(id)}
          label={t('shift.list.openOf', { name, time })}
        >
          {t('shift.list.open')}
        </Button>
      </td>
    </tr>
  );
}

function State({ line }: { readonly line: HandoverLine }) {
  const { t } = useTranslation();
  const names = useNames();
  const { acknowledgedAt, acknowledgedBy, mine, soundingAt } = line;
  if (acknowledgedAt !== null) return t('shift.list.taken', { name: names.person(acknowledgedBy) });
  return (
    <span className={styles.risk}>
      {t(soundingAt !== null ? 'shift.list.late' : mine ? 'shift.list.mine' : 'shift.document.waits')}
    </span>
  );
}
