import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/settings.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Table } from '../../ui/table.tsx';
import { FullBackups } from './keeping/full-backups.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import styles from './settings.module.css';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.settings.backups({}, { signal });

export function BackupsTab() {
  const { t } = useTranslation();
  const { rpc, ticker } = useDesk();
  const format = useFormat();
  const errorText = useErrorText();
  const command = useCommand();
  const { data, error, reload } = useServerData(load, kinds);
  const [busy, setBusy] = useState(false);
  const [restoring, setRestoring] = useState<Backup>();

  async function make(): Promise<void> {
    setBusy(true);
    await command(() => rpc.settings.backupNow({}), {
      done: ({ name }) => t('settings.backups.made', { name }),
    });
    setBusy(false);
    reload();
  }

  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  return (
    <section className={styles.wide} aria-label={t('settings.backups.title')}>
      <p className={styles.faint}>{t('settings.backups.help', { directory: data?.directory ?? '…' })}</p>
      <div>
        <Button kind="primary" busy={busy} onClick={() => void make()}>
          {t('settings.backups.now')}
        </Button>
      </div>
      {data?.backups.length === 0 ? (
        <EmptyState title={t('settings.backups.empty')}>{t('settings.backups.emptyText')}</EmptyState>
      ) : null}
      {data && data.backups.length > 0 ? (
        <Table
          label={t('settings.backups.title')}
          columns={[
            { key: 'state', label: t('settings.backups.column.state'), width: 130 },
            { key: 'at', label: t('settings.backups.column.at') },
            { key: 'reason', label: t('settings.backups.column.reason'), width: 200 },
            { key: 'size', label: t('settings.backups.column.size'), width: 100, end: true },
            {
              key: 'actions',
              label: t('settings.backups.column.actions'),
              width: 160,
              end: true,
              silent: true,
            },
          ]}
        >
          {data.backups
            .toSorted((a, b) => b.at - a.at)
            .map((backup) => (
              <tr key={backup.name}>
                <td>
                  <StatusGlyph
                    urgency={backup.ok ? 'done' : 'overdue'}
                    label={t(backup.ok ? 'settings.backups.ok' : 'settings.backups.bad')}
                  />{' '}
                  <span aria-hidden="true">
                    {t(backup.ok ? 'settings.backups.ok' : 'settings.backups.bad')}
                  </span>
                </td>
                <td title={format.full(backup.at)}>{format.when(backup.at, ticker.second())}</td>
                <td data-dim="true">{t(`settings.backups.reason.${backup.reason}`)}</td>
                <td data-end="true">{format.bytes(backup.bytes)}</td>
                <td data-end="true">
                  <Button
                    disabled={!backup.ok}
                    label={`${t('settings.backups.restore')}: ${format.full(backup.at)}`}
                    onClick={() => setRestoring(backup)}
                  >
                    {t('settings.backups.restore')}
                  </Button>
                </td>
              </tr>
            ))}
        </Table>
      ) : null}
      <FullBackups />
      {restoring ? <RestoreDialog backup={restoring} onClose={() => setRestoring(undefined)} /> : null}
    </section>
  );
}
