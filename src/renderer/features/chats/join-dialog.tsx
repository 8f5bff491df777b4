import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { moveIndex } from '../../ui/selection.ts';
import styles from './join-dialog.module.css';

type Incident = { readonly id: number; readonly code: string; readonly title: string };

const most = 12;

/** To which incident: by its code or any of its words, or one of the latest. */
export function JoinDialog({
  count,
  onJoin,
  onClose,
}: {
  readonly count: number;
  readonly onJoin: (incident: Incident) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const { incidents, error } = useIncidents(text.trim());
  const place = Math.min(active, (incidents?.length ?? 0) - 1);
  const chosen = incidents?.[place];

  async function join(incident: Incident | undefined): Promise<void> {
    if (!incident || isBusy) return;
    setBusy(true);
    const isDone = await onJoin(incident);
    setBusy(false);
    if (isDone) onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') void join(chosen);
    else {
      const next = moveIndex(place, event.key, incidents?.length ?? 0, 5);
      if (next === null || event.key === 'Home' || event.key === 'End') return;
      setActive(next);
    }
    event.preventDefault();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`${t('chats.incident.joinTitle')} · ${t('chats.select.count', { count })}`}
      closeLabel={t('common.close')}
      width={600}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={isBusy} disabled={!chosen} onClick={() => void join(chosen)}>
            {chosen ? `${t('chats.incident.joinSubmit')}: ${chosen.code}` : t('chats.incident.joinSubmit')}
          </Button>
        </>
      }
    >
      <Field
        name={t('chats.incident.joinField')}
        placeholder={t('chats.incident.joinField')}
        value={text}
        onChange={(value) => {
          setText(value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        maxLength={300}
        autoFocus
      />
      <p className={styles.note}>{text.trim() === '' ? t('chats.incident.joinRecent') : null}</p>
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {incidents?.length === 0 ? <p className={styles.note}>{t('chats.incident.joinNothing')}</p> : null}
      <ul id={listId} className={styles.list} role="listbox" aria-label={t('chats.incident.joinList')}>
        {incidents?.map((incident, index) => (
          <li
            key={incident.id}
            role="option"
            className={styles.option}
            aria-selected={index === place}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setActive(index)}
            onDoubleClick={() => void join(incident)}
          >
            <span className={styles.code}>{incident.code}</span>
            <span className={styles.title}>{incident.title}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The latest open ones while nothing is typed, then what the desk's search finds. */
function useIncidents(text: string): {
  readonly incidents: readonly Incident[] | undefined;
  readonly error: AppError | undefined;
} {
  const { rpc } = useDesk();
  const [state, setState] = useState<{
    readonly incidents: readonly Incident[] | undefined;
    readonly error: AppError | undefined;
  }>({ incidents: undefined, error: undefined });

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        (text === '' ? latest(rpc, stop.signal) : find(rpc, text, stop.signal)).then(
          (incidents) => {
            if (!stop.signal.aborted) setState({ incidents, error: undefined });
          },
          (thrown: unknown) => {
            if (!stop.signal.aborted) setState({ incidents: undefined, error: toAppError(thrown) });
          },
        );
      },
      text === '' ? 0 : 80,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [rpc, text]);
  return state;
}

async function latest(rpc: Rpc, signal: AbortSignal): Promise<readonly Incident[]> {
  const { rows } = await rpc.incidents.queue(
    { filter: {}, sort: { key: 'registered', descending: true }, offset: 0, limit: most },
    { signal },
  );
  return rows;
}

async function find(rpc: Rpc, text: string, signal: AbortSignal): Promise<readonly Incident[]> {
  const { hits } = await rpc.search.find({ text, limit: 50 }, { signal });
  const incidents = new Map<number, Incident>();
  for (const { incidentId, code, title } of hits) {
    if (incidentId !== null) incidents.set(incidentId, { id: incidentId, code, title });
  }
  return [...incidents.values()].slice(0, most);
}
