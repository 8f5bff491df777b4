import { useTranslation } from 'react-i18next';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import { Button } from '../../../ui/button.tsx';
import styles from '../settings.module.css';
import { withPreset, type AccountForm } from './account-form.ts';
import { StepTitle } from './step-title.tsx';

export function WizardProvider({
  presets,
  form,
  onChoose,
  onCancel,
  cancelLabel,
  empty,
}: {
  readonly presets: readonly AccountPreset[];
  readonly form: AccountForm | undefined;
  readonly onChoose: (form: AccountForm) => void;
  readonly onCancel: () => void;
  readonly cancelLabel: string;
  readonly empty: (preset: AccountPreset) => AccountForm;
}) {
  const { t } = useTranslation();

  function choose(preset: AccountPreset): void {
    if (!form) onChoose(empty(preset));
    else onChoose(form.preset === preset.key ? form : withPreset(form, preset));
  }

  return (
    <div className={styles.stack}>
      <StepTitle>{t('settings.mail.wizard.provider')}</StepTitle>
      <ul className={styles.providers}>
        {presets.map((preset) => (
          <li key={preset.key}>
            <button
              type="button"
              className={styles.provider}
              aria-current={form?.preset === preset.key}
              onClick={() => choose(preset)}
            >
              <strong>{preset.key === 'custom' ? t('settings.mail.wizard.own') : preset.title}</strong>
              <span className={styles.providerText}>{preset.imap.host || 'IMAP + SMTP'}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{cancelLabel}</Button>
      </div>
    </div>
  );
}
