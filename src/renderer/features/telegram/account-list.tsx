import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AccountCard } from './account-card.tsx';
import { accountName } from './account-name.ts';
import styles from './telegram.module.css';

export function AccountList({
  accounts,
  canSignIn,
  beginRef,
  onSignIn,
}: {
  readonly accounts: readonly TelegramAccount[];
  /** There is a key, and no sign-in goes on already. */
  readonly canSignIn: boolean;
  readonly beginRef: Ref<HTMLButtonElement>;
  /** Null is an account that is not in the list. */
  readonly onSignIn: (name: string | null) => void;
}) {
  const { t } = useTranslation();
  const [notEnded, setNotEnded] = useState<{ readonly device: string | null } | null>(null);
  const none = accounts.length === 0;
  const begin = (
    <Button ref={beginRef} kind="primary" disabled={!canSignIn} onClick={() => onSignIn(null)}>
      {t(none ? 'telegram.account.first' : 'telegram.account.add')}
    </Button>
  );
  return (
    <section className={styles.stack} aria-label={t('telegram.account.title')}>
      <div className={styles.line}>
        <h2 className={styles.heading}>{t('telegram.account.title')}</h2>
        {none ? null : begin}
      </div>
      {notEnded ? (
        <Notice
          tone="risk"
          alert
          title={t('telegram.account.notEnded')}
          action={<Button onClick={() => setNotEnded(null)}>{t('frame.bar.understood')}</Button>}
        >
          {t('telegram.account.notEndedText', {
            device: notEnded.device ?? t('telegram.account.notEndedDevice'),
          })}
        </Notice>
      ) : null}
      {none ? (
        <EmptyState title={t('telegram.account.empty')} action={begin}>
          {t('telegram.account.emptyText')}
        </EmptyState>
      ) : (
        <ul className={styles.accounts}>
          {accounts.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              onSignIn={() => onSignIn(accountName(account))}
              onNotEnded={(device) => setNotEnded({ device })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
