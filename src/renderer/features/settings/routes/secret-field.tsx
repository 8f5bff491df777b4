import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import styles from './routes.module.css';

/** Never shown once it is there: only that there is one, and that it can be given anew or forgotten. */
export function SecretField({
  label,
  hint,
  isKept,
  long,
  value,
  error,
  onChange,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly isKept: boolean;
  readonly long: boolean;
  /** undefined keeps it, '' forgets it. */
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  if (isKept && value === undefined) {
    return (
      <div className={styles.secret} role="group" aria-label={label}>
        <span className={styles.label}>{label}</span>
        <span className={styles.set}>••••••• {t('routes.form.secretSet')}</span>
        <Button label={`${t('routes.form.secretReplace')}: ${label}`} onClick={() => onChange('')}>
          {t('routes.form.secretReplace')}
        </Button>
      </div>
    );
  }
  const common = { label, description: hint, error, value: value ?? '', autoComplete: 'off' as const };
  return (
    <div className={styles.giving}>
      {long ? (
        <TextArea
          label={label}
          description={hint}
          error={error}
          mono
          value={value ?? ''}
          onChange={onChange}
        />
      ) : (
        <Field
          {...common}
          kind="password"
          autoFocus={isKept}
          autoComplete="new-password"
          onChange={onChange}
        />
      )}
      {isKept ? (
        <div className={styles.line}>
          <span className={styles.faint}>{t('routes.form.secretForget')}</span>
          <Button label={`${t('routes.form.secretKeep')}: ${label}`} onClick={() => onChange(undefined)}>
            {t('routes.form.secretKeep')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
