import { useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import styles from './facts.module.css';

/** A text that turns into its own field; Enter keeps, Escape leaves it as it was. */
export function InlineText({
  value,
  label,
  placeholder,
  maxLength,
  mono = false,
  editing: forced,
  onEditing,
  onSave,
  className,
}: {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly mono?: boolean;
  readonly editing?: boolean;
  readonly onEditing?: (editing: boolean) => void;
  readonly onSave: (value: string) => Promise<unknown>;
  readonly className?: string | undefined;
}) {
  const [own, setOwn] = useState(false);
  const [text, setText] = useState(value);
  const editing = forced ?? own;
  const setEditing = onEditing ?? setOwn;

  function finish(keep: boolean): void {
    setEditing(false);
    const next = text.trim();
    if (keep && next !== value) void onSave(next);
  }

  if (!editing) {
    return (
      <button
        type="button"
        className={classNames(styles.value, className)}
        data-empty={value === '' || undefined}
        title={value || undefined}
        aria-label={`${label}: ${value || placeholder}`}
        onClick={() => {
          setText(value);
          setEditing(true);
        }}
      >
        <span className={classNames(styles.text, mono && styles.mono)}>{value || placeholder}</span>
      </button>
    );
  }
  return (
    <input
      className={classNames(styles.input, mono && styles.mono, className)}
      aria-label={label}
      value={text}
      maxLength={maxLength}
      ref={(field) => field?.focus()}
      onFocus={() => setText(value)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          finish(false);
        }
      }}
    />
  );
}
