import { Checkbox as MantineCheckbox } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './choice.module.css';

export function Checkbox({
  label,
  checked,
  onChange,
  disabled = false,
  description,
}: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly description?: ReactNode;
}) {
  return (
    <MantineCheckbox
      label={label}
      checked={checked}
      disabled={disabled}
      description={description}
      onChange={(event) => onChange(event.currentTarget.checked)}
      classNames={{ input: styles.input, label: styles.label, description: styles.description }}
    />
  );
}
