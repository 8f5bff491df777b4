import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './palette.module.css';
import { rank } from './rank.ts';

export type PaletteAction = {
  readonly key: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
};

type Entry = PaletteAction & { readonly note?: string | undefined; readonly group: 'actions' | 'incidents' };

const mostActions = 12;

/** Every action by name, and every incident and letter by its words. */
export function Palette({
  actions,
  onOpen,
  onClose,
}: {
  readonly actions: readonly PaletteAction[];
  readonly onOpen: (incidentId: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const incidents = useIncidents(text, onOpen);
  const entries: readonly Entry[] = [
    ...rank(actions, text)
      .slice(0, mostActions)
      .map((action) => ({ ...action, group: 'actions' as const })),
    ...incidents,
  ];
  const chosen = Math.min(active, entries.length - 1);

  function run(entry: Entry | undefined): void {
    if (!entry) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(entry.run, 0);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(Math.min(entries.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') run(entries[chosen]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open onClose={onClose} title={t('palette.title')} closeLabel={t('common.close')} width={620}>
      <div className={styles.palette} onKeyDown={onKeyDown}>
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries[chosen] ? `${listId}-${chosen}` : undefined}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          value={text}
          data-autofocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
        />
        <ul id={listId} className={styles.list} role="listbox" aria-label={t('palette.title')}>
          {entries.map((entry, index) => (
            <li key={entry.key} role="presentation">
              {entries[index - 1]?.group === entry.group ? null : (
                <p className={styles.group}>{t(`palette.${entry.group}`)}</p>
              )}
              <div
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                className={styles.entry}
                ref={(element) => {
                  if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
                }}
                onPointerMove={() => setActive(index)}
                onClick={() => run(entry)}
                onKeyDown={onKeyDown}
              >
                <span className={styles.label}>{entry.label}</span>
                {entry.note ? <span className={styles.note}>{entry.note}</span> : null}
                {entry.keys ? <Kbd keys={entry.keys} /> : null}
              </div>
            </li>
          ))}
          {entries.length === 0 ? <li className={styles.group}>{t('palette.nothing')}</li> : null}
        </ul>
      </div>
    </Dialog>
  );
}

function useIncidents(text: string, onOpen: (incidentId: number) => void): readonly Entry[] {
  const { rpc } = useDesk();
  const [found, setFound] = useState<readonly Entry[]>([]);
  const typed = text.trim();

  useEffect(() => {
    if (typed.length < 2) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      rpc.search.find({ text: typed, limit: 24 }, { signal: stop.signal }).then(
        ({ hits }) => {
          const entries = hits.flatMap((hit, index): readonly Entry[] => {
            const { incidentId } = hit;
            const first = hits.findIndex((other) => other.incidentId === incidentId);
            if (incidentId === null || first !== index) return [];
            return [
              {
                key: `${incidentId}-${index}`,
                group: 'incidents',
                label: `${hit.code} ${hit.title}`,
                note: hit.snippet === hit.title ? undefined : hit.snippet,
                run: () => onOpen(incidentId),
              },
            ];
          });
          if (!stop.signal.aborted) setFound(entries);
        },
        // The actions are still there; the search itself says what is wrong in the queue.
        () => undefined,
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [rpc, typed, onOpen]);

  return typed.length < 2 ? [] : found;
}
