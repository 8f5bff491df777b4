import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationTemplate } from '../../../shared/contract/notifications.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './notifications.module.css';
import { SmsLengthLine } from './sms-length-line.tsx';

const kinds = ['notification'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.notifications.templates({}, { signal });

/** Words that repeat, with places that an incident fills. */
export function TemplatesTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [open, setOpen] = useState<number | 'new' | null>(null);
  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  if (!data) return null;
  const close = (): void => setOpen(null);
  if (data.templates.length === 0 && open === null) {
    return (
      <EmptyState
        title={t('notifications.templates.empty')}
        action={<Button onClick={() => setOpen('new')}>{t('notifications.templates.add')}</Button>}
      >
        {t('notifications.templates.emptyText')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.sheet} tabIndex={-1}>
      <div className={styles.narrow}>
        <p className={styles.faint}>{t('notifications.templates.help', { open: '{{', close: '}}' })}</p>
        <ul className={styles.cards} aria-label={t('notifications.tabs.templates')}>
          {data.templates.map((template) => (
            <li key={template.id} className={styles.card}>
              {open === template.id ? (
                <TemplateForm template={template} onClose={close} />
              ) : (
                <Shown template={template} onEdit={() => setOpen(template.id)} />
              )}
            </li>
          ))}
          {open === 'new' ? (
            <li className={styles.card}>
              <TemplateForm template={null} onClose={close} />
            </li>
          ) : null}
        </ul>
        {open === null ? (
          <div className={styles.row}>
            <Button onClick={() => setOpen('new')}>{t('notifications.templates.add')}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Shown({
  template,
  onEdit,
}: {
  readonly template: NotificationTemplate;
  readonly onEdit: () => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.cardHead}>
        <strong>{template.name}</strong>
        {template.key === null ? null : (
          <span className={styles.faint}>{t('notifications.templates.own')}</span>
        )}
      </div>
      <p className={styles.said}>{[template.title, template.text].filter(Boolean).join('\n')}</p>
      <div className={styles.row}>
        <Button label={t('notifications.templates.edit', { name: template.name })} onClick={onEdit}>
          {t('common.edit')}
        </Button>
      </div>
    </>
  );
}

function TemplateForm({
  template,
  onClose,
}: {
  readonly template: NotificationTemplate | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [name, setName] = useState(template?.name ?? '');
  const [title, setTitle] = useState(template?.title ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const [tried, setTried] = useState(false);
  const noName = tried && name.trim() === '';
  const noText = tried && text.trim() === '';

  async function save(form: HTMLFormElement): Promise<void> {
    setTried(true);
    if (name.trim() === '' || text.trim() === '') return focusFirstInvalid(form);
    const saved = await command(
      () => rpc.notifications.saveTemplate({ id: template?.id ?? null, name: name.trim(), title, text }),
      { done: t('notifications.templates.saved') },
    );
    if (saved) onClose();
  }

  async function remove(id: number): Promise<void> {
    const removed = await command(() => rpc.notifications.removeTemplate({ id }), {
      done: t('notifications.templates.removed'),
    });
    if (removed) onClose();
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget);
      }}
    >
      <Field
        label={t('notifications.templates.name')}
        value={name}
        onChange={setName}
        maxLength={120}
        autoFocus
        error={noName ? t('notifications.templates.noName') : undefined}
      />
      <Field label={t('notifications.templates.subject')} value={title} onChange={setTitle} maxLength={300} />
      <TextArea
        label={t('notifications.templates.text')}
        value={text}
        onChange={setText}
        minRows={3}
        maxLength={4000}
        error={noText ? t('notifications.templates.noText') : undefined}
      />
      <SmsLengthLine title={title} text={text} asks={false} />
      <div className={styles.row}>
        <Button kind="primary" type="submit">
          {t('notifications.templates.save')}
        </Button>
        <Button onClick={onClose}>{t('notifications.templates.cancel')}</Button>
        {template && template.key === null ? (
          <Button kind="danger" onClick={() => void remove(template.id)}>
            {t('notifications.templates.remove')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
