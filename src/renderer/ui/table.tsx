import type { ReactNode } from 'react';
import styles from './table.module.css';

export type Column = {
  readonly key: string;
  readonly label: string;
  readonly width?: number;
  readonly end?: boolean;
  /** The words stand for the screen reader only. */
  readonly silent?: boolean;
};

/** A short list whose rows all exist; long ones take VirtualList. Children are `tr`s. */
export function Table({
  label,
  columns,
  children,
}: {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}) {
  return (
    <table className={styles.table} aria-label={label}>
      <colgroup>
        {columns.map((column) => (
          <col key={column.key} style={column.width ? { inlineSize: column.width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" data-end={column.end}>
              <span className={column.silent ? 'visually-hidden' : undefined}>{column.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
