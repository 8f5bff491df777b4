import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError, type AppError } from '../../../../shared/errors.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { toSettings, type AccountForm } from './account-form.ts';
import { AccountOptionFields } from './account-option-fields.tsx';
import { OpensFromField, opensFromTime, type OpensFrom } from './opens-from-field.tsx';
import { StepTitle } from './step-title.tsx';

export function WizardOptions({
  form,
  onForm,
  opensFrom,
  onOpensFrom,
  onBack,
  onDone,
}: {
  readonly form: AccountForm;
  readonly onForm: (form: AccountForm) => void;
  readonly opensFrom: OpensFrom;
  readonly onOpensFrom: (value: OpensFrom) => void;
  readonly onBack: () => void;
  readonly onDone: (address: string) => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<AppError>();
  const at = opensFromTime(opensFrom);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (at === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      const settings = toSettings(form);
      await rpc.accounts.save({
        settings,
        password: form.auth === 'oauth' ? null : form.password,
        signInId: form.signInId,
        opensFrom: at,
      });
      onDone(settings.address);
    } catch (thrown) {
      setError(toAppError(thrown));
      setBusy(false);
    }
  }

  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <StepTitle>{t('settings.mail.wizard.options')}</StepTitle>
      <OpensFromField
        value={opensFrom}
        onChange={onOpensFrom}
        error={tried && at === undefined ? t('settings.mail.check.since') : undefined}
      />
      <AccountOptionFields form={form} onForm={onForm} withSwitch={false} />
      {error ? (
        <Notice tone="bad" alert>
          {errorText(error)}
        </Notice>
      ) : null}
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('settings.mail.wizard.finish')}
        </Button>
        <Button onClick={onBack}>{t('settings.mail.wizard.back')}</Button>
      </div>
    </form>
  );
}
