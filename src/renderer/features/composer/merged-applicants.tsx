import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/contract/letters.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import type { ComposerStore } from './composer-store.ts';
import styles from './composer.module.css';

const kinds = ['reference'] as const;

/** Whoever asked in an incident that was merged into this one is offered, and nobody is added unasked. */
export function MergedApplicants({
  composer,
  slotKey,
  draft,
  incidentId,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly draft: Draft;
  readonly incidentId: number;
}) {
  const { t } = useTranslation();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.links.ofIncident({ incidentId }, { signal }),
    [incidentId],
  );
  const { data } = useServerData(load, kinds);
  const { to, cc, bcc } = draft.recipients;
  const taken = new Set([...to, ...cc, ...bcc].map(({ address }) => address.toLowerCase()));
  const offered = (data?.merged ?? [])
    .map(({ applicant }) => applicant)
    .filter(({ address }) => address.includes('@') && !taken.has(address.toLowerCase()));
  if (offered.length === 0) return null;
  return (
    <div className={styles.copies} role="group" aria-label={t('links.merge.applicants')}>
      {offered.map((applicant) => (
        <Button
          key={applicant.address}
          kind="quiet"
          hint={applicant.address}
          onClick={() =>
            composer.edit(slotKey, { recipients: { ...draft.recipients, to: [...to, applicant] } })
          }
        >
          {`+ ${applicant.name || applicant.address}`}
        </Button>
      ))}
    </div>
  );
}
