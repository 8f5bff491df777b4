import { useTranslation } from 'react-i18next';
import { importFields, type ImportField, type ImportMapping } from '../../../shared/contract/assets.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './import.module.css';
import { withColumn } from './mapping.ts';

/** No heading is spelled so: they are trimmed. */
const noColumn = ' ';

/** Each field of the registry with the column it comes from and what stands there. */
export function MappingTable({
  mapping,
  columns,
  sample,
  paths = false,
  invalid = false,
  onChange,
}: {
  readonly mapping: ImportMapping;
  readonly columns: readonly string[];
  readonly sample: readonly (readonly string[])[];
  /** A path may be typed: what an address answers is not known before it was asked. */
  readonly paths?: boolean;
  /** The code has no column, and somebody wanted to go on. */
  readonly invalid?: boolean;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation();
  const typed = paths && columns.length === 0;
  const named = [...new Set(columns)].filter((column) => column !== '');
  const options = [
    // A choice of its own: the cross of a field is out of reach of the keyboard.
    { value: noColumn, label: t('assetImport.mapping.none') },
    ...named.map((column) => ({ value: column, label: column })),
  ];
  const error = (field: ImportField) =>
    field === 'code' && invalid && mapping.columns.code === undefined
      ? t('assetImport.mapping.noCode')
      : undefined;
  return (
    <Table
      label={t('assetImport.mapping.table')}
      columns={[
        { key: 'field', label: t('assetImport.mapping.field'), width: 190 },
        { key: 'column', label: t('assetImport.mapping.column'), width: 260 },
        { key: 'example', label: t('assetImport.mapping.example') },
      ]}
    >
      {importFields.map((field) => {
        const column = mapping.columns[field];
        const name = t(`assets.field.${field}`);
        const example = exampleOf(columns, sample, column);
        return (
          <tr key={field}>
            <td>
              {name}
              {field === 'code' ? ' *' : ''}
            </td>
            <td className={styles.choice}>
              {typed ? (
                <Field
                  name={t('assetImport.mapping.pathOf', { field: name })}
                  value={column ?? ''}
                  onChange={(path) => onChange(withColumn(mapping, field, path))}
                  error={error(field)}
                  maxLength={200}
                  mono
                />
              ) : (
                <Select
                  name={t('assetImport.mapping.columnOf', { field: name })}
                  options={
                    column === undefined || columns.includes(column)
                      ? options
                      : [{ value: column, label: column }, ...options]
                  }
                  value={column ?? noColumn}
                  onChange={(chosen) =>
                    onChange(withColumn(mapping, field, chosen === noColumn ? null : chosen))
                  }
                  error={error(field)}
                  searchable
                />
              )}
            </td>
            <td data-mono="true" title={example}>
              {example}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** The first that is not empty. */
function exampleOf(
  columns: readonly string[],
  sample: readonly (readonly string[])[],
  column: string | undefined,
): string {
  const index = column === undefined ? -1 : columns.indexOf(column);
  return sample.map((row) => row[index] ?? '').find((cell) => cell !== '') ?? '';
}
