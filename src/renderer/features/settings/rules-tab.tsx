import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { IgnoreRule } from '../../../shared/contract/settings.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Table } from '../../ui/table.tsx';
import { RuleForm } from './rule-form.tsx';
import styles from './settings.module.css';

const kinds = ['rule'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.rules.list({}, { signal });

/** What is not an incident, and how often each rule has matched. Removing one can be taken back. */
export function RulesTab() {
  const { t } = useTranslation();
  const { rpc, toasts, ticker } = useDesk();
  const format = useFormat();
  const errorText = useErrorText();
  const command = useCommand();
  const { data, error, reload } = useServerData(load, kinds);

  function save({ id, field, value }: IgnoreRule, active: boolean): void {
    void command(() => rpc.rules.save({ id, field, value, active }), { done: t('settings.saved') });
  }

  async function remove({ id, field, value, active }: IgnoreRule): Promise<void> {
    const removed = await command(() => rpc.rules.remove({ id }));
    if (!removed) return;
    toasts.show({
      text: t('settings.rules.removed'),
      actions: [
        {
          label: t('settings.rules.undo'),
          onAction: () => void command(() => rpc.rules.save({ id: null, field, value, active })),
        },
      ],
    });
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
    <section className={styles.wide} aria-label={t('settings.rules.title')}>
      <p className={styles.faint}>{t('settings.rules.help')}</p>
      <RuleForm />
      {data?.rules.length === 0 ? (
        <EmptyState title={t('settings.rules.empty')}>{t('settings.rules.emptyText')}</EmptyState>
      ) : null}
      {data && data.rules.length > 0 ? (
        <Table
          label={t('settings.rules.title')}
          columns={[
            { key: 'active', label: t('settings.rules.active'), width: 110 },
            { key: 'field', label: t('settings.rules.fieldLabel'), width: 190 },
            { key: 'value', label: t('settings.rules.value') },
            { key: 'hits', label: t('settings.rules.hitsColumn'), width: 110, end: true },
            { key: 'created', label: t('settings.rules.created'), width: 130, end: true },
            { key: 'actions', label: t('settings.edit'), width: 60, end: true, silent: true },
          ]}
        >
          {data.rules.map((rule) => (
            <tr key={rule.id}>
              <td>
                <Switch
                  label={<span className="visually-hidden">{rule.value}</span>}
                  checked={rule.active}
                  onChange={(active) => save(rule, active)}
                />
              </td>
              <td data-dim="true">{t(`settings.rules.field.${rule.field}`)}</td>
              <td title={rule.value}>{rule.value}</td>
              <td data-end="true">{t('settings.rules.hits', { count: rule.hits })}</td>
              <td data-end="true" data-dim="true" title={format.full(rule.createdAt)}>
                {format.when(rule.createdAt, ticker.second())}
              </td>
              <td data-end="true">
                <IconButton
                  small
                  label={t('settings.rules.remove', { value: rule.value })}
                  icon={<Trash2 size={14} />}
                  onClick={() => void remove(rule)}
                />
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
    </section>
  );
}
