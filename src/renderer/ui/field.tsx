import { PasswordInput, TextInput } from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute, KeyboardEventHandler, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './input.module.css';

export type FieldProps = {
  readonly label?: string | undefined;
  /** For a field without a visible label. */
  readonly name?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly kind?:
    | 'text'
    | 'password'
    | 'email'
    | 'tel'
    | 'search'
    | 'number'
    | 'date'
    | 'time'
    | 'datetime-local';
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly mono?: boolean;
  readonly autoFocus?: boolean;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  readonly maxLength?: number;
  readonly leading?: ReactNode;
  readonly trailing?: ReactNode;
  readonly onBlur?: (() => void) | undefined;
  readonly onKeyDown?: KeyboardEventHandler<HTMLInputElement> | undefined;
  readonly ref?: Ref<HTMLInputElement>;
};

export function Field({
  name,
  onChange,
  kind = 'text',
  mono = false,
  leading,
  trailing,
  required = false,
  ...rest
}: FieldProps) {
  const common = {
    ...rest,
    required,
    withAsterisk: false,
    'aria-label': name,
    // The dialog's focus trap looks for it.
    'data-autofocus': rest.autoFocus || undefined,
    leftSection: leading,
    classNames: {
      input: classNames(styles.input, styles.single, mono && styles.mono),
      label: styles.label,
      description: styles.description,
      error: styles.error,
    },
  };
  if (kind === 'password') {
    return <PasswordInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...common}
      type={kind}
      rightSection={trailing}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
