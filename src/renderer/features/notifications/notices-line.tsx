import { BellRing } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { calmFeed } from '../../lib/notices/calm-feed.ts';
import { Climb } from '../../lib/notices/climb.tsx';
import { StepTrail } from '../../lib/notices/step-trail.tsx';
import { safeLine } from '../../lib/safe-text.ts';
import { createServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import styles from './line.module.css';
import { ladderLines, type LadderLine } from './pick-line.ts';

/** On the card of an incident: who was told, by what and when, in one line that unfolds. */
export function NoticesLine({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const data = useNotices(incidentId);
  const [unfolded, setUnfolded] = useState(false);
  const lines = ladderLines(data?.climbs ?? []);
  const [first] = lines;
  if (!first || !data) return null;
  const others = lines.length - 1 + data.more;
  return (
    <li className={styles.root} aria-label={t('notifications.line.label')}>
      <div className={styles.line}>
        <BellRing size={14} className={styles.icon} aria-hidden="true" />
        <span className={styles.words}>
          <OneLine line={first} />
        </span>
        {others > 0 ? (
          <span className={styles.faint}>{t('notifications.line.more', { count: others })}</span>
        ) : null}
        <Button kind="quiet" pressed={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {t(unfolded ? 'notifications.line.hide' : 'notifications.line.show')}
        </Button>
      </div>
      {unfolded ? (
        <div className={styles.unfolded} tabIndex={-1}>
          {lines.flatMap(({ climbs }) =>
            climbs.map((climb) => <Climb key={climb.row.id} climb={climb} brief />),
          )}
          {data.more > 0 ? (
            <p className={styles.faint}>{t('notifications.line.older', { count: data.more })}</p>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function OneLine({ line }: { readonly line: LadderLine }) {
  const { t } = useTranslation();
  return line.climbs.map(({ row }, index) => (
    <span key={row.id} className={styles.part}>
      {index === 0 ? null : (
        <span aria-hidden="true" className={styles.faint}>
          →
        </span>
      )}
      <strong>{safeLine(row.party?.name ?? t('notifications.list.gone'))}</strong>
      <span className={styles.state} data-state={row.state}>
        {t(`notifications.state.${row.state}`)}
      </span>
      <StepTrail steps={row.steps} />
    </span>
  ));
}

const kinds = ['notification'] as const;

function useNotices(incidentId: number) {
  const { rpc, feed } = useDesk();
  const source = useMemo(
    () =>
      createServerData({
        load: (signal) => rpc.notifications.ofIncident({ incidentId }, { signal }),
        feed: calmFeed(feed),
        kinds,
      }),
    [rpc, feed, incidentId],
  );
  useEffect(() => source.start(), [source]);
  return useStore(source.store, ({ data }) => data);
}
