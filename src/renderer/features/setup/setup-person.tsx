import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { checkPerson, type SetupForm } from './setup-form.ts';
import styles from './setup.module.css';

export function SetupPerson({
  form,
  onForm,
  onBack,
  onCreate,
}: {
  readonly form: SetupForm;
  readonly onForm: (form: SetupForm) => void;
  readonly onBack: () => void;
  readonly onCreate: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const problems = checkPerson(form);
  const shown = tried ? problems : {};

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problems.name || problems.pin) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onCreate();
    } catch (thrown) {
      setError(toAppError(thrown));
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <h2 className={styles.heading}>{t('setup.person.title')}</h2>
      <p className={styles.text}>{t('setup.person.text')}</p>
      <Field
        label={t('setup.person.name')}
        value={form.name}
        maxLength={120}
        autoFocus
        autoComplete="name"
        error={shown.name ? t(`setup.person.${shown.name}`) : undefined}
        onChange={(name) => onForm({ ...form, name })}
      />
      <div className={styles.pair}>
        <Field
          label={t('setup.person.pin')}
          kind="password"
          inputMode="numeric"
          maxLength={12}
          value={form.pin}
          autoComplete="new-password"
          error={shown.pin === 'badPin' ? t('setup.person.badPin') : undefined}
          onChange={(pin) => onForm({ ...form, pin })}
        />
        {form.pin === '' ? null : (
          <Field
            label={t('setup.person.pinAgain')}
            kind="password"
            inputMode="numeric"
            maxLength={12}
            value={form.pinAgain}
            autoComplete="new-password"
            error={shown.pin === 'differentPin' ? t('setup.person.differentPin') : undefined}
            onChange={(pinAgain) => onForm({ ...form, pinAgain })}
          />
        )}
      </div>
      <p className={styles.text}>{t('setup.person.pinHint')}</p>
      {error ? (
        <Notice tone="bad" alert>
          {errorText(error)}
        </Notice>
      ) : null}
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('setup.person.create')}
        </Button>
        <Button onClick={onBack}>{t('setup.back')}</Button>
      </div>
    </form>
  );
}
