import type { ReactNode } from 'react';
import styles from './state-lines.module.css';

/** One row: what the incident is in, in words, and what may be done about it. */
export function StateLine({
  icon,
  tone,
  children,
  actions,
}: {
  readonly icon: ReactNode;
  readonly tone?: 'risk' | undefined;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <li className={styles.line} data-tone={tone}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.words}>{children}</span>
      {actions}
    </li>
  );
}
