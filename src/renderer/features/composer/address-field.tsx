import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../../shared/contract/common.ts';
import { classNames } from '../../ui/class-names.ts';
import { addAddresses, addressText, isAddress, readAddresses } from './address-text.ts';
import styles from './address-field.module.css';
import { useCompletion } from './use-completion.ts';

/** Addresses as chips with completion; Enter, comma or leaving the field makes a chip, Backspace opens the last one. */
export function AddressField({
  label,
  addresses,
  loose,
  onAddresses,
  onLoose,
  complete,
  focusAsked = 0,
}: {
  readonly label: string;
  readonly addresses: readonly Address[];
  readonly loose: string;
  readonly onAddresses: (addresses: Address[]) => void;
  readonly onLoose: (text: string) => void;
  readonly complete: (text: string, signal: AbortSignal) => Promise<readonly Address[]>;
  /** Grows when the field should take the focus. */
  readonly focusAsked?: number;
}) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const completion = useCompletion(complete);
  const [touched, setTouched] = useState(false);
  const options = completion.options.filter(
    (option) => addAddresses(addresses, [option]).length > addresses.length,
  );
  const open = options.length > 0;
  const active = Math.min(completion.active, options.length - 1);
  const bad = touched && loose.trim() !== '' && !isAddress(loose.trim());

  useEffect(() => {
    if (focusAsked > 0) input.current?.focus();
  }, [focusAsked]);

  function add(more: readonly Address[], rest: string): void {
    const next = addAddresses(addresses, more);
    if (next !== addresses) onAddresses([...next]);
    onLoose(rest);
    completion.clear();
  }

  function take(text: string): boolean {
    const { addresses: found, rest } = readAddresses(text);
    if (found.length === 0) return false;
    add(found, rest);
    return true;
  }

  function onChange(text: string): void {
    setTouched(false);
    if (/[,;\n]/.test(text) && take(text)) return;
    onLoose(text);
    completion.ask(text);
  }

  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text/plain');
    if (/[,;\n<]/.test(text) && take(text)) event.preventDefault();
  }

  function commit(): boolean {
    const option = open ? options[active] : undefined;
    if (option) {
      add([option], '');
      return true;
    }
    if (loose.trim() === '') return false;
    if (!take(loose)) setTouched(true);
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (commit()) event.preventDefault();
    } else if (event.key === 'Tab' && !event.shiftKey) {
      if (open && commit()) event.preventDefault();
    } else if (event.key === 'ArrowDown' && open) {
      event.preventDefault();
      completion.move((active + 1) % options.length);
    } else if (event.key === 'ArrowUp' && open) {
      event.preventDefault();
      completion.move((active - 1 + options.length) % options.length);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      completion.clear();
    } else if (event.key === 'Backspace' && loose === '') {
      const last = addresses.at(-1);
      if (!last) return;
      event.preventDefault();
      onAddresses(addresses.slice(0, -1));
      onLoose(addressText(last));
    }
  }

  return (
    <div className={styles.row}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box} onClick={() => input.current?.focus()} role="presentation">
        {addresses.map((entry) => (
          <span key={entry.address} className={styles.chip} title={addressText(entry)}>
            <span className={styles.chipText}>{entry.name || entry.address}</span>
            <button
              type="button"
              className={styles.remove}
              aria-label={t('composer.removeAddress', { address: addressText(entry) })}
              onClick={() => {
                onAddresses(addresses.filter((other) => other !== entry));
                input.current?.focus();
              }}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          id={id}
          ref={input}
          className={classNames(styles.input, bad && styles.bad)}
          value={loose}
          autoComplete="off"
          spellCheck={false}
          inputMode="email"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${id}-option-${active}` : undefined}
          aria-invalid={bad}
          aria-describedby={bad ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          onBlur={() => {
            completion.clear();
            if (loose.trim() !== '' && !take(loose)) setTouched(true);
          }}
        />
        {bad ? (
          <p id={`${id}-error`} className={styles.error}>
            {t('composer.badAddress', { text: loose.trim() })}
          </p>
        ) : null}
        <ul
          id={`${id}-list`}
          className={styles.list}
          role="listbox"
          aria-label={t('composer.addressList')}
          hidden={!open}
        >
          {options.map((option, index) => (
            <li
              key={option.address}
              id={`${id}-option-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles.option}
              onMouseDown={(event) => {
                event.preventDefault();
                add([option], '');
              }}
            >
              {option.name ? <span>{option.name}</span> : null}
              <span className={styles.optionAddress}>{option.address}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
