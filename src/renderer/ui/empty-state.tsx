import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** Calmly says that there is nothing, what will appear here, or what went wrong and what to do. */
export function EmptyState({
  title,
  children,
  action,
  tone = 'calm',
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: 'calm' | 'error';
}) {
  return (
    <div className={styles.root} data-tone={tone} role={tone === 'error' ? 'alert' : undefined}>
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.text}>{children}</div> : null}
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
