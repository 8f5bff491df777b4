import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { useDesk } from '../../lib/desk.ts';
import { LadderPreview } from '../../lib/reach/ladder-preview.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TechnicianChoice } from './technician-choice.tsx';
import { useSuggestions } from './use-suggestions.ts';

/** Another one instead of whom the call is with: those who were not asked yet, best first. */
export function PassOnDialog({ call, onClose }: { readonly call: CallView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [wanted, setWanted] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const { regionId, skillId } = call;
  const exclude = call.turns.map(({ contactId }) => contactId);
  const { suggestions } = useSuggestions({ regionId, skillId, exclude });
  const best = suggestions?.find(({ fits }) => fits)?.contactId ?? null;
  const chosen = wanted ?? best;

  async function submit(): Promise<void> {
    if (busy || chosen === null) return;
    setBusy(true);
    const contactId = chosen === best ? null : chosen;
    const done = await command(
      () => rpc.calls.passOn({ id: call.id, expected: call.revision, contactId, reason: reason.trim() }),
      { done: t('calls.action.passedOn') },
    );
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('calls.action.passOnTitle')}
      closeLabel={t('common.close')}
      width={560}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={busy} disabled={chosen === null} onClick={() => void submit()}>
            {t('calls.action.passOnSubmit')}
          </Button>
        </>
      }
    >
      {suggestions ? (
        <TechnicianChoice
          label={t('calls.action.passOnTitle')}
          suggestions={suggestions}
          chosen={chosen}
          onChoose={setWanted}
        />
      ) : null}
      <Field
        label={t('calls.action.passOnReason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoComplete="off"
      />
      {chosen === null ? null : (
        <LadderPreview to={[{ kind: 'contact', id: chosen }]} urgency={call.urgency} />
      )}
    </Dialog>
  );
}
