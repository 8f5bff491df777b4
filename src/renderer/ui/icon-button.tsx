import { UnstyledButton } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

/** An icon with a name; the hit area is 32 px whatever the icon. */
export function IconButton({
  label,
  keys,
  icon,
  pressed,
  small = false,
  ...rest
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick?: MouseEventHandler<HTMLButtonElement> | undefined;
  readonly keys?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <Tooltip text={label} keys={keys}>
      <UnstyledButton
        {...rest}
        className={classNames(styles.root, small && styles.small)}
        aria-label={label}
        aria-pressed={pressed}
      >
        {icon}
      </UnstyledButton>
    </Tooltip>
  );
}
