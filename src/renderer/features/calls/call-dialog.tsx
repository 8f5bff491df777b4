import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRequest } from '../../lib/call-request.ts';
import { useDesk } from '../../lib/desk.ts';
import { AddFiles } from '../../lib/files/add-files.tsx';
import { DropFiles } from '../../lib/files/drop-files.tsx';
import { FilesToSend } from '../../lib/files/file-list.tsx';
import { useFiles } from '../../lib/files/use-files.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { CallChoices } from './call-choices.tsx';
import { CallFields } from './call-fields.tsx';
import { CallWho } from './call-who.tsx';
import styles from './dialog.module.css';
import { useCallForm } from './use-call-form.ts';
import { useSuggestions } from './use-suggestions.ts';

/** Somebody is called: what for, where, with what, and whom, with the ladder they will be called by. */
export function CallDialog({
  request,
  onClose,
  onCalled,
}: {
  readonly request: CallRequest;
  readonly onClose: () => void;
  readonly onCalled: (callId: number) => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const { form, set, chooseAsset } = useCallForm(request);
  const files = useFiles();
  const fields = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { regionId, skillId } = form;
  const { suggestions, error, reload } = useSuggestions({ regionId, skillId, exclude: [] });
  const best = suggestions?.find(({ fits }) => fits);
  const isThere = suggestions?.some(({ contactId }) => contactId === form.contactId);
  const chosen = isThere ? form.contactId : (best?.contactId ?? null);
  const noWords = form.description.trim() === '';

  async function submit(): Promise<void> {
    setTried(true);
    if (busy) return;
    if (noWords && fields.current) {
      focusFirstInvalid(fields.current);
      return;
    }
    if (chosen === null || files.isBusy) return;
    setBusy(true);
    const made = await command(
      () =>
        rpc.calls.create({
          incidentId: request.incident?.id ?? null,
          assetId: form.asset?.id ?? null,
          place: form.place.trim() || placeOf(form.asset),
          description: form.description,
          urgency: form.urgency,
          skillId,
          regionId,
          // What the desk proposes it also chooses, and keeps why.
          contactId: isThere && form.contactId !== best?.contactId ? form.contactId : null,
          passesOn: form.passesOn,
          workKind: form.workKind,
          files: [...files.files],
        }),
      { done: ({ number }) => t('calls.create.done', { number }) },
    );
    setBusy(false);
    if (made) onCalled(made.id);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('calls.create.title')}
      closeLabel={t('common.close')}
      width={920}
      footer={
        <>
          {tried && files.isBusy ? (
            <span className={styles.wait} role="status">
              {t('calls.create.filesLeft')}
            </span>
          ) : null}
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={busy} keys="Ctrl ↵" onClick={() => void submit()}>
            {t('calls.create.submit')}
          </Button>
        </>
      }
    >
      <DropFiles onFiles={files.add}>
        <form
          ref={fields}
          className={styles.columns}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          }}
        >
          <div className={styles.fields}>
            {request.incident ? (
              <p className={styles.incident}>
                <b>{t('calls.create.incident', { code: request.incident.code })}</b> {request.incident.title}
              </p>
            ) : null}
            <CallFields form={form} set={set} tried={tried} onAsset={(id) => void chooseAsset(id)} />
            <CallChoices form={form} set={set} incidentId={request.incident?.id} />
            <div className={styles.files}>
              <AddFiles onFiles={files.add} />
              <FilesToSend files={files} label={t('calls.create.photos')} />
            </div>
          </div>
          <CallWho
            form={form}
            set={set}
            suggestions={suggestions}
            chosen={chosen}
            tried={tried}
            onRetry={error && !suggestions ? reload : undefined}
          />
          <button type="submit" hidden />
        </form>
      </DropFiles>
    </Dialog>
  );
}

function placeOf(asset: { readonly code: string; readonly address: string } | null): string {
  return asset ? [asset.code, asset.address].filter(Boolean).join(', ').slice(0, 300) : '';
}
