import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { FailureNotice, StepTitle } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useLeft, useWaiting } from './use-left.ts';
import type { StepCall } from './use-step-call.ts';

const phonePattern = /^\+?[\d\s().-]{7,30}$/;

export function PhoneStep({
  waitUntil,
  call,
  onSubmit,
  onQr,
  onCancel,
}: {
  readonly waitUntil: number | null;
  readonly call: StepCall;
  readonly onSubmit: (phone: string) => void;
  readonly onQr: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const limited = useLeft(waitUntil);
  const paused = useWaiting(waitUntil, call.failure?.waitUntil);
  const bad = !phonePattern.test(phone.trim());

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (bad) focusFirstInvalid(event.currentTarget);
    else if (!paused && !call.busy) onSubmit(phone.trim());
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <StepTitle quiet>{t('telegram.signIn.phone.title')}</StepTitle>
      <div className={styles.fields}>
        <Field
          label={t('telegram.signIn.phone.label')}
          description={t('telegram.signIn.phone.hint')}
          placeholder={t('telegram.signIn.phone.placeholder')}
          kind="tel"
          value={phone}
          onChange={setPhone}
          error={tried && bad ? t('telegram.signIn.phone.bad') : undefined}
          maxLength={30}
          autoFocus
          autoComplete="off"
        />
      </div>
      <FailureNotice failure={call.failure} />
      {limited === null ? null : (
        <p className={styles.wait}>{t('telegram.signIn.limit', { time: limited })}</p>
      )}
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={call.busy} disabled={paused}>
          {t('telegram.signIn.phone.submit')}
        </Button>
        <Button disabled={call.busy || paused} onClick={onQr}>
          {t('telegram.signIn.toQr')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('telegram.signIn.cancel')}
        </Button>
      </div>
    </form>
  );
}
