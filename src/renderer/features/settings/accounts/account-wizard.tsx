import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { emptyForm, type AccountForm } from './account-form.ts';
import type { OpensFrom } from './opens-from-field.tsx';
import { WizardLogin } from './wizard-login.tsx';
import { WizardOptions } from './wizard-options.tsx';
import { WizardProvider } from './wizard-provider.tsx';

const kinds = ['account'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.accounts.list({}, { signal });

/** Connects a mailbox in three steps; going back loses nothing of what was typed. */
export function AccountWizard({
  onDone,
  onCancel,
  cancelLabel,
}: {
  readonly onDone: (address: string) => void;
  readonly onCancel: () => void;
  readonly cancelLabel: string;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);

  if (error && !data) {
    return (
      <Notice tone="bad" alert action={<Button onClick={reload}>{t('common.retry')}</Button>}>
        {errorText(error)}
      </Notice>
    );
  }
  if (!data) return <p className={styles.faint}>{t('common.loading')}</p>;
  return <Steps presets={data.presets} onDone={onDone} onCancel={onCancel} cancelLabel={cancelLabel} />;
}

function Steps({
  presets,
  onDone,
  onCancel,
  cancelLabel,
}: {
  readonly presets: readonly AccountPreset[];
  readonly onDone: (address: string) => void;
  readonly onCancel: () => void;
  readonly cancelLabel: string;
}) {
  const [step, setStep] = useState<'provider' | 'login' | 'options'>('provider');
  const [form, setForm] = useState<AccountForm>();
  const [opensFrom, setOpensFrom] = useState<OpensFrom>({ choice: 'now', since: '' });
  const preset = presets.find(({ key }) => key === form?.preset);

  if (step === 'provider' || !form) {
    return (
      <WizardProvider
        presets={presets}
        form={form}
        onChoose={(next) => {
          setForm(next);
          setStep('login');
        }}
        onCancel={onCancel}
        cancelLabel={cancelLabel}
        empty={emptyForm}
      />
    );
  }
  if (step === 'login') {
    return (
      <WizardLogin
        preset={preset}
        form={form}
        onForm={setForm}
        onBack={() => setStep('provider')}
        onNext={() => setStep('options')}
      />
    );
  }
  return (
    <WizardOptions
      form={form}
      onForm={setForm}
      opensFrom={opensFrom}
      onOpensFrom={setOpensFrom}
      onBack={() => setStep('login')}
      onDone={onDone}
    />
  );
}
