import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { ContactForm, type NewContact } from './chat-contact-form.tsx';
import styles from './panels.module.css';

const chatKinds = ['contact'] as const;
const loadDirectory = (rpc: Rpc, signal: AbortSignal) => rpc.directory.list({ text: '' }, { signal });

/** To whom outside the desk a chat belongs. */
export function ChatContact({ chatId }: { readonly chatId: number }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const errorText = useErrorText();
  const load = useMemo(
    () => (asked: Rpc, signal: AbortSignal) => asked.chats.open({ id: chatId }, { signal }),
    [chatId],
  );
  const { data, error, reload } = useServerData(load, chatKinds);
  const directory = useServerData(loadDirectory, chatKinds);
  const [creating, setCreating] = useState(false);

  async function link(contactId: number | null, name: string): Promise<boolean> {
    const done = await command(() => rpc.chats.setContact({ chatId, contactId }), {
      done: contactId === null ? t('answer.contact.unlinked') : t('answer.contact.linked', { name }),
    });
    if (done) reload();
    return done !== undefined;
  }

  async function create(contact: NewContact): Promise<void> {
    const made = await command(() => rpc.directory.save(contact));
    if (made && (await link(made.id, contact.name))) setCreating(false);
  }

  if (!data) {
    return (
      <section
        className={styles.panel}
        aria-label={t('answer.contact.title')}
        aria-busy={error === undefined}
      >
        {error ? (
          <p role="alert">
            {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
          </p>
        ) : null}
      </section>
    );
  }
  const { chat } = data;
  const contacts = (directory.data?.contacts ?? []).filter(
    ({ active, id }) => active || id === chat.contact?.id,
  );
  return (
    <section className={styles.panel} aria-label={t('answer.contact.title')}>
      <h3 className={styles.title}>{t('answer.contact.title')}</h3>
      <p className={styles.text}>{t('answer.contact.text')}</p>
      {chat.contact ? (
        <div className={styles.linked}>
          <span className={styles.ruleWords}>
            <strong>{chat.contact.name}</strong>
            <span className={styles.faint}>{t(`answer.contact.kinds.${chat.contact.kind}`)}</span>
          </span>
          <Button onClick={() => void link(null, '')}>{t('answer.contact.unlink')}</Button>
        </div>
      ) : (
        <p className={styles.none}>{t('answer.contact.none')}</p>
      )}
      {creating ? (
        <ContactForm
          name={chat.kind === 'user' ? chat.title : ''}
          organisation={chat.kind === 'user' ? '' : chat.title}
          onCreate={create}
          onCancel={() => setCreating(false)}
        />
      ) : (
        <>
          <Select
            inPlace
            searchable
            opensOnFocus={false}
            label={t('answer.contact.choose')}
            nothingFound={t('answer.contact.nothing')}
            value={chat.contact ? String(chat.contact.id) : null}
            options={contacts.map(({ id, name, organisation }) => ({
              value: String(id),
              label: organisation === '' ? name : `${name} · ${organisation}`,
            }))}
            onChange={(value) => {
              const chosen = contacts.find(({ id }) => String(id) === value);
              if (chosen && chosen.id !== chat.contact?.id) void link(chosen.id, chosen.name);
            }}
          />
          <div className={styles.end}>
            <Button onClick={() => setCreating(true)}>{t('answer.contact.create')}</Button>
          </div>
        </>
      )}
    </section>
  );
}
