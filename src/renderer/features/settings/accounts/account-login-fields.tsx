import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';
import { withAddress, type AccountForm, type AccountProblem } from './account-form.ts';

export type AccountFieldsProps = {
  readonly form: AccountForm;
  readonly onForm: (form: AccountForm) => void;
  readonly problems: readonly AccountProblem[];
};

export function AccountLoginFields({
  form,
  onForm,
  problems,
  passwordKept,
  autoFocus = false,
}: AccountFieldsProps & { readonly passwordKept: boolean; readonly autoFocus?: boolean }) {
  const { t } = useTranslation();
  const problem = (field: AccountProblem['field']): string | undefined => {
    const found = problems.find((other) => other.field === field);
    return found && t(`settings.mail.check.${found.word}`);
  };

  return (
    <div className={styles.fields}>
      <Field
        label={t('settings.mail.field.address')}
        kind="email"
        value={form.address}
        onChange={(address) => onForm(withAddress(form, address))}
        error={problem('address')}
        autoFocus={autoFocus}
        autoComplete="off"
      />
      {form.auth === 'oauth' ? null : (
        <Field
          label={t('settings.mail.field.password')}
          kind="password"
          value={form.password}
          onChange={(password) => onForm({ ...form, password })}
          description={passwordKept ? t('settings.mail.field.passwordKeep') : undefined}
          error={problem('password')}
          autoComplete="new-password"
        />
      )}
    </div>
  );
}
