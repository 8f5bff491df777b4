import { useTranslation } from 'react-i18next';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import styles from './asset-row.module.css';

const columns = ['code', 'kind', 'name', 'operators', 'region', 'contractor', 'open'] as const;

export const columnCount = columns.length;

export function AssetHead() {
  const { t } = useTranslation();
  return (
    <div className={styles.head} role="presentation">
      {columns.map((key) => (
        <span key={key} role="columnheader" className={styles.heading} data-column={key}>
          {t(`assets.column.${key}`)}
        </span>
      ))}
    </div>
  );
}

/** A row that has not come yet is a row all the same: the list does not jump. */
export function AssetCells({ row }: { readonly row: AssetRow | undefined }) {
  const { t } = useTranslation();
  if (!row) {
    return (
      <div className={styles.cells} role="presentation">
        <span role="gridcell" className={styles.cell} aria-label={t('common.loading')}>
          <span className={styles.blank} />
        </span>
      </div>
    );
  }
  const operators = row.operators.join(', ');
  return (
    <div className={styles.cells} role="presentation" data-gone={row.goneAt !== null || undefined}>
      <span role="gridcell" className={styles.cell} title={row.code}>
        <span className={styles.code}>{row.code}</span>
        {row.goneAt === null ? null : <span className={styles.gone}>{t('assets.gone')}</span>}
      </span>
      <span role="gridcell" className={styles.cell} data-dim>
        {t(`assets.kind.${row.kind}`)}
      </span>
      <span role="gridcell" className={styles.cell} title={row.name}>
        <span className={styles.text}>{row.name}</span>
      </span>
      <span role="gridcell" className={styles.cell} title={operators} data-dim>
        <span className={styles.text}>{operators}</span>
      </span>
      <span role="gridcell" className={styles.cell} title={row.region} data-dim>
        <span className={styles.text}>{row.region}</span>
      </span>
      <span role="gridcell" className={styles.cell} title={row.contractor} data-column="contractor" data-dim>
        <span className={styles.text}>{row.contractor}</span>
      </span>
      <span role="gridcell" className={styles.cell} data-column="open">
        {row.openIncidents > 0 ? row.openIncidents : ''}
      </span>
    </div>
  );
}
