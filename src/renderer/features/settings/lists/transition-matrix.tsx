import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Status } from '../../../../shared/contract/settings.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useCommand } from '../../../lib/use-command.ts';
import styles from '../settings.module.css';
import { stepIn, type Cell } from './matrix-walk.ts';

/** Rows lead to columns; each tick is saved at once. One stop of Tab, arrows inside. */
export function TransitionMatrix({ statuses }: { readonly statuses: readonly Status[] }) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const table = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<Cell>({ row: 0, column: 1 });
  const shown = statuses.filter((status) => status.active);
  const ids = new Set(shown.map(({ id }) => id));
  const reached = new Set(shown.flatMap(({ nextIds }) => nextIds));

  function toggle(from: Status, to: Status): void {
    const allowed = !from.nextIds.includes(to.id);
    void command(() => rpc.reference.setTransition({ fromId: from.id, toId: to.id, allowed }));
  }

  function walk(event: KeyboardEvent): void {
    const next = stepIn(place, event.key, shown.length);
    if (!next) return;
    event.preventDefault();
    setPlace(next);
    table.current?.querySelector<HTMLInputElement>(`[data-cell="${next.row}-${next.column}"]`)?.focus();
  }

  return (
    <section className={styles.fields} aria-label={t('settings.lists.transitions')}>
      <h2 className={styles.heading}>{t('settings.lists.transitions')}</h2>
      <p className={styles.faint}>
        {t('settings.lists.transitionsHelp')} {t('workflow.lists.keysHint')}
      </p>
      <div className={styles.matrix} role="group" aria-label={t('settings.lists.transitions')}>
        <table ref={table} onKeyDown={walk}>
          <thead>
            <tr>
              <td />
              {shown.map((to, column) => (
                <th key={to.id} scope="col" data-here={column === place.column || undefined}>
                  <span>{nameOf(to, language)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((from, row) => (
              <tr key={from.id}>
                <th scope="row" data-here={row === place.row || undefined}>
                  {nameOf(from, language)}
                  <Lead
                    count={from.nextIds.filter((id) => ids.has(id)).length}
                    reached={reached.has(from.id) || from.key === 'new'}
                  />
                </th>
                {shown.map((to, column) => (
                  <td key={to.id}>
                    {from.id === to.id ? null : (
                      <input
                        type="checkbox"
                        checked={from.nextIds.includes(to.id)}
                        tabIndex={row === place.row && column === place.column ? 0 : -1}
                        data-cell={`${row}-${column}`}
                        aria-label={t('settings.lists.transition', {
                          from: nameOf(from, language),
                          to: nameOf(to, language),
                        })}
                        onFocus={() => setPlace({ row, column })}
                        onChange={() => toggle(from, to)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What is easily overlooked in so many ticks: a status nobody gets out of, or into. */
function Lead({ count, reached }: { readonly count: number; readonly reached: boolean }) {
  const { t } = useTranslation();
  const words = [
    ...(count === 0 ? [t('workflow.lists.deadEnd')] : []),
    ...(reached ? [] : [t('workflow.lists.unreachable')]),
  ];
  return words.length === 0 ? null : <span className={styles.faint}> · {words.join(', ')}</span>;
}
