import { useTranslation } from 'react-i18next';
import styles from './import.module.css';

const mostRows = 5;

/** The beginning of the source as it is read, to see whether letters and columns are right. */
export function SampleTable({
  columns,
  sample,
}: {
  readonly columns: readonly string[];
  readonly sample: readonly (readonly string[])[];
}) {
  const { t } = useTranslation();
  const label = t('assetImport.mapping.sample');
  return (
    // It scrolls sideways: without a place in the order of Tab no key would reach its end.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.sample} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // Two columns may have one heading.
              // oxlint-disable-next-line react/no-array-index-key
              <th key={index} scope="col">
                {column || '—'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.slice(0, mostRows).map((row, rowIndex) => (
            // Rows have no name of their own.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={rowIndex}>
              {columns.map((_, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={index} title={row[index]}>
                  {row[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
