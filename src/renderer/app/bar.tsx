import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import styles from './bar.module.css';

/** A line across the page about something that concerns all of it. */
export function Bar({
  tone,
  children,
  action,
  onAction,
}: {
  readonly tone: 'info' | 'risk' | 'over';
  readonly children: ReactNode;
  readonly action?: string | undefined;
  readonly onAction?: (() => void) | undefined;
}) {
  return (
    <div className={styles.bar} data-tone={tone} role={tone === 'over' ? 'alert' : 'status'}>
      <span className={styles.text}>{children}</span>
      {action && onAction ? <Button onClick={onAction}>{action}</Button> : null}
    </div>
  );
}
