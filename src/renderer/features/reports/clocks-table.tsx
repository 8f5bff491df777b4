import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Dashboard } from '../../../shared/contract/reports.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Table } from '../../ui/table.tsx';
import { duration, percent } from './duration.ts';
import styles from './reports.module.css';

const numbers = ['met', 'breached', 'late', 'running'] as const;

export function ClocksTable({ clocks }: { readonly clocks: Dashboard['clocks'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const shown = clocks.filter(({ kept, spent }) => spent.count + kept.met + kept.breached + kept.running > 0);
  const columns = [
    { key: 'name', label: t('reports.clocks.name') },
    { key: 'share', label: t('reports.clocks.share'), width: 180 },
    ...numbers.map((key) => ({ key, label: t(`reports.clocks.${key}`), end: true })),
    { key: 'median', label: t('reports.clocks.median'), end: true },
    { key: 'p90', label: t('reports.clocks.p90'), end: true },
  ];
  return (
    <section className={styles.section} aria-label={t('reports.clocks.title')}>
      <h2>{t('reports.clocks.title')}</h2>
      {shown.length === 0 ? (
        <p className={styles.faint}>{t('reports.clocks.empty')}</p>
      ) : (
        <Table label={t('reports.clocks.table')} columns={columns}>
          {shown.map(({ kind, name, nameEn, kept, spent }) => (
            <tr key={kind}>
              <td>{language === 'ru' ? name : nameEn}</td>
              <td>
                <KeptBar met={kept.met} breached={kept.breached} />
              </td>
              {numbers.map((key) => (
                <td key={key} data-end="true">
                  {format.number(kept[key])}
                </td>
              ))}
              <td data-end="true">{duration(spent.medianMs, format)}</td>
              <td data-end="true">{duration(spent.p90Ms, format)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** A share as words and as a bar: colour is never alone. */
function KeptBar({ met, breached }: { readonly met: number; readonly breached: number }) {
  const format = useFormat();
  const all = met + breached;
  if (all === 0) return <span className={styles.faint}>—</span>;
  return (
    <span className={styles.kept}>
      <span className={styles.keptBar} aria-hidden="true">
        <span style={{ inlineSize: `${(100 * met) / all}%` }} />
      </span>
      {percent(met / all, format)}
    </span>
  );
}
