import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { OutboxGroupTable } from './outbox-group-table.tsx';
import { groupOutbox } from './outbox-groups.ts';
import styles from './outbox.module.css';

const kinds = ['outbox'] as const;
const loadOpen = (rpc: Rpc, signal: AbortSignal) => rpc.outbox.list({ all: false }, { signal });
const loadAll = (rpc: Rpc, signal: AbortSignal) => rpc.outbox.list({ all: true }, { signal });

/** Every letter and message between "send" and the server's answer, those that need a person first. */
export function OutboxScreen({
  onOpenIncident,
  onOpenChat,
  onTakenBack,
}: {
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onOpenChat: (chatId: number, messageId: number | null) => void;
  /** It is a draft again: the app opens it where it belongs. */
  readonly onTakenBack?: ((row: OutboxRow) => void) | undefined;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [scope, setScope] = useState<'open' | 'all'>('all');
  const { data, status, error, reload } = useServerData(scope === 'all' ? loadAll : loadOpen, kinds);
  const groups = groupOutbox(data?.rows ?? []);

  return (
    <Screen
      title={t('outbox.title')}
      count={data?.rows.length}
      dimmed={status === 'stale'}
      actions={
        <Segmented
          label={t('outbox.title')}
          value={scope}
          onChange={setScope}
          options={[
            { value: 'all', label: t('outbox.tabs.all') },
            { value: 'open', label: t('outbox.tabs.open') },
          ]}
        />
      }
    >
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {data && groups.length === 0 ? (
        <EmptyState title={t('outbox.empty.title')}>{t('outbox.empty.text')}</EmptyState>
      ) : null}
      {groups.map(({ group, rows }) => (
        <section key={group} aria-label={t(`outbox.group.${group}`)}>
          <h2 className={styles.heading}>
            {t(`outbox.group.${group}`)} <span className={styles.count}>{rows.length}</span>
          </h2>
          {group === 'unknown' ? <UnknownHelp rows={rows} /> : null}
          <OutboxGroupTable
            label={t(`outbox.group.${group}`)}
            rows={rows}
            onOpenIncident={onOpenIncident}
            onOpenChat={onOpenChat}
            onTakenBack={onTakenBack}
          />
        </section>
      ))}
    </Screen>
  );
}

/** What an unknown outcome means and what to do: a chat can be asked again without harm, a mailbox cannot. */
function UnknownHelp({ rows }: { readonly rows: readonly OutboxRow[] }) {
  const { t } = useTranslation();
  const has = (channel: OutboxRow['channel']): boolean => rows.some((row) => row.channel === channel);
  return (
    <>
      {has('mail') ? <Notice tone="risk">{t('outbox.unknownHelp')}</Notice> : null}
      {has('telegram') ? <Notice tone="risk">{t('outbox.unknownChat')}</Notice> : null}
    </>
  );
}
