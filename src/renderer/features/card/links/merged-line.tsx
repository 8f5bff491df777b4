import { Merge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { StateLine } from '../state-line.tsx';
import { IncidentCode } from './incident-link.tsx';
import styles from './links.module.css';
import type { LinkActions } from './use-link-actions.ts';
import type { LinksOf } from './use-link-data.ts';

/** Its letters live in another incident: the way there, and the way back. */
export function MergedLine({
  incident,
  data,
  actions,
}: {
  readonly incident: { readonly id: number; readonly code: string; readonly revision: number };
  readonly data: LinksOf;
  readonly actions: LinkActions;
}) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [takeLater, setTakeLater] = useState(true);
  const { mergedInto, end, lettersSince } = data;
  if (!mergedInto || !end) return null;
  const part = (later: boolean): void => {
    setAsking(false);
    void actions.part(incident.id, incident.code, incident.revision, later);
  };
  return (
    <StateLine
      icon={<Merge size={14} />}
      actions={
        <Button onClick={() => (lettersSince > 0 ? setAsking(true) : part(false))}>
          {t('links.merge.part')}
        </Button>
      }
    >
      <b>{t('links.merge.line')}</b> <IncidentCode id={mergedInto.id} code={mergedInto.code} />
      {end.id === mergedInto.id ? null : (
        <>
          {' → '}
          <IncidentCode id={end.id} code={end.code} />
        </>
      )}
      {` · ${end.title}`}
      {isAsking ? (
        <Dialog
          open
          onClose={() => setAsking(false)}
          title={t('links.merge.partTitle', { code: incident.code })}
          closeLabel={t('common.close')}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button kind="primary" autoFocus onClick={() => part(takeLater)}>
                {t('links.merge.part')}
              </Button>
            </>
          }
        >
          <div className={styles.chosen}>
            <p>{t('links.merge.partWhat', { code: incident.code })}</p>
            <p>{t('links.merge.partLater', { count: lettersSince, code: incident.code })}</p>
            <Checkbox label={t('links.merge.takeLater')} checked={takeLater} onChange={setTakeLater} />
          </div>
        </Dialog>
      ) : null}
    </StateLine>
  );
}
