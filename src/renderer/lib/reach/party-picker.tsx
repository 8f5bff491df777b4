import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Party } from '../../../shared/domain/reaching.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { moveIndex } from '../../ui/selection.ts';
import styles from '../asset-picker.module.css';
import { useDesk } from '../desk.ts';
import { useErrorText } from '../error-text.ts';

export type FoundParty = Party & { readonly name: string; readonly detail: string };

type Answer = { readonly text: string; readonly parties: readonly FoundParty[] };

type Props = {
  readonly label: string;
  /** Never offered: those who are there already. */
  readonly except?: readonly Party[];
  readonly autoFocus?: boolean;
  readonly onPick: (party: FoundParty) => void;
};

/** Somebody who can be reached, by words of the name, the firm or an address; emptied when somebody is picked. */
export function PartyPicker({ autoFocus = false, onPick, ...rest }: Props) {
  const [picked, setPicked] = useState(0);
  return (
    <OnePick
      {...rest}
      key={picked}
      autoFocus={autoFocus || picked > 0}
      onPick={(party) => {
        setPicked(picked + 1);
        onPick(party);
      }}
    />
  );
}

function OnePick({ label, except = [], autoFocus = false, onPick }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { answer, error } = useParties(text.trim());
  const found = text.trim() === '' ? [] : (answer?.parties ?? []);
  const parties = found.filter((party) => !except.some((other) => isSame(party, other)));
  const active = Math.min(chosen, parties.length - 1);
  const isCurrent = answer?.text === text.trim();
  // Enter is quicker than the answer: it counts for the answer to what was typed.
  const isWanted = useRef(false);
  const first = parties[active];

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
    const next = moveIndex(active, event.key, parties.length, 5);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  }

  return (
    <div className={styles.picker} data-own-keys>
      <input
        className={styles.input}
        role="combobox"
        aria-label={label}
        aria-expanded={parties.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={t('ladders.party.hint')}
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
      {isCurrent && text.trim() !== '' && parties.length === 0 ? (
        <p className={styles.refused} role="alert">
          {t('ladders.party.none')}
        </p>
      ) : null}
      <ul
        id={listId}
        className={styles.list}
        role="listbox"
        aria-label={t('ladders.party.list')}
        hidden={parties.length === 0}
      >
        {parties.map((party, index) => (
          <li
            key={`${party.kind} ${party.id}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(party)}
          >
            <span>{party.name}</span>
            <span className={styles.more}>{party.detail}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isSame(a: Party, b: Party): boolean {
  return a.kind === b.kind && a.id === b.id;
}

function useParties(text: string) {
  const { rpc } = useDesk();
  const [state, setState] = useState<{ readonly answer?: Answer; readonly error?: AppError }>({});
  useEffect(() => {
    if (text === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      rpc.ladders.parties({ text, limit: 30 }, { signal: stop.signal }).then(
        ({ parties }) => {
          if (!stop.signal.aborted) setState({ answer: { text, parties } });
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
  }, [rpc, text]);
  return state;
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
