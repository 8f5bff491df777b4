import type { ReactNode } from 'react';
import styles from './screen.module.css';

/** A page beside the rail: a bar with its name and actions, and what scrolls below. `dimmed` while it shows old data. */
export function Screen({
  title,
  count,
  actions,
  dimmed = false,
  children,
}: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  readonly dimmed?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.root} aria-label={title}>
      <header className={styles.bar}>
        <h1 className={styles.title}>{title}</h1>
        {count ? <span className={styles.count}>{count}</span> : null}
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={styles.body} data-dimmed={dimmed} tabIndex={-1}>
        {children}
      </div>
    </section>
  );
}
