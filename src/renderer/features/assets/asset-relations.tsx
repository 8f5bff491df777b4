import { useTranslation } from 'react-i18next';
import type { AssetView } from '../../../shared/contract/assets.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './assets.module.css';

/** Whose equipment hangs on the pole. */
export function AssetStations({
  asset,
  onOpen,
}: {
  readonly asset: AssetView;
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  const title = t('assets.view.stations');
  return (
    <section className={styles.relations} aria-label={title}>
      <h3>{title}</h3>
      {asset.stations.length === 0 ? <p className={styles.faint}>{t('assets.view.noStations')}</p> : null}
      <ul>
        {asset.stations.map(({ id, code, operators }) => (
          <li key={id}>
            <button type="button" className={styles.link} data-mono onClick={() => onOpen(id)}>
              {code}
            </button>
            <span className={styles.faint}>{operators.join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AssetIncidents({
  asset,
  onOpenIncident,
}: {
  readonly asset: AssetView;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const title = t('assets.view.incidents');
  return (
    <section className={styles.relations} aria-label={title}>
      <h3>{title}</h3>
      {asset.incidents.length === 0 ? <p className={styles.faint}>{t('assets.view.noIncidents')}</p> : null}
      <ul>
        {asset.incidents.map(({ id, code, title: subject, registeredAt, open }) => (
          <li key={id}>
            <button type="button" className={styles.link} onClick={() => onOpenIncident(id)}>
              <span className={styles.mono}>{code}</span> {subject}
            </button>
            <span className={styles.faint} title={format.full(registeredAt)}>
              {open ? `${t('assets.view.open')} · ` : ''}
              {format.short(registeredAt, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
