import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { AskDialog } from './ask-dialog.tsx';

/** Asks for the key on paper; after a wrong one the next try waits, visibly. */
export function UnlockForm({ hasKey, onDone }: { readonly hasKey: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const errorText = useErrorText();
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const [waitSeconds, setWait] = useState(0);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (waitSeconds <= 0) return undefined;
    const timer = setTimeout(() => setWait(waitSeconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [waitSeconds]);

  async function unlock(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    const done = await command(() => rpc.keeping.unlock({ key }), {
      done: t('keeping.recovery.unlocked'),
      onError(failure) {
        setError(errorText(failure));
        setWait(Math.ceil(Number(failure.details['seconds'] ?? 0)));
        return true;
      },
    });
    setBusy(false);
    if (done) onDone();
  }

  async function giveUp(): Promise<void> {
    await command(() => rpc.keeping.giveUpSecrets({}), { done: t('keeping.recovery.gaveUp') });
    onDone();
  }

  return (
    <>
      <Notice tone="bad" title={t('keeping.recovery.locked')}>
        {hasKey ? t('keeping.recovery.lockedText') : t('error.reason.recovery-key-none')}
      </Notice>
      {hasKey ? (
        <form className={styles.fields} onSubmit={(event) => void unlock(event)} noValidate>
          <Field
            label={t('keeping.recovery.key')}
            value={key}
            onChange={setKey}
            mono
            autoFocus
            autoComplete="off"
            error={error}
          />
          <div className={styles.buttons}>
            <Button kind="primary" type="submit" busy={busy} disabled={key.trim() === '' || waitSeconds > 0}>
              {waitSeconds > 0
                ? t('keeping.recovery.wait', { seconds: waitSeconds })
                : t('keeping.recovery.unlock')}
            </Button>
          </div>
        </form>
      ) : null}
      <div>
        <Button onClick={() => setAsking(true)}>{t('keeping.recovery.giveUp')}</Button>
      </div>
      {asking ? (
        <AskDialog
          title={t('keeping.recovery.giveUpTitle')}
          text={t('keeping.recovery.giveUpText')}
          action={t('keeping.recovery.giveUp')}
          onAction={() => void giveUp()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
