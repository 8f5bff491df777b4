import { Popover as MantinePopover } from '@mantine/core';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
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
  useEscapeFromNowhere(open, onOpenChange);
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

/** What had the focus may be gone or busy; Escape then reaches nobody inside, and would mean something to the page. */
function useEscapeFromNowhere(open: boolean, onOpenChange: (open: boolean) => void): void {
  const latest = useRef(onOpenChange);
  useEffect(() => {
    latest.current = onOpenChange;
  });
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.target !== document.body) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(false);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [open]);
}
