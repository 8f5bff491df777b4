import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';

/** Asks why before something that others will hear of; the reason may stay empty. */
export function ReasonDialog({
  title,
  text,
  label,
  submit,
  onClose,
  onSubmit,
}: {
  readonly title: string;
  readonly text?: string;
  readonly label: string;
  readonly submit: string;
  readonly onClose: () => void;
  /** Answers whether it was done; otherwise what was written stays. */
  readonly onSubmit: (reason: string) => Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);

  async function run(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await onSubmit(reason.trim());
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void run()}>
            {submit}
          </Button>
        </>
      }
    >
      {text ? <p>{text}</p> : null}
      <Field
        label={label}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void run();
        }}
      />
    </Dialog>
  );
}
