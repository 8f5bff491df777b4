import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { moveIndex } from '../ui/selection.ts';
import styles from './asset-picker.module.css';
import { useErrorText } from './error-text.ts';

type Search<Item> = (text: string, signal: AbortSignal) => Promise<readonly Item[]>;

type Words = {
  readonly field: string;
  readonly list: string;
  readonly hint: string;
  /** When nothing is found. */
  readonly none: string;
};

type Props<Item> = {
  readonly words: Words;
  /** Asked anew when it is another function: callers keep it the same between renders. */
  readonly search: Search<Item>;
  readonly isOffered?: (item: Item) => boolean;
  readonly keyOf: (item: Item) => string | number;
  readonly line: (item: Item) => ReactNode;
  readonly autoFocus: boolean;
  readonly onPick: (item: Item) => void;
};

/** One of what core finds by the words that are typed; arrows choose, Enter picks. */
export function FoundPicker<Item>({ words, search, keyOf, line, autoFocus, onPick, ...rest }: Props<Item>) {
  const { isOffered = () => true } = rest;
  const errorText = useErrorText();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { answer, error } = useFound(text.trim(), search);
  const found = text.trim() === '' ? [] : (answer?.found ?? []);
  const items = found.filter((item) => isOffered(item));
  const active = Math.min(chosen, items.length - 1);
  const isCurrent = answer?.text === text.trim();
  // Enter is quicker than the answer: it counts for the answer to what was typed.
  const isWanted = useRef(false);
  const first = items[active];

  useEffect(() => {
    if (!isWanted.current || !isCurrent) return;
    isWanted.current = false;
    if (first) onPick(first);
  }, [isCurrent, first, onPick]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!isCurrent) isWanted.current = text.trim() !== '';
      else if (first) onPick(first);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const next = moveIndex(active, event.key, items.length, 5);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  }

  return (
    <div className={styles.picker} data-own-keys>
      <input
        className={styles.input}
        role="combobox"
        aria-label={words.field}
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={words.hint}
        value={text}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        ref={autoFocus ? focusOnce : undefined}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
          isWanted.current = false;
        }}
        onKeyDown={onKeyDown}
      />
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {isCurrent && text.trim() !== '' && items.length === 0 ? (
        <p className={styles.refused} role="alert">
          {words.none}
        </p>
      ) : null}
      <ul
        id={listId}
        className={styles.list}
        role="listbox"
        aria-label={words.list}
        hidden={items.length === 0}
      >
        {items.map((item, index) => (
          <li
            key={keyOf(item)}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
          >
            {line(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Found<Item> = {
  readonly answer?: { readonly text: string; readonly found: readonly Item[] };
  readonly error?: AppError;
};

function useFound<Item>(text: string, search: Search<Item>): Found<Item> {
  const [state, setState] = useState<Found<Item>>({});
  useEffect(() => {
    if (text === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      search(text, stop.signal).then(
        (found) => {
          if (!stop.signal.aborted) setState({ answer: { text, found } });
        },
        (thrown: unknown) => {
          if (!stop.signal.aborted) setState({ error: toAppError(thrown) });
        },
      );
    }, 80);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [search, text]);
  return state;
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
