import { Select as MantineSelect } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './input.module.css';

export type Option = { readonly value: string; readonly label: string; readonly disabled?: boolean };

export function Select({
  name,
  options,
  onChange,
  clearable = false,
  searchable = false,
  inPlace = false,
  opensOnFocus = true,
  nothingFound,
  ...rest
}: {
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  readonly value: string | null;
  readonly options: readonly Option[];
  readonly onChange: (value: string | null) => void;
  readonly placeholder?: string | undefined;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly clearable?: boolean;
  readonly searchable?: boolean;
  /** Its list stays inside: in a popover, which a click outside of it closes. */
  readonly inPlace?: boolean;
  /** Off where a dialog focuses it by itself: its list would lie over what stands below. */
  readonly opensOnFocus?: boolean;
  readonly nothingFound?: string | undefined;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}) {
  return (
    <MantineSelect
      {...rest}
      data={options.map((option) => ({ ...option }))}
      onChange={(value) => onChange(value)}
      clearable={clearable}
      searchable={searchable}
      allowDeselect={clearable}
      nothingFoundMessage={nothingFound}
      {...(inPlace ? { comboboxProps: { withinPortal: false } } : {})}
      withAsterisk={false}
      aria-label={name}
      // The dialog's focus trap looks for it.
      data-autofocus={rest.autoFocus || undefined}
      // Unasked, its list would lie over what stands below.
      openOnFocus={opensOnFocus && !rest.autoFocus}
      classNames={{
        input: classNames(styles.input, styles.single),
        label: styles.label,
        description: styles.description,
        error: styles.error,
        dropdown: styles.dropdown,
        option: styles.option,
      }}
    />
  );
}
