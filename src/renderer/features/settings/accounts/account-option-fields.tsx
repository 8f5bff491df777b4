import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import styles from '../settings.module.css';
import type { AccountForm } from './account-form.ts';

/** How the mailbox looks and what becomes of copies. */
export function AccountOptionFields({
  form,
  onForm,
  withSwitch,
}: {
  readonly form: AccountForm;
  readonly onForm: (form: AccountForm) => void;
  readonly withSwitch: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Field
        label={t('settings.mail.field.name')}
        description={t('settings.mail.field.nameHint')}
        value={form.name}
        maxLength={120}
        onChange={(name) => onForm({ ...form, name })}
      />
      <Field
        label={t('settings.mail.field.displayName')}
        description={t('settings.mail.field.displayNameHint')}
        value={form.displayName}
        maxLength={120}
        onChange={(displayName) => onForm({ ...form, displayName })}
      />
      <TextArea
        label={t('settings.mail.field.signature')}
        description={t('settings.mail.field.signatureHint')}
        value={form.signature}
        minRows={3}
        maxLength={4000}
        onChange={(signature) => onForm({ ...form, signature })}
      />
      <div className={styles.labelled}>
        <span className={styles.caption}>{t('settings.mail.field.sentCopy')}</span>
        <Segmented
          label={t('settings.mail.field.sentCopy')}
          value={form.sentCopy}
          options={[
            { value: 'append', label: t('settings.mail.sentCopy.append') },
            { value: 'provider', label: t('settings.mail.sentCopy.provider') },
          ]}
          onChange={(sentCopy) => onForm({ ...form, sentCopy })}
        />
      </div>
      {form.sentCopy === 'append' ? (
        <Field
          label={t('settings.mail.field.sentPath')}
          description={t('settings.mail.field.sentPathHint')}
          value={form.sentPath}
          onChange={(sentPath) => onForm({ ...form, sentPath })}
        />
      ) : null}
      {withSwitch ? (
        <Switch
          label={t('settings.mail.field.enabled')}
          checked={form.enabled}
          onChange={(enabled) => onForm({ ...form, enabled })}
        />
      ) : null}
    </div>
  );
}
