import { useState, type FormEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';

export type ShownKey = { readonly key: string; readonly ask: readonly [number, number] };

/** Shown once, then asked for: a key that was not written down protects nothing. */
export function MakeKeyDialog({
  shown,
  onClose,
}: {
  readonly shown: ShownKey;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [step, setStep] = useState<'show' | 'type'>('show');
  const [groups, setGroups] = useState<readonly [string, string]>(['', '']);
  const [busy, setBusy] = useState(false);

  async function confirm(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const done = await command(() => rpc.keeping.confirmRecovery({ groups: [...groups] }), {
      done: t('keeping.recovery.confirmed'),
    });
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keeping.recovery.dialogTitle')}
      closeLabel={t('settings.close')}
      width={560}
      footer={
        step === 'show' ? (
          <>
            <Button onClick={() => window.print()}>{t('keeping.recovery.print')}</Button>
            <Button kind="primary" onClick={() => setStep('type')}>
              {t('keeping.recovery.written')}
            </Button>
          </>
        ) : (
          <Button kind="primary" type="submit" form="recovery-groups" busy={busy}>
            {t('keeping.recovery.confirm')}
          </Button>
        )
      }
    >
      {step === 'show' ? (
        <>
          <Notice tone="risk">{t('keeping.recovery.once')}</Notice>
          <code className={styles.recoveryKey}>{shown.key}</code>
          <Paper text={shown.key} />
        </>
      ) : null}
      {step === 'type' ? (
        <form
          id="recovery-groups"
          className={styles.inline}
          onSubmit={(event) => void confirm(event)}
          noValidate
        >
          <p className={styles.faint}>{t('keeping.recovery.type')}</p>
          {([0, 1] as const).map((index) => (
            <Field
              key={index}
              label={t('keeping.recovery.group', { number: shown.ask[index] + 1 })}
              value={groups[index]}
              mono
              maxLength={8}
              autoFocus={index === 0}
              autoComplete="off"
              onChange={(text) => setGroups(index === 0 ? [text, groups[1]] : [groups[0], text])}
            />
          ))}
        </form>
      ) : null}
    </Dialog>
  );
}

/** What the printer gets instead of the screen. */
function Paper({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const { shell, ticker } = useDesk();
  const format = useFormat();
  const prefix = useStore(shell, (state) => state.description?.codePrefix ?? '');
  return createPortal(
    <div className={styles.paper} aria-hidden="true">
      <h1>{t('keeping.recovery.printTitle')}</h1>
      <p>{t('keeping.recovery.printDesk', { prefix, time: format.full(ticker.second()) })}</p>
      <pre>{text.split('-').join('  ')}</pre>
      <p>{t('keeping.recovery.printText')}</p>
    </div>,
    document.body,
  );
}
