import type { ReactNode } from 'react';
import styles from './notice.module.css';

const shapes = { info: 'i', risk: '▲', bad: '!', good: '✓' } as const;

/** A sentence or two that belong to a place on the page: colour, shape and words. */
export function Notice({
  tone,
  title,
  children,
  action,
  alert = false,
}: {
  readonly tone: 'info' | 'risk' | 'bad' | 'good';
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Read out at once. */
  readonly alert?: boolean;
}) {
  return (
    <div className={styles.root} data-tone={tone} role={alert ? 'alert' : undefined}>
      <span className={styles.shape} aria-hidden="true">
        {shapes[tone]}
      </span>
      <div className={styles.words}>
        {title ? <strong>{title}</strong> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
