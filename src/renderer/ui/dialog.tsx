import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

/** Stops the hand: only for what must be answered before anything else. */
export function Dialog({
  open,
  onClose,
  title,
  closeLabel,
  width = 480,
  children,
  footer,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly width?: number;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      centered
      padding={0}
      closeButtonProps={{ 'aria-label': closeLabel }}
      overlayProps={{ color: 'var(--color-overlay)', backgroundOpacity: 1 }}
      classNames={{
        content: styles.content,
        header: styles.header,
        title: styles.title,
        body: styles.body,
        close: styles.close,
      }}
    >
      <div className={styles.inner}>{children}</div>
      {footer ? <div className={styles.footer}>{footer}</div> : null}
    </Modal>
  );
}
