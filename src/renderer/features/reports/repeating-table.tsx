import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../shared/contract/reports.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Table } from '../../ui/table.tsx';
import styles from './reports.module.css';

export function RepeatingTable({
  repeating,
  total,
  onOpenIncident,
  onOpenAsset,
}: {
  readonly repeating: Dashboard['repeating'];
  readonly total: number;
  readonly onOpenIncident: (id: number) => void;
  readonly onOpenAsset: (id: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.section} aria-label={t('reports.repeating.title')}>
      <h2>{t('reports.repeating.title')}</h2>
      {repeating.length === 0 ? <p className={styles.faint}>{t('reports.repeating.empty')}</p> : null}
      {repeating.length > 0 ? (
        <div className={styles.scroll}>
          <Table
            label={t('reports.repeating.title')}
            columns={[
              { key: 'asset', label: t('reports.repeating.asset'), width: 200 },
              { key: 'count', label: t('reports.repeating.count'), width: 110, end: true },
              { key: 'open', label: t('reports.repeating.open'), width: 90, end: true },
              { key: 'incidents', label: t('reports.repeating.incidents') },
            ]}
          >
            {repeating.map(({ assetId, code, count, open, incidents }) => (
              <tr key={assetId}>
                <td>
                  <button type="button" className={styles.link} onClick={() => onOpenAsset(assetId)}>
                    {code}
                  </button>
                </td>
                <td data-end="true">{format.number(count)}</td>
                <td data-end="true">{format.number(open)}</td>
                <td>
                  <span className={styles.links}>
                    {incidents.map((incident) => (
                      <button
                        key={incident.id}
                        type="button"
                        className={styles.link}
                        onClick={() => onOpenIncident(incident.id)}
                      >
                        {incident.code}
                      </button>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </Table>
        </div>
      ) : null}
      {total > repeating.length ? (
        <p className={styles.faint}>{t('reports.repeating.shown', { shown: repeating.length, total })}</p>
      ) : null}
    </section>
  );
}
