import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Status } from '../../../../shared/contract/settings.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useCommand } from '../../../lib/use-command.ts';
import styles from '../settings.module.css';

/** Rows lead to columns; each tick is saved at once. */
export function TransitionMatrix({ statuses }: { readonly statuses: readonly Status[] }) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const shown = statuses.filter((status) => status.active);

  function toggle(from: Status, to: Status): void {
    const nextIds = from.nextIds.includes(to.id)
      ? from.nextIds.filter((id) => id !== to.id)
      : [...from.nextIds, to.id];
    void command(() => rpc.reference.saveStatus({ ...from, nextIds }));
  }

  return (
    <section className={styles.fields} aria-label={t('settings.lists.transitions')}>
      <h2 className={styles.heading}>{t('settings.lists.transitions')}</h2>
      <p className={styles.faint}>{t('settings.lists.transitionsHelp')}</p>
      <div className={styles.matrix} tabIndex={0} role="group" aria-label={t('settings.lists.transitions')}>
        <table>
          <thead>
            <tr>
              <td />
              {shown.map((to) => (
                <th key={to.id} scope="col">
                  <span>{nameOf(to, language)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((from) => (
              <tr key={from.id}>
                <th scope="row">{nameOf(from, language)}</th>
                {shown.map((to) => (
                  <td key={to.id}>
                    {from.id === to.id ? null : (
                      <input
                        type="checkbox"
                        checked={from.nextIds.includes(to.id)}
                        aria-label={t('settings.lists.transition', {
                          from: nameOf(from, language),
                          to: nameOf(to, language),
                        })}
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
