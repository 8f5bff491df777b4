import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedIncident } from '../../../../shared/contract/links.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { IncidentPicker } from '../../../lib/incident-picker.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { IncidentWords } from './incident-link.tsx';
import type { LetterSelection } from './letter-selection.ts';
import styles from './links.module.css';
import type { LinkActions } from './use-link-actions.ts';

/** What can be done with the chosen letters. */
export function SelectionBar({
  incidentId,
  selection,
  actions,
}: {
  readonly incidentId: number;
  readonly selection: LetterSelection;
  readonly actions: LinkActions;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [branches, setBranches] = useState(true);
  const [isMoving, setMoving] = useState(false);
  const { ids } = selection;
  const count = ids.length;
  useShortcut('back', () => selection.end(), !isMoving);

  async function move(target: NamedIncident | null): Promise<void> {
    const done = await actions.moveLetters(ids, target, !branches);
    if (!done) return;
    setMoving(false);
    selection.end();
  }

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('links.letters.count', { count })}>
      <span role="status">{t('links.letters.count', { count })}</span>
      <Checkbox label={t('links.letters.branches')} checked={branches} onChange={setBranches} />
      <Button kind="primary" disabled={count === 0} onClick={() => setMoving(true)}>
        {t('links.letters.move')}
      </Button>
      <Button disabled={count === 0} onClick={() => void move(null)}>
        {t('links.letters.split')}
      </Button>
      <span className={styles.space} />
      <Button kind="quiet" keys={keys('back')} onClick={() => selection.end()}>
        {t('links.letters.stop')}
      </Button>
      {isMoving ? (
        <MoveDialog
          incidentId={incidentId}
          count={count}
          onMove={(target) => move(target)}
          onClose={() => setMoving(false)}
        />
      ) : null}
    </div>
  );
}

/** By code, with the title to be sure before anything moves. */
function MoveDialog({
  incidentId,
  count,
  onMove,
  onClose,
}: {
  readonly incidentId: number;
  readonly count: number;
  readonly onMove: (target: NamedIncident) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<NamedIncident | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function move(): Promise<void> {
    if (!target) return;
    setBusy(true);
    await onMove(target);
    setBusy(false);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`${t('links.letters.moveTitle')} · ${t('links.letters.count', { count })}`}
      closeLabel={t('common.close')}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={isBusy} disabled={!target} onClick={() => void move()}>
            {target ? t('links.letters.moveTo', { code: target.code }) : t('links.letters.do')}
          </Button>
        </>
      }
    >
      <div className={styles.chosen}>
        <IncidentPicker label={t('links.other')} except={incidentId} autoFocus onPick={setTarget} />
        {target ? (
          <>
            <IncidentWords incident={target} />
            <p className={styles.note}>{t('links.letters.moveWhat', { title: target.title })}</p>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
