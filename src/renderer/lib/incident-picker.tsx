import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../shared/contract/links.ts';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { moveIndex } from '../ui/selection.ts';
import styles from './asset-picker.module.css';
import { useDesk } from './desk.ts';
import { useErrorText } from './error-text.ts';

type Answer = { readonly text: string; readonly incidents: readonly NamedIncident[] };

/** One incident by its number, whole or begun, or by words of its title. */
export function IncidentPicker({
  label,
  except,
  autoFocus = false,
  onPick,
}: {
  readonly label: string;
  /** Never offered: the one it is picked for. */
  readonly except: number | null;
  readonly autoFocus?: boolean;
  readonly onPick: (incident: NamedIncident) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { answer, error } = useIncidents(text.trim(), except);
  const incidents = text.trim() === '' ? [] : (answer?.incidents ?? []);
  const active = Math.min(chosen, incidents.length - 1);
  const isCurrent = answer?.text === text.trim();
  // Enter is quicker than the answer: it counts for the answer to what was typed.
  const isWanted = useRef(false);
  const first = incidents[active];
  useEffect(() => {
    if (!isWanted.current || !isCurrent) return;
    isWanted.current = false;
    if (first) onPick(first);
  }, [isCurrent, first, onPick]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const incident = incidents[active];
      if (!isCurrent) isWanted.current = text.trim() !== '';
      else if (incident) onPick(incident);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const next = moveIndex(active, event.key, incidents.length, 5);
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
        aria-expanded={incidents.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={t('links.otherHint')}
        value={text}
        maxLength={200}
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
      {isCurrent && text.trim() !== '' && incidents.length === 0 ? (
        <p className={styles.refused} role="alert">
          {t('links.nothingFound')}
        </p>
      ) : null}
      <ul
        id={listId}
        className={styles.list}
        role="listbox"
        aria-label={label}
        hidden={incidents.length === 0}
      >
        {incidents.map((incident, index) => (
          <li
            key={incident.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(incident)}
          >
            <span className={styles.code}>{incident.code}</span>
            <span className={styles.more}>{incident.title}</span>
            {incident.finishedAt === null ? null : (
              <span className={styles.more}>
                {t(incident.merged ? 'links.state.merged' : 'links.state.finished')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useIncidents(text: string, except: number | null) {
  const { rpc } = useDesk();
  const [state, setState] = useState<{ readonly answer?: Answer; readonly error?: AppError }>({});
  useEffect(() => {
    if (text === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      rpc.links.complete({ text, except }, { signal: stop.signal }).then(
        ({ incidents }) => {
          if (!stop.signal.aborted) setState({ answer: { text, incidents } });
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
  }, [rpc, text, except]);
  return state;
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
