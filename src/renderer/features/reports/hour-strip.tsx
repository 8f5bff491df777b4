import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../shared/contract/reports.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Table } from '../../ui/table.tsx';
import styles from './reports.module.css';
import { WithTable } from './with-table.tsx';

/** When the day is heavy: the darker, the more. */
export function HourStrip({ hours }: { readonly hours: Dashboard['hours'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <WithTable
      title={t('reports.hours.title')}
      chart={
        <div role="img" aria-label={t('reports.hours.chart')}>
          {(['incidents', 'letters'] as const).map((key) => (
            <HeatRow
              key={key}
              name={t(`reports.hours.${key}`)}
              values={hours.map((hour) => hour[key])}
              title={(hour, count) => t(`reports.hours.${key}Cell`, { hour, count })}
            />
          ))}
        </div>
      }
      table={
        <Table
          label={t('reports.hours.chart')}
          columns={(['hour', 'incidents', 'letters'] as const).map((key) => ({
            key,
            label: t(`reports.hours.${key}`),
            end: key !== 'hour',
          }))}
        >
          {hours.map(({ incidents, letters }, hour) => (
            // Hours of a day have no other name than their number.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={hour}>
              <td>{hour}</td>
              <td data-end="true">{format.number(incidents)}</td>
              <td data-end="true">{format.number(letters)}</td>
            </tr>
          ))}
        </Table>
      }
    />
  );
}

/** Of the row's most; the words in the cell stay readable at any of them. */
function heatOf(share: number): string {
  return `color-mix(in srgb, var(--color-accent) ${Math.round(share * 45)}%, var(--color-bg))`;
}

export function HeatRow({
  name,
  values,
  title,
}: {
  readonly name: string;
  readonly values: readonly number[];
  readonly title: (hour: number, count: number) => string;
}) {
  const most = Math.max(...values, 0);
  return (
    <div className={styles.heat}>
      <span className={styles.heatName}>{name}</span>
      {values.map((value, hour) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key
          key={hour}
          className={styles.heatCell}
          style={{ backgroundColor: heatOf(most === 0 ? 0 : value / most) }}
          title={title(hour, value)}
        >
          {hour % 3 === 0 ? hour : ''}
        </span>
      ))}
    </div>
  );
}
