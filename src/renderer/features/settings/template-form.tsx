import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Template } from '../../../shared/contract/templates.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './settings.module.css';
import { previewTemplate, templateFacts, unknownFacts, type TemplateFact } from './template-preview.ts';

/** The words on the left, how a letter of them looks on the right. */
export function TemplateForm({ template }: { readonly template: Template }) {
  const { t } = useTranslation();
  const { rpc, shell } = useDesk();
  const command = useCommand();
  const prefix = useStore(shell, (state) => state.description?.codePrefix ?? 'PLT');
  const area = useRef<HTMLTextAreaElement>(null);
  const [form, setForm] = useState({
    name: template.name,
    nameEn: template.nameEn,
    subject: template.subject,
    body: template.body,
  });
  const [busy, setBusy] = useState(false);
  const unknown = unknownFacts(`${form.subject}\n${form.body}`);
  const sample = Object.fromEntries(
    templateFacts.map((fact) => [fact, t(`settings.templates.sample.${fact}`, { prefix })]),
  ) as Record<TemplateFact, string>;

  function insert(fact: TemplateFact): void {
    const at = area.current?.selectionStart ?? form.body.length;
    const end = area.current?.selectionEnd ?? at;
    setForm({ ...form, body: `${form.body.slice(0, at)}{{${fact}}}${form.body.slice(end)}` });
    area.current?.focus();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await command(() => rpc.reference.saveTemplate({ id: template.id, ...form }), {
      done: t('settings.saved'),
    });
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
          description={t('settings.templates.subjectHint')}
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
        {unknown.length > 0 ? (
          <Notice tone="risk">{t('settings.templates.unknownFact', { name: unknown.join(', ') })}</Notice>
        ) : null}
        <div>
          <Button
            kind="primary"
            type="submit"
            busy={busy}
            disabled={form.name.trim() === '' || form.nameEn.trim() === ''}
          >
            {t('settings.save')}
          </Button>
        </div>
      </form>
      <aside className={styles.side}>
        <h2 className={styles.heading}>{t('settings.templates.facts')}</h2>
        <div className={styles.facts}>
          {templateFacts.map((fact) => (
            <Button
              key={fact}
              label={t('settings.templates.insert', { name: t(`settings.templates.fact.${fact}`) })}
              onClick={() => insert(fact)}
            >
              {t(`settings.templates.fact.${fact}`)}
            </Button>
          ))}
        </div>
        <h2 className={styles.heading}>{t('settings.templates.preview')}</h2>
        <pre className={styles.preview}>{previewTemplate(form.body, sample)}</pre>
      </aside>
    </div>
  );
}
