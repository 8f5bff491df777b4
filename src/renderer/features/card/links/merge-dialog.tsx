import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../../../shared/contract/links.ts';
import { IncidentPicker } from '../../../lib/incident-picker.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { IncidentWords } from './incident-link.tsx';
import styles from './links.module.css';
import type { LinkActions } from './use-link-actions.ts';

/** Which other one, and which of the two goes on. */
export function MergeDialog({
  incident,
  actions,
  onClose,
}: {
  readonly incident: { readonly id: number; readonly code: string };
  readonly actions: LinkActions;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [other, setOther] = useState<NamedIncident | null>(null);
  const [way, setWay] = useState<'this' | 'other'>('this');
  const [isBusy, setBusy] = useState(false);
  const goesOn = way === 'this' || !other ? incident.code : other.code;

  async function merge(): Promise<void> {
    if (!other) return;
    setBusy(true);
    const done = await (way === 'this' ? actions.take(other) : actions.goInto(other));
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('links.merge.title', { code: incident.code })}
      closeLabel={t('common.close')}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={isBusy} disabled={!other} onClick={() => void merge()}>
            {t('links.merge.do')}
          </Button>
        </>
      }
    >
      <div className={styles.chosen}>
        {other ? (
          <>
            <IncidentWords incident={other} />
            <Segmented
              label={t('links.merge.do')}
              value={way}
              options={[
                { value: 'this', label: t('links.merge.intoThis', { code: incident.code }) },
                { value: 'other', label: t('links.merge.intoOther', { code: incident.code }) },
              ]}
              onChange={setWay}
            />
          </>
        ) : (
          <IncidentPicker label={t('links.other')} except={incident.id} autoFocus onPick={setOther} />
        )}
        <p className={styles.note}>{t('links.merge.what', { code: goesOn })}</p>
      </div>
    </Dialog>
  );
}
