import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './address-field.module.css';

export function SubjectField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();

  return (
    <div className={styles.row}>
      <label className={styles.label} htmlFor={id}>
        {t('composer.subject')}
      </label>
      <div className={styles.box}>
        <input
          id={id}
          className={styles.input}
          value={value}
          maxLength={500}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
