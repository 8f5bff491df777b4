import { useTranslation } from 'react-i18next';
import type { QueueSort } from '../../../shared/contract/incidents.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Column, ColumnKey } from './columns.ts';
import styles from './queue-head.module.css';
import rowStyles from './queue-row.module.css';

/** Columns too narrow for their name. */
const signs: Partial<Record<ColumnKey, string>> = { urgency: '!', star: '☆', channel: '⇄' };

/** Column names that sort; the same name again turns the order round. */
export function QueueHead({
  shown,
  sort,
  onSort,
}: {
  readonly shown: readonly Column[];
  readonly sort: QueueSort;
  readonly onSort: (sort: QueueSort) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classNames(rowStyles.cells, styles.head)} role="presentation">
      {shown.map((column, place) => {
        const sorted = column.sort === sort.key;
        const name = t(`queue.columns.${column.key}`);
        const sign = signs[column.key];
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={place + 1}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={classNames(styles.cell, column.right && styles.right)}
          >
            <button
              type="button"
              className={styles.button}
              title={t('queue.sortBy', { column: name })}
              onClick={() => onSort({ key: column.sort, descending: sorted ? !sort.descending : false })}
            >
              {sign ? (
                <>
                  <span aria-hidden="true">{sign}</span>
                  <span className="visually-hidden">{name}</span>
                </>
              ) : (
                name
              )}
              {sorted && !sign ? <span aria-hidden="true">{sort.descending ? '↓' : '↑'}</span> : null}
            </button>
          </div>
        );
      })}
    </div>
  );
}
