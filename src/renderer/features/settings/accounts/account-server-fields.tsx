import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import styles from '../settings.module.css';
import type { AccountProblem, Security } from './account-form.ts';
import type { AccountFieldsProps } from './account-login-fields.tsx';

const usualPort = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
};

/** Hosts, ports and protection; choosing a protection brings its usual port. */
export function AccountServerFields({ form, onForm, problems }: AccountFieldsProps) {
  const { t } = useTranslation();
  const [certificateShown, setCertificateShown] = useState(form.caCertificate !== '');
  const problem = (field: AccountProblem['field']): string | undefined => {
    const found = problems.find((other) => other.field === field);
    return found && t(`settings.mail.check.${found.word}`);
  };
  const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({
    value,
    label: t(`settings.mail.security.${value}`),
  }));
  const insecure = form.imapSecurity === 'none' || form.smtpSecurity === 'none';

  return (
    <div className={styles.fields}>
      <Field
        label={t('settings.mail.field.userName')}
        description={t('settings.mail.field.userNameHint')}
        value={form.userName}
        onChange={(userName) => onForm({ ...form, userName })}
        autoComplete="off"
      />
      {(['imap', 'smtp'] as const).map((side) => (
        <div key={side} className={styles.server3}>
          <Field
            label={t(`settings.mail.field.${side}Host`)}
            value={form[`${side}Host`]}
            onChange={(host) => onForm({ ...form, [`${side}Host`]: host })}
            error={problem(`${side}Host`)}
            autoComplete="off"
          />
          <Field
            label={t('settings.mail.field.port')}
            inputMode="numeric"
            value={form[`${side}Port`]}
            onChange={(port) => onForm({ ...form, [`${side}Port`]: port })}
            error={problem(`${side}Port`)}
          />
          <Select
            label={t('settings.mail.field.security')}
            value={form[`${side}Security`]}
            options={securities}
            onChange={(value) => {
              const security = securities.find((option) => option.value === value)?.value;
              if (security) onForm({ ...form, ...secured(side, security) });
            }}
          />
        </div>
      ))}
      {insecure ? <Notice tone="risk">{t('settings.mail.insecure')}</Notice> : null}
      {certificateShown ? (
        <TextArea
          label={t('settings.mail.field.certificate')}
          description={t('settings.mail.field.certificateHint')}
          value={form.caCertificate}
          onChange={(caCertificate) => onForm({ ...form, caCertificate })}
          minRows={4}
          maxRows={8}
          mono
          maxLength={100_000}
        />
      ) : (
        <div>
          <Button kind="quiet" onClick={() => setCertificateShown(true)}>
            {t('settings.mail.field.certificateShow')}
          </Button>
        </div>
      )}
    </div>
  );
}

function secured(side: 'imap' | 'smtp', security: Security) {
  return { [`${side}Security`]: security, [`${side}Port`]: usualPort[side][security] };
}
