import { Tooltip as MantineTooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './tooltip.module.css';

/** Names a control and shows its key. The child must take a ref. */
export function Tooltip({
  text,
  keys,
  children,
}: {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly children: ReactElement;
}) {
  return (
    <MantineTooltip
      label={
        <span className={styles.label}>
          {text}
          {keys ? <Kbd keys={keys} /> : null}
        </span>
      }
      classNames={{ tooltip: styles.tooltip }}
      openDelay={350}
      transitionProps={{ duration: 80 }}
      events={{ hover: true, focus: true, touch: false }}
    >
      {children}
    </MantineTooltip>
  );
}
