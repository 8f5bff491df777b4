import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingSettings } from '../../../../shared/contract/keeping.ts';
import { alertKinds } from '../../../../shared/domain/alert-kinds.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import styles from '../settings.module.css';
import { wholeNumber } from './whole-number.ts';

const addressShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const kinds = ['chat'] as const;

async function loadChats(rpc: Rpc, signal: AbortSignal) {
  const { chats } = await rpc.chats.list({ limit: 200 }, { signal });
  return chats.filter(({ canSend, goneAt }) => canSend && goneAt === null);
}

export function AlertsForm({ settings }: { readonly settings: KeepingSettings }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [emails, setEmails] = useState(settings.alertEmails.join(', '));
  const [chat, setChat] = useState(settings.alertChatId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(settings.alertKinds));
  const [dead, setDead] = useState(String(settings.deadMinutes));
  const alertEmails = emails.split(/[\s,;]+/).filter((address) => address !== '');
  const bad = alertEmails.find((address) => !addressShape.test(address));
  const deadMinutes = wholeNumber(dead, 2, 1440);

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const change = {
      alertEmails,
      alertChatId: chat,
      alertKinds: alertKinds.filter((kind) => chosen.has(kind)),
      deadMinutes,
    };
    void command(() => rpc.keeping.saveSettings({ settings: change }), { done: t('keeping.alerts.saved') });
  }

  function toggle(kind: string, isOn: boolean): void {
    const next = new Set(chosen);
    if (isOn) next.add(kind);
    else next.delete(kind);
    setChosen(next);
  }

  return (
    <form className={`${styles.fields} ${styles.form}`} onSubmit={save} noValidate>
      <Field
        label={t('keeping.alerts.emails')}
        description={t('keeping.alerts.emailsHint')}
        value={emails}
        onChange={setEmails}
        error={bad === undefined ? undefined : t('keeping.alerts.badEmail', { address: bad })}
      />
      <ChatSelect value={chat} onChange={setChat} />
      <Field
        label={t('keeping.alerts.dead')}
        value={dead}
        inputMode="numeric"
        onChange={setDead}
        error={deadMinutes === undefined ? '2–1440' : undefined}
      />
      <fieldset className={styles.stack}>
        <legend className={styles.caption}>{t('keeping.alerts.kinds')}</legend>
        {alertKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`keeping.alerts.kind.${kind}`)}
            checked={chosen.has(kind)}
            onChange={(isOn) => toggle(kind, isOn)}
          />
        ))}
      </fieldset>
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" disabled={bad !== undefined || deadMinutes === undefined}>
          {t('keeping.alerts.save')}
        </Button>
        <Button
          onClick={() => void command(() => rpc.keeping.testAlert({}), { done: t('keeping.alerts.tested') })}
        >
          {t('keeping.alerts.test')}
        </Button>
      </div>
    </form>
  );
}

/** Chats that may be written to; without a signed-in account there is nothing to choose. */
function ChatSelect({
  value,
  onChange,
}: {
  readonly value: number | null;
  readonly onChange: (chatId: number | null) => void;
}) {
  const { t } = useTranslation();
  const { data } = useServerData(loadChats, kinds);
  if (!data || (data.length === 0 && value === null)) return null;
  return (
    <Select
      label={t('keeping.alerts.chat')}
      description={t('keeping.alerts.chatHint')}
      value={value === null ? null : String(value)}
      options={data.map(({ id, title }) => ({ value: String(id), label: title }))}
      placeholder={t('keeping.alerts.noChat')}
      searchable
      clearable
      nothingFound={t('common.nothingFound')}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
    />
  );
}
