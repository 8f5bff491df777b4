import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { OnCallOverride, Technician } from '../../../../shared/contract/technicians.ts';
import { useDesk } from '../../../lib/desk.ts';
import { safeLine } from '../../../lib/safe-text.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import styles from './on-call.module.css';

/** What differs from the plan in these days, with who wanted it; each goes with one press and comes back with another. */
export function Changes({
  overrides,
  technicians,
}: {
  readonly overrides: readonly OnCallOverride[];
  readonly technicians: readonly Technician[];
}) {
  const { t } = useTranslation();
  const { rpc, people, ticker } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const everyone = useStore(people, (state) => state.people);
  const nameOf = (id: number | null): string =>
    technicians.find(({ contactId }) => contactId === id)?.name ?? t('common.none');
  const now = ticker.second();
  return (
    <section className={styles.changes} aria-label={t('technicians.onCall.changes')}>
      <h2>{t('technicians.onCall.changes')}</h2>
      {overrides.length === 0 ? <p className={styles.faint}>{t('technicians.onCall.noChanges')}</p> : null}
      <ul>
        {overrides.map((override) => {
          const { id, contactId, insteadOfId, onDuty, fromAt, toAt, reason, createdBy } = override;
          const name = nameOf(contactId);
          const what =
            insteadOfId === null
              ? t(onDuty ? 'technicians.onCall.change.on' : 'technicians.onCall.change.off', { name })
              : t('technicians.onCall.change.swap', { name, instead: nameOf(insteadOfId) });
          const writer = everyone.get(createdBy ?? 0)?.name;
          const span = t('technicians.onCall.change.span', {
            from: format.when(fromAt, now),
            to: format.when(toAt, now),
          });
          return (
            <li key={id}>
              <span>
                <b>{what}</b> {span}
                <span className={styles.faint}>
                  {[safeLine(reason), writer ? t('technicians.onCall.change.by', { name: writer }) : '']
                    .filter(Boolean)
                    .map((part) => ` · ${part}`)
                    .join('')}
                </span>
              </span>
              <Button
                kind="quiet"
                onClick={() =>
                  void command(() => rpc.technicians.removeOverride({ id }), {
                    done: t('technicians.onCall.change.removed'),
                  })
                }
              >
                {t('technicians.onCall.change.remove')}
                <span className="visually-hidden">{`: ${what} ${span}`}</span>
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
