import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import styles from '../settings.module.css';

export type OpensFrom = { readonly choice: 'now' | 'since'; readonly since: string };

/** From when letters open incidents: an old mailbox must not become a thousand of them. */
export function OpensFromField({
  value,
  onChange,
  error,
}: {
  readonly value: OpensFrom;
  readonly onChange: (value: OpensFrom) => void;
  readonly error: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.labelled}>
      <span className={styles.caption}>{t('settings.mail.field.opensFrom')}</span>
      <Segmented
        label={t('settings.mail.field.opensFrom')}
        value={value.choice}
        options={[
          { value: 'now', label: t('settings.mail.opens.now') },
          { value: 'since', label: t('settings.mail.opens.since') },
        ]}
        onChange={(choice) => onChange({ ...value, choice })}
      />
      <p className={styles.faint}>
        {t(value.choice === 'now' ? 'settings.mail.opens.nowHint' : 'settings.mail.opens.sinceHint')}
      </p>
      {value.choice === 'since' ? (
        <Field
          label={t('settings.mail.opens.sinceField')}
          kind="datetime-local"
          value={value.since}
          onChange={(since) => onChange({ ...value, since })}
          error={error}
        />
      ) : null}
    </div>
  );
}

/** Epoch milliseconds; null is "from now on", undefined is a date not given. */
export function opensFromTime({ choice, since }: OpensFrom): number | null | undefined {
  if (choice === 'now') return null;
  const at = Date.parse(since);
  return Number.isNaN(at) ? undefined : at;
}
