import { Button as MantineButton } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = {
  readonly children: ReactNode;
  readonly onClick?: MouseEventHandler<HTMLButtonElement> | undefined;
  readonly kind?: 'primary' | 'default' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  /** The form it submits from outside: the foot of a dialog. */
  readonly form?: string;
  /** Shown on the button: the key that does the same. */
  readonly keys?: string | undefined;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly full?: boolean;
  readonly autoFocus?: boolean;
  readonly pressed?: boolean | undefined;
  readonly label?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
};

const variants = { primary: 'filled', default: 'default', quiet: 'subtle', danger: 'default' } as const;

export function Button({
  children,
  kind = 'default',
  keys,
  hint,
  icon,
  busy = false,
  full = false,
  pressed,
  label,
  type = 'button',
  ...rest
}: ButtonProps) {
  const button = (
    <MantineButton
      {...rest}
      type={type}
      variant={variants[kind]}
      data-kind={kind}
      classNames={{ root: styles.root, label: styles.label }}
      leftSection={icon}
      rightSection={keys ? <Kbd keys={keys} /> : undefined}
      loading={busy}
      fullWidth={full}
      aria-pressed={pressed}
      aria-label={label}
    >
      {children}
    </MantineButton>
  );
  return hint ? (
    <Tooltip text={hint} keys={keys}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
