import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completeness, FolderCensus } from '../../../shared/contract/reports.ts';
import { toAppError } from '../../../shared/errors.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './reports.module.css';

const kinds = ['account', 'quarantine'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.reports.completeness({}, { signal });

/** Every UID of a mailbox held against what is stored, as of the last time its server could be asked. */
export function CompletenessTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  if (!data) {
    return error ? (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    ) : null;
  }
  return (
    <div className={styles.scrolling}>
      <div className={styles.board}>
        <p className={styles.faint}>{t('reports.completeness.help')}</p>
        {data.accounts.length === 0 ? <EmptyState title={t('reports.completeness.empty')} /> : null}
        {data.accounts.map((account) => (
          <Account key={account.accountId} account={account} onChanged={reload} />
        ))}
        <p className={styles.faint}>{t('reports.completeness.olderHelp')}</p>
      </div>
    </div>
  );
}

function Account({
  account,
  onChanged,
}: {
  readonly account: Completeness['accounts'][number];
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const format = useFormat();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const takenAt = account.folders.find((folder) => folder.takenAt !== null)?.takenAt ?? null;

  async function compare(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await rpc.reports.compareMailbox({ accountId: account.accountId });
    } catch (thrown) {
      setFailure(errorText(toAppError(thrown)));
    }
    setBusy(false);
    onChanged();
  }

  return (
    <section className={styles.section} aria-label={account.address}>
      <div className={styles.sectionHead}>
        <h2>
          {account.name} <span className={styles.faint}>{account.address}</span>
        </h2>
        <span className={styles.faint}>
          {takenAt === null
            ? t('reports.completeness.never')
            : t('reports.completeness.takenAt', { time: format.full(takenAt) })}
        </span>
        <Button busy={busy} onClick={() => void compare()}>
          {t('reports.completeness.compare')}
        </Button>
      </div>
      {failure === undefined ? null : (
        <Notice tone="risk" alert>
          {t('reports.completeness.stale', {
            reason: failure,
            time: takenAt === null ? '—' : format.full(takenAt),
          })}
        </Notice>
      )}
      {account.folders
        .filter((folder) => folder.takenAt !== null)
        .map((folder) => (
          <Folder key={folder.folderId} folder={folder} onChanged={onChanged} />
        ))}
    </section>
  );
}

const counts = ['onServer', 'matched', 'waiting', 'quarantined', 'missing', 'older', 'gone'] as const;

function Folder({ folder, onChanged }: { readonly folder: FolderCensus; readonly onChanged: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totals, missing, missingTotal, quarantined, days, role, path } = folder;
  return (
    <section className={styles.folder} aria-label={path}>
      <h3>
        {t(`reports.completeness.${role}`)} <span className={styles.faint}>{path}</span>
      </h3>
      {missingTotal === 0 ? (
        <Notice tone="good">{t('reports.completeness.whole', { count: totals.onServer })}</Notice>
      ) : (
        <Missing folder={folder} onChanged={onChanged} />
      )}
      {missing.length === 0 && quarantined.length === 0 ? null : <Quarantined folder={folder} />}
      <div className={styles.scroll}>
        <Table
          label={t('reports.completeness.daysTable')}
          columns={[
            { key: 'day', label: t('reports.completeness.day') },
            ...counts.map((key) => ({
              key,
              label: t(`reports.completeness.${key === 'missing' ? 'missingColumn' : key}`),
              end: true,
            })),
          ]}
        >
          {days.slice(0, 60).map((day) => (
            <tr key={day.day} data-bad={day.missing > 0 || undefined}>
              <td>{day.day}</td>
              {counts.map((key) => (
                <td key={key} data-end="true">
                  {format.number(day[key])}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      </div>
    </section>
  );
}

function Missing({ folder, onChanged }: { readonly folder: FolderCensus; readonly onChanged: () => void }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const format = useFormat();
  const command = useCommand();
  const [busy, setBusy] = useState(false);

  async function fetch(uids: readonly number[]): Promise<void> {
    setBusy(true);
    await command(() => rpc.reports.fetchMissing({ folderId: folder.folderId, uids: [...uids] }), {
      done: ({ fetched, gone }) => t('reports.completeness.fetched', { fetched, gone }),
    });
    setBusy(false);
    onChanged();
  }

  return (
    <>
      <Notice
        tone="bad"
        action={
          <Button busy={busy} onClick={() => void fetch(folder.missing.slice(0, 500).map(({ uid }) => uid))}>
            {t('reports.completeness.fetchAll')}
          </Button>
        }
      >
        {t('reports.completeness.missing', { count: folder.missingTotal })}
      </Notice>
      <div className={styles.scroll}>
        <Table
          label={t('reports.completeness.missingTable')}
          columns={[
            { key: 'uid', label: t('reports.completeness.uid'), width: 110 },
            { key: 'received', label: t('reports.completeness.received') },
            { key: 'fetch', label: t('reports.completeness.fetch'), silent: true, width: 120 },
          ]}
        >
          {folder.missing.slice(0, 200).map(({ uid, receivedAt }) => (
            <tr key={uid}>
              <td>{uid}</td>
              <td>{format.full(receivedAt)}</td>
              <td>
                <Button
                  disabled={busy}
                  label={`${t('reports.completeness.fetch')} ${uid}`}
                  onClick={() => void fetch([uid])}
                >
                  {t('reports.completeness.fetch')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      </div>
    </>
  );
}

function Quarantined({ folder }: { readonly folder: FolderCensus }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (folder.quarantined.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <Table
        label={t('reports.completeness.quarantineTable')}
        columns={[
          { key: 'uid', label: t('reports.completeness.uid'), width: 110 },
          { key: 'received', label: t('reports.completeness.received') },
          { key: 'reason', label: t('reports.completeness.reason') },
        ]}
      >
        {folder.quarantined.slice(0, 200).map(({ uid, receivedAt, reason, released }) => (
          <tr key={uid}>
            <td>{uid}</td>
            <td>{format.full(receivedAt)}</td>
            <td>{released ? t('reports.completeness.released') : reason}</td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
