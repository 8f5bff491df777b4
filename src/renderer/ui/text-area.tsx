import { Textarea } from '@mantine/core';
import type { KeyboardEventHandler, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './input.module.css';

export function TextArea({
  name,
  onChange,
  minRows = 2,
  maxRows = 12,
  mono = false,
  ...rest
}: {
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly minRows?: number;
  readonly maxRows?: number;
  readonly mono?: boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly onBlur?: (() => void) | undefined;
  readonly onKeyDown?: KeyboardEventHandler<HTMLTextAreaElement> | undefined;
  readonly ref?: Ref<HTMLTextAreaElement>;
}) {
  return (
    <Textarea
      {...rest}
      autosize
      minRows={minRows}
      maxRows={maxRows}
      withAsterisk={false}
      aria-label={name}
      data-autofocus={rest.autoFocus || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      classNames={{
        input: classNames(styles.input, mono && styles.mono),
        label: styles.label,
        description: styles.description,
        error: styles.error,
      }}
    />
  );
}
