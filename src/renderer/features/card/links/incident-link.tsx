import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../../../shared/contract/links.ts';
import { formatRoute, parseRoute } from '../../../lib/router.ts';
import { useNames } from '../use-names.ts';
import styles from './links.module.css';

/** The code leads there; the window of one incident stays such a window. */
export function IncidentCode({ id, code }: { readonly id: number; readonly code: string }) {
  const { page } = parseRoute(window.location.hash);
  return (
    <a
      className={styles.code}
      href={formatRoute({ page: page === 'incident' ? 'incident' : 'queue', incidentId: id })}
    >
      {code}
    </a>
  );
}

/** Code, title and where it stands, on one row. */
export function IncidentWords({ incident }: { readonly incident: NamedIncident }) {
  const { t } = useTranslation();
  const names = useNames();
  const state = incident.merged
    ? t('links.state.merged')
    : incident.dismissedAt === null
      ? names.status(incident.statusId)
      : t('links.state.dismissed');
  const isOver = incident.merged || incident.finishedAt !== null || incident.dismissedAt !== null;
  return (
    <span className={styles.incident} data-over={isOver || undefined}>
      <IncidentCode id={incident.id} code={incident.code} />
      <span className={styles.title} title={incident.title}>
        {incident.title}
      </span>
      <span className={styles.state}>{state}</span>
    </span>
  );
}
