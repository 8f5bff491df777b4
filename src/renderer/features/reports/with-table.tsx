import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import styles from './reports.module.css';

/** A drawing, and the same as a table for whoever wants numbers or cannot see it. */
export function WithTable({
  title,
  chart,
  table,
}: {
  readonly title: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        <Button kind="quiet" pressed={open} onClick={() => setOpen(!open)}>
          {t('reports.showTable')}
        </Button>
      </div>
      {chart}
      {open ? <div className={styles.scroll}>{table}</div> : null}
    </section>
  );
}
