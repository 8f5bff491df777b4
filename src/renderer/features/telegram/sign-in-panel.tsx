import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInState } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { ChooseStep } from './choose-step.tsx';
import { CodeStep } from './code-step.tsx';
import { ConnectingStep, DoneStep, FailedStep } from './end-steps.tsx';
import { PasswordStep } from './password-step.tsx';
import { PhoneStep } from './phone-step.tsx';
import { QrStep } from './qr-step.tsx';
import { FailureNotice } from './step-parts.tsx';
import styles from './telegram.module.css';
import { isUnderWay } from './use-sign-in.ts';
import { useStepCall } from './use-step-call.ts';

/** What this page asks before core has anything to do. */
type Form = 'choose' | 'phone';

/**
 * The sign-in as core says it stands; only the choice of the way and the number are this page's own. What was begun in
 * another window was confirmed there: going on by phone asks for no second confirmation.
 */
export function SignInPanel({
  state,
  demo,
  name,
  onClose,
}: {
  readonly state: SignInState;
  readonly demo: boolean;
  /** Whose sign-in was lost; null for another account. */
  readonly name: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  // Opened again while the last one is still told to have worked: this is for the next account.
  const [form, setForm] = useState<Form | null>(state.step === 'signed-in' ? 'choose' : null);
  const [understood, setUnderstood] = useState(false);
  const [ran, setRan] = useState(false);
  const begin = useStepCall();
  const end = useStepCall();
  const title = name === null ? t('telegram.signIn.title') : t('telegram.signIn.again', { name });

  async function start(call: () => Promise<unknown>): Promise<void> {
    setRan(false);
    if ((await begin.run(call)) !== undefined) setForm(null);
  }
  const startQr = (): void => void start(() => rpc.telegram.beginQr({ understood: true }));

  async function cancel(next: Form | null): Promise<void> {
    setForm(next);
    begin.forget();
    await end.run(() => rpc.telegram.cancelSignIn({}));
  }

  /** A failure stays on every page until somebody has put it away. */
  function close(): void {
    if (state.step === 'failed') void cancel(null);
    else onClose();
  }

  if (!ran && state.step !== 'idle') setRan(true);
  // Over is what core says is over: cancelled here or in another window, or done and told for long enough.
  const left = ran && state.step === 'idle' && form === null;
  useEffect(() => {
    if (left) onClose();
  }, [left, onClose]);

  return (
    <section className={styles.panel} aria-label={title}>
      <Step
        state={state}
        form={form}
        choose={
          <ChooseStep
            title={title}
            understood={understood}
            onUnderstood={setUnderstood}
            waitUntil={waitOf(state)}
            call={begin}
            onQr={startQr}
            onPhone={() => setForm('phone')}
            onClose={close}
          />
        }
        phone={
          <PhoneStep
            waitUntil={waitOf(state)}
            call={begin}
            onSubmit={(phone) => void start(() => rpc.telegram.beginPhone({ understood: true, phone }))}
            onQr={startQr}
            onCancel={close}
          />
        }
        demo={demo}
        onPhone={() => void cancel('phone')}
        onCancel={() => void cancel(null)}
        onAgain={() => setForm('choose')}
        onClose={close}
      />
      <FailureNotice failure={end.failure} />
    </section>
  );
}

function Step({
  state,
  form,
  choose,
  phone,
  demo,
  onPhone,
  onCancel,
  onAgain,
  onClose,
}: {
  readonly state: SignInState;
  readonly form: Form | null;
  readonly choose: ReactNode;
  readonly phone: ReactNode;
  readonly demo: boolean;
  readonly onPhone: () => void;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}) {
  if (!isUnderWay(state) && form !== null) return form === 'phone' ? phone : choose;
  switch (state.step) {
    case 'idle':
      return choose;
    case 'connecting':
      return <ConnectingStep since={state.since} onCancel={onCancel} />;
    case 'qr':
      return (
        <QrStep
          url={state.url}
          expiresAt={state.expiresAt}
          demo={demo}
          onPhone={onPhone}
          onCancel={onCancel}
        />
      );
    case 'code':
      return <CodeStep state={state} onPhone={onPhone} onCancel={onCancel} />;
    case 'password':
      return <PasswordStep state={state} onCancel={onCancel} />;
    case 'signed-in':
      return <DoneStep onClose={onClose} />;
    case 'failed':
      return <FailedStep reason={state.reason} retryAt={state.retryAt} onAgain={onAgain} onClose={onClose} />;
  }
}

/** The limit on attempts, which only a desk at rest tells. */
function waitOf(state: SignInState): number | null {
  return state.step === 'idle' ? state.waitUntil : state.step === 'failed' ? state.retryAt : null;
}
