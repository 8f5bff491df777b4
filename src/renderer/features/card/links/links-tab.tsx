import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../../../shared/contract/links.ts';
import { linkRoles, type LinkRole } from '../../../../shared/domain/link-kinds.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useKeys } from '../../../lib/hotkeys.ts';
import { IncidentPicker } from '../../../lib/incident-picker.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { IncidentCode, IncidentWords } from './incident-link.tsx';
import styles from './links.module.css';
import { SimilarList } from './similar-list.tsx';
import type { LinkActions } from './use-link-actions.ts';
import type { LinksOf } from './use-link-data.ts';

/** What the incident is tied to, what it may be the same as, and how to tie it. */
export function LinksTab({
  incident,
  data,
  failed,
  actions,
  onMerge,
}: {
  readonly incident: { readonly id: number; readonly code: string };
  readonly data: LinksOf | undefined;
  readonly failed: Parameters<ReturnType<typeof useErrorText>>[0] | undefined;
  readonly actions: LinkActions;
  readonly onMerge: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const keys = useKeys();
  if (!data) {
    return failed ? (
      <p role="alert" className={styles.tab}>
        {t('links.failed')}. {errorText(failed)}
      </p>
    ) : (
      <div className={styles.tab} aria-busy="true" />
    );
  }
  return (
    <div
      className={styles.tab}
      role="region"
      aria-label={t('links.title', { code: incident.code })}
      tabIndex={0}
    >
      {data.merged.length > 0 ? <Merged data={data} actions={actions} /> : null}
      <section className={styles.section} aria-label={t('links.linked')}>
        <h3>{t('links.linked')}</h3>
        {data.links.length === 0 ? <p className={styles.note}>{t('links.emptyText')}</p> : null}
        <ul>
          {data.links.map((link) => (
            <li key={`${link.role} ${link.id}`} className={styles.row}>
              <span className={styles.role}>{t(`links.role.${link.role}`)}</span>
              <IncidentWords incident={link} />
              <IconButton
                small
                label={t('links.remove', { code: link.code })}
                icon={<X size={14} />}
                onClick={() => void actions.remove(link, link.role)}
              />
            </li>
          ))}
        </ul>
        <AddLink incidentId={incident.id} onAdd={(other, role) => void actions.add(other, role)} />
        <div>
          <Button keys={keys('mergeIncident')} onClick={onMerge}>
            {t('links.merge.open')}
          </Button>
        </div>
      </section>
      <SimilarList incidentId={incident.id} actions={actions} />
    </div>
  );
}

function Merged({ data, actions }: { readonly data: LinksOf; readonly actions: LinkActions }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-label={t('links.merge.holds')}>
      <h3>{t('links.merge.holds')}</h3>
      <ul>
        {data.merged.map((merged) => (
          <li key={merged.id} className={styles.row}>
            <span className={styles.incident}>
              <IncidentCode id={merged.id} code={merged.code} />
              <span className={styles.title} title={merged.title}>
                {merged.title}
              </span>
            </span>
            <span className={styles.state}>
              {[
                merged.applicant.name || merged.applicant.address,
                t('links.merge.letters', { count: merged.letters }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Button
              kind="quiet"
              onClick={() => void actions.part(merged.id, merged.code, merged.revision, false)}
            >
              {t('links.merge.part')}
              <span className="visually-hidden">{` ${merged.code}`}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Picking the other one ties it; the kind is chosen before. */
function AddLink({
  incidentId,
  onAdd,
}: {
  readonly incidentId: number;
  readonly onAdd: (other: NamedIncident, role: LinkRole) => void;
}) {
  const { t } = useTranslation();
  const [role, setRole] = useState<LinkRole>('related');
  // A picker of its own for each link: what was typed for the last one is done with.
  const [added, setAdded] = useState(0);
  return (
    <div className={styles.add} role="group" aria-label={t('links.add')}>
      <Select
        name={t('links.roleLabel')}
        value={role}
        options={linkRoles.map((value) => ({ value, label: t(`links.role.${value}`) }))}
        onChange={(value) => setRole(linkRoles.find((known) => known === value) ?? 'related')}
      />
      <IncidentPicker
        key={added}
        label={t('links.other')}
        except={incidentId}
        onPick={(other) => {
          setAdded(added + 1);
          onAdd(other, role);
        }}
      />
    </div>
  );
}
