import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../../shared/contract/templates.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import styles from '../settings.module.css';
import { draftOf, insertFact } from './template-draft.ts';
import { TemplateEffects } from './template-effects.tsx';
import { TemplateSide } from './template-side.tsx';

/** The words and what they do on the left, how a letter of them looks on the right. */
export function TemplateForm({ template }: { readonly template: Template }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const area = useRef<HTMLTextAreaElement>(null);
  const [form, setForm] = useState(() => draftOf(template));
  const [busy, setBusy] = useState(false);

  function insert(fact: string): void {
    const from = area.current?.selectionStart ?? form.body.length;
    const { text, at } = insertFact(form.body, fact, from, area.current?.selectionEnd ?? from);
    setForm({ ...form, body: text });
    area.current?.focus();
    // The field has the new words only after this turn.
    requestAnimationFrame(() => area.current?.setSelectionRange(at, at));
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await command(() => rpc.templates.save({ id: template.id, ...form }), { done: t('settings.saved') });
    setBusy(false);
  }

  return (
    <div className={styles.split}>
      <form className={styles.fields} onSubmit={(event) => void submit(event)}>
        <div className={styles.inline}>
          <div className={styles.grow}>
            <Field
              label={t('settings.lists.name')}
              value={form.name}
              onChange={(name) => setForm({ ...form, name })}
            />
          </div>
          <div className={styles.grow}>
            <Field
              label={t('settings.lists.nameEn')}
              value={form.nameEn}
              onChange={(nameEn) => setForm({ ...form, nameEn })}
            />
          </div>
        </div>
        <Field
          label={t('settings.templates.subject')}
          description={`${t('settings.templates.subjectHint')}. ${t('lettersOut.template.subjectRule')}`}
          value={form.subject}
          maxLength={300}
          onChange={(subject) => setForm({ ...form, subject })}
        />
        <TextArea
          ref={area}
          label={t('settings.templates.body')}
          value={form.body}
          minRows={10}
          maxRows={24}
          maxLength={20_000}
          onChange={(body) => setForm({ ...form, body })}
        />
        {template.automatic ? null : (
          <TemplateEffects draft={form} onDraft={(change) => setForm({ ...form, ...change })} />
        )}
        <div className={styles.buttons}>
          <Button
            kind="primary"
            type="submit"
            busy={busy}
            disabled={form.name.trim() === '' || form.nameEn.trim() === ''}
          >
            {t('settings.save')}
          </Button>
          <span className={styles.spacer} />
          {template.automatic ? null : (
            <Button
              kind="danger"
              onClick={() =>
                void command(() => rpc.templates.remove({ id: template.id }), {
                  done: t('lettersOut.template.removed'),
                })
              }
            >
              {t('lettersOut.template.remove')}
            </Button>
          )}
        </div>
      </form>
      <TemplateSide template={template} draft={form} onInsert={insert} />
    </div>
  );
}
