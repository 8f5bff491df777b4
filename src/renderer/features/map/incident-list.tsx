import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapIncident } from '../../../shared/contract/reports.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { StateMark } from './map-filters.tsx';
import styles from './map.module.css';

/** More would be no list to walk; filters narrow it. */
const mostShown = 200;

/** What the drawing shows, in words: worst first. */
export function IncidentList({
  incidents,
  chosenId,
  onChoose,
  onOpen,
}: {
  readonly incidents: readonly MapIncident[];
  readonly chosenId: number | null;
  readonly onChoose: (incident: MapIncident) => void;
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const chosen = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Without braces its answer would be taken for what cleans up.
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  if (incidents.length === 0) return <p className={styles.faint}>{t('reports.map.empty')}</p>;
  return (
    <>
      <ul className={styles.list} aria-label={t('reports.map.list')}>
        {incidents.slice(0, mostShown).map((incident) => (
          <li
            key={incident.id}
            ref={incident.id === chosenId ? chosen : null}
            data-chosen={incident.id === chosenId || undefined}
          >
            <button
              type="button"
              className={styles.item}
              aria-pressed={incident.id === chosenId}
              onClick={() => onChoose(incident)}
              onDoubleClick={() => onOpen(incident.id)}
            >
              <StateMark state={incident.state} />
              <span className={styles.code}>{incident.code}</span>
              <span className="visually-hidden">{t(`reports.map.stateName.${incident.state}`)}</span>
              <span className={styles.title}>{incident.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {incidents.length > mostShown ? (
        <p className={styles.faint}>{t('reports.map.more', { count: incidents.length - mostShown })}</p>
      ) : null}
      <p className={styles.faint}>
        {t('reports.map.keys', {
          next: keys('next') ?? '',
          previous: keys('previous') ?? '',
          open: keys('open') ?? '',
        })}
      </p>
    </>
  );
}
