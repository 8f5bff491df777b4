import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DayRow } from '../../../shared/contract/reports.ts';
import { useDesk } from '../../lib/desk.ts';
import { formatFor } from '../../lib/format.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Table } from '../../ui/table.tsx';
import styles from './reports.module.css';
import { WithTable } from './with-table.tsx';

const height = 120;
const width = 720;

/** Two bars a day and a line of what is open; the numbers stand in the table behind it. */
export function DaysChart({ days }: { readonly days: readonly DayRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  // A day is a day of the desk already: its name has no zone to be moved by.
  const dayName = (day: string): string => formatFor(language, 'UTC').date(Date.parse(day));
  const [first, last] = [days[0], days.at(-1)];
  const most = Math.max(1, ...days.flatMap(({ opened, closed }) => [opened, closed]));
  const mostOpen = Math.max(1, ...days.map(({ open }) => open));
  const step = width / days.length;
  const bar = Math.max(0.4, Math.min(14, step * 0.4));
  const heightOf = (value: number) => (value / most) * (height - 12);
  const line = days
    .map(({ open }, index) => `${step * (index + 0.5)},${height - (open / mostOpen) * (height - 12)}`)
    .join(' ');
  const columns = (['day', 'opened', 'closed', 'open', 'lettersIn', 'lettersOut'] as const).map((key) => ({
    key,
    label: t(`reports.days.${key}`),
    end: key !== 'day',
  }));

  return (
    <WithTable
      title={t('reports.days.title')}
      chart={
        <>
          <svg
            className={styles.chart}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t('reports.days.chart')}
          >
            {days.map(({ day, opened, closed }, index) => (
              <g key={day}>
                <title>{`${dayName(day)}: ${opened} / ${closed}`}</title>
                <rect
                  className={styles.opened}
                  x={step * (index + 0.5) - bar}
                  y={height - heightOf(opened)}
                  width={bar}
                  height={heightOf(opened)}
                />
                <rect
                  className={styles.closed}
                  x={step * (index + 0.5)}
                  y={height - heightOf(closed)}
                  width={bar}
                  height={heightOf(closed)}
                />
              </g>
            ))}
            <polyline className={styles.openLine} points={line} />
          </svg>
          {first && last ? (
            <p className={styles.axis}>
              <span>{dayName(first.day)}</span>
              {last === first ? null : <span>{dayName(last.day)}</span>}
            </p>
          ) : null}
          <p className={styles.legend}>
            <span data-kind="opened">{t('reports.days.opened')}</span>
            <span data-kind="closed">{t('reports.days.closed')}</span>
            <span data-kind="open">
              {t('reports.days.open')} ({format.number(mostOpen)})
            </span>
          </p>
        </>
      }
      table={
        <Table label={t('reports.days.table')} columns={columns}>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <td>{dayName(day.day)}</td>
              {(['opened', 'closed', 'open', 'lettersIn', 'lettersOut'] as const).map((key) => (
                <td key={key} data-end="true">
                  {format.number(day[key])}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      }
    />
  );
}
