import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FailureNotice, StepTitle, WaitLine } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useWaiting } from './use-left.ts';
import { useStepCall } from './use-step-call.ts';

export function PasswordStep({
  state,
  onCancel,
}: {
  readonly state: Extract<SignInState, { step: 'password' }>;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const trouble = useTelegramTrouble();
  const call = useStepCall();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [changed, setChanged] = useState(false);
  const waiting = useWaiting(state.waitUntil, call.failure?.waitUntil);
  // A flood wait is a countdown of its own, not a mistake in what was typed.
  const refused = changed || state.error === 'flood-wait' ? null : state.error;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setMissing(password === '');
    if (password === '' || waiting || call.busy) return;
    setChanged(false);
    await call.run(() => rpc.telegram.submitPassword({ password }));
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <StepTitle quiet>{t('telegram.signIn.password.title')}</StepTitle>
      <p>{t('telegram.signIn.password.text')}</p>
      <div className={styles.fields}>
        <Field
          label={t('telegram.signIn.password.label')}
          description={
            state.hint === null || state.hint === ''
              ? t('telegram.signIn.password.noHint')
              : t('telegram.signIn.password.hint', { hint: state.hint })
          }
          kind="password"
          value={password}
          onChange={(next) => {
            setPassword(next);
            setChanged(true);
            setMissing(false);
          }}
          error={
            refused === null
              ? missing
                ? t('telegram.signIn.password.missing')
                : undefined
              : trouble(refused)
          }
          maxLength={256}
          autoFocus
          autoComplete="off"
        />
      </div>
      <WaitLine until={state.waitUntil} />
      <FailureNotice failure={call.failure?.error.reason === state.error ? null : call.failure} />
      <p className={styles.faint}>{t('telegram.signIn.password.forgot')}</p>
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={call.busy} disabled={waiting}>
          {t('telegram.signIn.password.submit')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('telegram.signIn.cancel')}
        </Button>
      </div>
    </form>
  );
}
