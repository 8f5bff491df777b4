import { SegmentedControl } from '@mantine/core';
import styles from './segmented.module.css';

export function Segmented<Value extends string>({
  value,
  options,
  onChange,
  label,
}: {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
}) {
  return (
    <SegmentedControl<Value>
      value={value}
      data={options.map((option) => ({ ...option }))}
      onChange={onChange}
      aria-label={label}
      transitionDuration={80}
      classNames={{
        root: styles.root,
        label: styles.label,
        indicator: styles.indicator,
        control: styles.control,
      }}
    />
  );
}
