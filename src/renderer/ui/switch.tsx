import { Switch as MantineSwitch } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './choice.module.css';

export function Switch({
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
    <MantineSwitch
      label={label}
      checked={checked}
      disabled={disabled}
      description={description}
      withThumbIndicator={false}
      onChange={(event) => onChange(event.currentTarget.checked)}
      classNames={{ label: styles.label, description: styles.description, track: styles.track }}
    />
  );
}
