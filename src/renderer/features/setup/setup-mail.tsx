import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { AccountWizardSlot } from './setup-wizard.tsx';
import styles from './setup.module.css';

export function SetupMail({
  accountWizard: AccountWizard,
  accounts,
  onAccount,
  onBack,
  onNext,
}: {
  readonly accountWizard: AccountWizardSlot;
  readonly accounts: readonly string[];
  readonly onAccount: (address: string) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(accounts.length === 0);

  return (
    <div className={styles.form}>
      <h2 className={styles.heading}>{t('setup.mail.title')}</h2>
      <p className={styles.text}>{t('setup.mail.text')}</p>
      {accounts.map((address) => (
        <Notice key={address} tone="good">
          {t('setup.mail.connected', { address })}
        </Notice>
      ))}
      {adding ? (
        <AccountWizard
          cancelLabel={t('setup.mail.later')}
          onCancel={() => (accounts.length === 0 ? onNext() : setAdding(false))}
          onDone={(address) => {
            onAccount(address);
            setAdding(false);
          }}
        />
      ) : null}
      <div className={styles.buttons}>
        {adding ? null : (
          <>
            <Button kind="primary" autoFocus onClick={onNext}>
              {t('setup.next')}
            </Button>
            <Button onClick={() => setAdding(true)}>{t('setup.mail.another')}</Button>
          </>
        )}
        <Button kind="quiet" onClick={onBack}>
          {`← ${t('setup.step.person')}`}
        </Button>
      </div>
    </div>
  );
}
