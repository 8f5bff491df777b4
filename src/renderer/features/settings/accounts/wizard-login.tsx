import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import { Button } from '../../../ui/button.tsx';
import { focusFirstInvalid } from '../../../ui/focus-first-invalid.ts';
import styles from '../settings.module.css';
import { checkForm, type AccountForm } from './account-form.ts';
import { AccountHint } from './account-hint.tsx';
import { AccountLoginFields } from './account-login-fields.tsx';
import { AccountServerFields } from './account-server-fields.tsx';
import { AccountTestOutcome } from './account-test-result.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import { useAccountTest } from './use-account-test.ts';

/** Address, password and servers, tried at once; a refusal says what to do and keeps everything typed. */
export function WizardLogin({
  preset,
  form,
  onForm,
  onBack,
  onNext,
}: {
  readonly preset: AccountPreset | undefined;
  readonly form: AccountForm;
  readonly onForm: (form: AccountForm) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}) {
  const { t } = useTranslation();
  const test = useAccountTest(form, null);
  const [tried, setTried] = useState(false);
  const ownServers = !preset || preset.imap.host === '';
  const [serversShown, setServersShown] = useState(ownServers);
  const problems = checkForm(form, false);
  const unsigned = form.auth === 'oauth' && form.signInId === null;
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  }, [form]);
  const signedIn = useCallback((id: string) => onForm({ ...latest.current, signInId: id }), [onForm]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) {
      if (problems.some(({ field }) => field.startsWith('imap') || field.startsWith('smtp'))) {
        setServersShown(true);
      }
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (test.passed || (await test.run())) onNext();
  }

  const shown = tried ? problems : [];
  const failed = (test.result !== undefined && !test.passed) || test.error !== undefined;

  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <h2 className={styles.stepTitle}>
        {preset && preset.key !== 'custom' ? preset.title : t('settings.mail.wizard.login')}
      </h2>
      <AccountHint preset={preset} />
      <AccountLoginFields form={form} onForm={onForm} problems={shown} passwordKept={false} autoFocus />
      {preset?.oauth && form.auth === 'oauth' ? (
        <SignInPanel
          oauth={preset.oauth}
          accountId={null}
          address={form.address}
          isSignedIn={form.signInId !== null}
          onDone={signedIn}
        />
      ) : null}
      {preset?.oauth && !preset.oauth.required ? (
        <div>
          <Button
            kind="quiet"
            onClick={() =>
              onForm({ ...form, auth: form.auth === 'oauth' ? 'password' : 'oauth', signInId: null })
            }
          >
            {form.auth === 'oauth'
              ? t('lettersOut.oauth.byPassword')
              : t('lettersOut.oauth.enter', {
                  provider: t(`lettersOut.oauth.provider.${preset.oauth.provider}`),
                })}
          </Button>
        </div>
      ) : null}
      {serversShown ? (
        <AccountServerFields form={form} onForm={onForm} problems={shown} />
      ) : (
        <div>
          <Button kind="quiet" onClick={() => setServersShown(true)}>
            {t('settings.mail.wizard.servers')}
          </Button>
        </div>
      )}
      <AccountTestOutcome test={test} />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={test.running} disabled={unsigned}>
          {t(
            test.passed
              ? 'settings.mail.wizard.next'
              : failed
                ? 'settings.mail.test.again'
                : 'settings.mail.test.run',
          )}
        </Button>
        <Button onClick={onBack}>{t('settings.mail.wizard.back')}</Button>
        {failed && problems.length === 0 ? (
          <Button kind="quiet" onClick={onNext}>
            {t('settings.mail.test.skip')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
