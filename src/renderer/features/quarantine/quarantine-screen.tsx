import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Screen } from '../../ui/screen.tsx';
import { QuarantineEntry } from './quarantine-entry.tsx';
import styles from './quarantine.module.css';

const kinds = ['quarantine', 'account'] as const;
const load = async (rpc: Rpc, signal: AbortSignal) => {
  const [{ rows }, { accounts }] = await Promise.all([
    rpc.quarantine.list({}, { signal }),
    rpc.accounts.list({}, { signal }),
  ]);
  return { rows, accounts: new Map(accounts.map((account) => [account.id, account.address])) };
};

/** Letters that could not be read, whole and with a way out. */
export function QuarantineScreen({
  onOpenIncident,
}: {
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, status, error, reload } = useServerData(load, kinds);

  return (
    <Screen title={t('quarantine.title')} count={data?.rows.length} dimmed={status === 'stale'}>
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {data?.rows.length === 0 ? (
        <EmptyState title={t('quarantine.empty.title')}>{t('quarantine.empty.text')}</EmptyState>
      ) : null}
      {data && data.rows.length > 0 ? (
        <>
          <p className={styles.help}>{t('quarantine.help')}</p>
          <ul className={styles.list}>
            {data.rows.map((row) => (
              <QuarantineEntry
                key={row.rawId}
                row={row}
                accountAddress={data.accounts.get(row.accountId) ?? ''}
                onOpenIncident={onOpenIncident}
              />
            ))}
          </ul>
        </>
      ) : null}
    </Screen>
  );
}
