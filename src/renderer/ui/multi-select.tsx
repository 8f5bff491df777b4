import { MultiSelect as MantineMultiSelect } from '@mantine/core';
import styles from './input.module.css';
import type { Option } from './select.tsx';

export function MultiSelect({
  name,
  options,
  value,
  onChange,
  placeholder,
  nothingFound,
  ...rest
}: {
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  readonly value: readonly string[];
  readonly options: readonly Option[];
  readonly onChange: (value: readonly string[]) => void;
  readonly placeholder?: string | undefined;
  readonly nothingFound?: string | undefined;
  readonly disabled?: boolean;
}) {
  return (
    <MantineMultiSelect
      {...rest}
      data={options.map((option) => ({ ...option }))}
      value={[...value]}
      onChange={(next) => onChange(next)}
      placeholder={value.length === 0 ? placeholder : undefined}
      searchable
      clearable={false}
      hidePickedOptions={false}
      nothingFoundMessage={nothingFound}
      // A list outside the popover would close it by being clicked, and the choice be lost.
      comboboxProps={{ withinPortal: false, transitionProps: { duration: 80 } }}
      aria-label={name}
      classNames={{
        input: styles.input,
        label: styles.label,
        dropdown: styles.dropdown,
        option: styles.option,
        pill: styles.pill,
      }}
    />
  );
}
