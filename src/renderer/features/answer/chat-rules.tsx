import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatRule } from '../../../shared/contract/chats.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { RuleForm } from './chat-rule-form.tsx';
import { RuleLine } from './chat-rule-line.tsx';
import styles from './panels.module.css';

type Written = Omit<ChatRule, 'id' | 'hits'>;

const kinds = ['rule', 'contact'] as const;

/** Which messages of a chat open incidents by themselves. */
export function ChatRules({ chatId }: { readonly chatId: number }) {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const errorText = useErrorText();
  const load = useMemo(
    () => (asked: Rpc, signal: AbortSignal) => asked.chats.open({ id: chatId }, { signal }),
    [chatId],
  );
  const { data, error, reload } = useServerData(load, kinds);
  const [editing, setEditing] = useState<ChatRule | null>(null);

  async function save(rule: Written & { readonly id?: number }, done: string) {
    const saved = await command(() => rpc.chats.saveRule(rule), { done });
    if (saved) reload();
    return saved !== undefined;
  }

  async function remove(rule: ChatRule): Promise<void> {
    if (editing?.id === rule.id) setEditing(null);
    const removed = await command(() => rpc.chats.removeRule({ id: rule.id }));
    if (!removed) return;
    reload();
    toasts.show({
      text: t('answer.rules.removed'),
      actions: [
        {
          label: t('answer.rules.restore'),
          onAction: () => void save(written(rule), t('answer.rules.saved')),
        },
      ],
    });
  }

  if (!data) {
    return (
      <section className={styles.panel} aria-label={t('answer.rules.title')} aria-busy={error === undefined}>
        {error ? (
          <p role="alert">
            {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
          </p>
        ) : null}
      </section>
    );
  }
  const { rules, senders } = data;
  return (
    <section className={styles.panel} aria-label={t('answer.rules.title')}>
      <h3 className={styles.title}>{t('answer.rules.title')}</h3>
      <p className={styles.text}>{t('answer.rules.text')}</p>
      {rules.length === 0 ? <p className={styles.none}>{t('answer.rules.none')}</p> : null}
      {rules.length > 0 ? (
        <ul className={styles.rules} aria-label={t('answer.rules.list')}>
          {rules.map((rule) => (
            <RuleLine
              key={rule.id}
              rule={rule}
              senders={senders}
              editing={editing?.id === rule.id}
              onEdit={() => setEditing(editing?.id === rule.id ? null : rule)}
              onSwitch={(active) =>
                void save(
                  { ...written(rule), id: rule.id, active },
                  t(active ? 'answer.rules.on' : 'answer.rules.off'),
                )
              }
              onRemove={() => void remove(rule)}
            />
          ))}
        </ul>
      ) : null}
      <RuleForm
        key={editing?.id ?? 'new'}
        chatId={chatId}
        rule={editing}
        senders={senders}
        onCancel={editing ? () => setEditing(null) : undefined}
        onSave={async (rule) => {
          const saved = await save(rule, t('answer.rules.saved'));
          if (saved) setEditing(null);
          return saved;
        }}
      />
    </section>
  );
}

/** What a person decided of a rule; its number and its hits are the desk's. */
function written({ chatId, kind, value, typeId, active }: ChatRule): Written {
  return { chatId, kind, value, typeId, active };
}
