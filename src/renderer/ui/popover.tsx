import { Popover as MantinePopover } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import styles from './popover.module.css';

export function Popover({
  target,
  open,
  onOpenChange,
  label,
  width = 320,
  position = 'bottom-end',
  children,
}: {
  /** One element that takes a ref; it opens and closes by itself. */
  readonly target: ReactElement;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly label: string;
  readonly width?: number;
  readonly position?: 'bottom-start' | 'bottom-end';
  readonly children: ReactNode;
}) {
  return (
    <MantinePopover
      opened={open}
      onChange={onOpenChange}
      width={width}
      position={position}
      trapFocus
      returnFocus
      withRoles
      classNames={{ dropdown: styles.dropdown }}
    >
      <MantinePopover.Target>{target}</MantinePopover.Target>
      <MantinePopover.Dropdown aria-label={label} aria-labelledby={undefined}>
        {children}
      </MantinePopover.Dropdown>
    </MantinePopover>
  );
}
