import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { FailureNotice, StepTitle, WaitLine } from './step-parts.tsx';
import styles from './telegram.module.css';
import { useLeft, useWaiting } from './use-left.ts';
import { useStepCall } from './use-step-call.ts';

type CodeState = Extract<SignInState, { step: 'code' }>;

/** The code with where it went; a wrong one is named, and what was typed stays until it is changed. */
export function CodeStep({
  state,
  onPhone,
  onCancel,
}: {
  readonly state: CodeState;
  readonly onPhone: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const trouble = useTelegramTrouble();
  const call = useStepCall();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  /** The trouble is about what was sent; once it is corrected it is not shown any more. */
  const [changed, setChanged] = useState(false);
  const waiting = useWaiting(state.waitUntil, call.failure?.waitUntil);
  const digits = code.replaceAll(/\s/g, '');
  const short = state.length !== null && digits.length < state.length;
  // A flood wait is a countdown of its own, not a mistake in what was typed.
  const refused = changed || state.error === 'flood-wait' ? null : state.error;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (digits === '' || short) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (waiting || call.busy) return;
    setChanged(false);
    await call.run(() => rpc.telegram.submitCode({ code: digits }));
  }

  const typed = tried && digits === '' ? 'missing' : tried && short ? 'short' : null;
  const error =
    refused === null ? (typed === null ? undefined : t(`telegram.signIn.code.${typed}`)) : trouble(refused);
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <StepTitle quiet>{t('telegram.signIn.code.title')}</StepTitle>
      <p>{t(`telegram.signIn.code.via.${state.via}`, { phone: state.phoneMask })}</p>
      <div className={styles.code}>
        <Field
          label={
            state.length === null
              ? t('telegram.signIn.code.label')
              : t('telegram.signIn.code.labelLength', { count: state.length })
          }
          value={code}
          onChange={(next) => {
            setCode(next);
            setChanged(true);
            setTried(false);
          }}
          error={error}
          mono
          autoFocus
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={20}
        />
      </div>
      <WaitLine until={state.waitUntil} />
      <FailureNotice failure={call.failure?.error.reason === state.error ? null : call.failure} />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" busy={call.busy} disabled={waiting}>
          {t('telegram.signIn.code.submit')}
        </Button>
        <Resend state={state} />
        <Button kind="quiet" onClick={onPhone}>
          {t('telegram.signIn.code.changePhone')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('telegram.signIn.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Another delivery, and until Telegram allows it, how long that takes. */
function Resend({ state }: { readonly state: CodeState }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const call = useStepCall();
  const left = useLeft(state.resendAt);
  const blocked = useWaiting(state.waitUntil, call.failure?.waitUntil);
  if (state.nextVia === null) return null;
  const via = t(`telegram.signIn.code.way.${state.nextVia}`);
  return (
    <>
      <Button
        busy={call.busy}
        disabled={left !== null || blocked}
        onClick={() => void call.run(() => rpc.telegram.resendCode({}))}
      >
        {left === null
          ? t('telegram.signIn.code.resend', { via })
          : t('telegram.signIn.code.resendIn', { via, time: left })}
      </Button>
      <FailureNotice failure={call.failure} />
    </>
  );
}
