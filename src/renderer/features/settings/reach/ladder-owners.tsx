import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LadderOwnerView } from '../../../../shared/contract/ladders.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { ReachDialog } from '../../../lib/reach/reach-dialog.tsx';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import styles from '../settings.module.css';
import own from './reach-tabs.module.css';

const kinds = ['route', 'contact', 'person'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.ladders.owners({}, { signal });

/** Whom a change of everybody's ladder does not reach. */
export function LadderOwners() {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  const [chosen, setChosen] = useState<LadderOwnerView>();
  if (!data) return null;
  return (
    <section className={styles.form} aria-label={t('ladders.owners.title')}>
      <h2 className={styles.heading}>{t('ladders.owners.title')}</h2>
      {data.owners.length === 0 ? (
        <p className={styles.faint}>{t('ladders.owners.none')}</p>
      ) : (
        <ul className={own.members}>
          {data.owners.map((owner) => (
            <li key={`${owner.kind} ${owner.id}`}>
              <span>
                {owner.name}{' '}
                <span className={styles.faint}>
                  {owner.urgencies.map((urgency) => t(`ladders.urgency.${urgency}`)).join(', ')}
                </span>
              </span>
              <Button label={`${owner.name}: ${t('ladders.own.open')}`} onClick={() => setChosen(owner)}>
                {t('ladders.own.open')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen ? (
        <ReachDialog
          owner={{ kind: chosen.kind, id: chosen.id }}
          name={chosen.name}
          onClose={() => setChosen(undefined)}
        />
      ) : null}
    </section>
  );
}
