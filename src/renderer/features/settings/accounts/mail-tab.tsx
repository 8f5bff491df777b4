import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import styles from '../settings.module.css';
import { AccountCard } from './account-card.tsx';
import { AccountEditor } from './account-editor.tsx';
import { AccountWizard } from './account-wizard.tsx';
import { OauthClients } from './oauth-clients.tsx';

const kinds = ['account'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.accounts.list({}, { signal });

export function MailTab() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const errorText = useErrorText();
  const command = useCommand();
  const { data, error, reload } = useServerData(load, kinds);
  const [open, setOpen] = useState<number | 'new' | null>(null);
  const edited = data?.accounts.find((account) => account.id === open);

  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  if (open === 'new') {
    return (
      <section className={styles.narrow} aria-label={t('settings.mail.addTitle')}>
        <AccountWizard
          cancelLabel={t('settings.cancel')}
          onCancel={() => setOpen(null)}
          onDone={() => setOpen(null)}
        />
      </section>
    );
  }
  if (edited) {
    return (
      <section className={styles.narrow}>
        <AccountEditor
          key={edited.id}
          account={edited}
          preset={data?.presets.find(({ key }) => key === edited.preset)}
          onClose={() => setOpen(null)}
        />
      </section>
    );
  }
  return (
    <section className={styles.wide} aria-label={t('settings.mail.title')}>
      <div className={styles.buttons}>
        <Button kind="primary" onClick={() => setOpen('new')}>
          {t('settings.mail.add')}
        </Button>
        <Button
          disabled={data?.accounts.length === 0}
          onClick={() => void command(() => rpc.accounts.checkNow({}), { done: t('settings.mail.checking') })}
        >
          {t('settings.mail.checkNow')}
        </Button>
      </div>
      {data?.accounts.length === 0 ? (
        <EmptyState title={t('settings.mail.empty')}>{t('settings.mail.emptyText')}</EmptyState>
      ) : null}
      <ul className={styles.cards}>
        {data?.accounts.map((account) => (
          <AccountCard key={account.id} account={account} onOpen={() => setOpen(account.id)} />
        ))}
      </ul>
      <OauthClients />
    </section>
  );
}
