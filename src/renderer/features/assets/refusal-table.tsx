import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importFields, type ImportField, type ImportRefusal } from '../../../shared/contract/assets.ts';
import { Button } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './import.module.css';
import { saveText, toCsv } from './refusal-csv.ts';

const mostShown = 200;

/** Which rows were refused and why. The table shows the first; the file has all. */
export function RefusalTable({
  refusals,
  total,
  all,
}: {
  readonly refusals: readonly ImportRefusal[];
  readonly total: number;
  /** Fetches every one of them for the file; those that are here when absent. */
  readonly all?: (() => Promise<readonly ImportRefusal[] | undefined>) | undefined;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const fieldName = (field: string) =>
    isField(field) ? t(`assets.field.${field}`) : field || t('common.none');
  if (refusals.length === 0) return <p>{t('assetImport.refusals.none')}</p>;

  async function download(): Promise<void> {
    setBusy(true);
    const every = all ? await all() : refusals;
    setBusy(false);
    if (!every) return;
    const head = (['row', 'field', 'reason', 'value'] as const).map((key) =>
      t(`assetImport.refusals.${key}`),
    );
    const rows = every.map(({ row, field, reason, value }) => [
      String(row),
      fieldName(field),
      t(`assetImport.refusal.${reason}`),
      value,
    ]);
    saveText(t('assetImport.refusals.fileName'), toCsv([head, ...rows]));
  }

  const shown = refusals.slice(0, mostShown);
  return (
    <section className={styles.stack} aria-label={t('assetImport.refusals.title')}>
      <div className={styles.actions}>
        <h3>{t('assetImport.refusals.title')}</h3>
        <Button busy={busy} onClick={() => void download()}>
          {t('assetImport.refusals.download')}
        </Button>
        {total > shown.length ? (
          <span className={styles.dim}>
            {t('assetImport.refusals.first', { shown: shown.length, count: total })}
          </span>
        ) : null}
      </div>
      <Table
        label={t('assetImport.refusals.table')}
        columns={[
          { key: 'row', label: t('assetImport.refusals.row'), width: 90, end: true },
          { key: 'field', label: t('assetImport.refusals.field'), width: 190 },
          { key: 'reason', label: t('assetImport.refusals.reason'), width: 260 },
          { key: 'value', label: t('assetImport.refusals.value') },
        ]}
      >
        {shown.map(({ row, field, reason, value }) => (
          <tr key={`${row} ${field} ${reason} ${value}`}>
            <td data-end="true">{row}</td>
            <td>{fieldName(field)}</td>
            <td>{t(`assetImport.refusal.${reason}`)}</td>
            <td data-mono="true" title={value}>
              {value}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function isField(field: string): field is ImportField {
  return (importFields as readonly string[]).includes(field);
}
