import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotifyGroup } from '../../../../shared/contract/ladders.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';
import { GroupForm } from './group-form.tsx';

const kinds = ['route', 'contact', 'person'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.ladders.groups({}, { signal });

const fresh: Omit<NotifyGroup, 'id'> & { readonly id: null } = {
  id: null,
  name: '',
  active: true,
  members: [],
};

/** Whom to notify together, and in what order the next one is tried. */
export function GroupsTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [openId, setOpenId] = useState<number | 'new' | null>(null);
  const opened = openId === 'new' ? fresh : data?.groups.find(({ id }) => id === openId);

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
    <section className={styles.wide} aria-label={t('ladders.groups.title')}>
      <p className={styles.faint}>{t('ladders.groups.help')}</p>
      <div className={styles.split} data-single={opened === undefined}>
        <div className={styles.fields}>
          <div>
            <Button onClick={() => setOpenId('new')}>{t('ladders.groups.add')}</Button>
          </div>
          {data?.groups.length === 0 ? (
            <EmptyState title={t('ladders.groups.empty')}>{t('ladders.groups.emptyText')}</EmptyState>
          ) : (
            <GroupTable groups={data?.groups ?? []} onOpen={setOpenId} />
          )}
        </div>
        {opened ? (
          <GroupForm
            key={opened.id === null ? 'new' : JSON.stringify(opened)}
            group={opened}
            onClose={() => setOpenId(null)}
          />
        ) : null}
      </div>
    </section>
  );
}

function GroupTable({
  groups,
  onOpen,
}: {
  readonly groups: readonly NotifyGroup[];
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('ladders.groups.title')}
      columns={[
        { key: 'name', label: t('ladders.groups.name') },
        { key: 'members', label: t('ladders.groups.members') },
        { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
      ]}
    >
      {groups.map((group) => (
        <tr key={group.id}>
          <td>
            {group.name}
            {group.active ? null : <span className={styles.faint}> · {t('ladders.groups.hidden')}</span>}
          </td>
          <td data-dim="true" title={group.members.map(({ name }) => name).join(', ')}>
            {t('ladders.groups.count', { count: group.members.length })}
          </td>
          <td data-end="true">
            <Button
              kind="quiet"
              label={t('ladders.groups.edit', { name: group.name })}
              onClick={() => onOpen(group.id)}
            >
              {t('settings.edit')}
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  );
}
