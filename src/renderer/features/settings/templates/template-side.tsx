import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../../shared/contract/templates.ts';
import { useRuntimeText } from '../../../lib/runtime-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import type { TemplateDraft } from './template-draft.ts';
import own from './templates.module.css';
import { usePreview } from './use-preview.ts';

/** What can be named, and how the letter looks with it. */
export function TemplateSide({
  template,
  draft,
  onInsert,
}: {
  readonly template: Template;
  readonly draft: TemplateDraft;
  readonly onInsert: (fact: string) => void;
}) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const [code, setCode] = useState('');
  const { facts, preview } = usePreview(draft, code);
  const to = preview ? [...preview.to, ...preview.cc].map(({ address }) => address).join(', ') : '';
  const nameOf = (key: string, label: string | null): string =>
    label === null
      ? (runtimeText(`lettersOut.fact.${key}`) ?? key)
      : t('lettersOut.fact.dueOf', { name: label });

  return (
    <aside className={styles.side}>
      <h2 className={styles.heading}>{t('settings.templates.facts')}</h2>
      <div className={styles.facts}>
        {facts?.facts.map(({ key, label, value }) => (
          <Button
            key={key}
            label={t('settings.templates.insert', { name: nameOf(key, label) })}
            hint={value === '' ? t('lettersOut.template.emptyFact') : value}
            onClick={() => onInsert(key)}
          >
            {nameOf(key, label)}
          </Button>
        ))}
      </div>
      <Field
        label={t('lettersOut.template.previewOf')}
        description={t('lettersOut.template.previewHint')}
        mono
        value={code}
        error={facts && !facts.incident && code.trim() !== '' ? t('lettersOut.template.notFound') : undefined}
        onChange={setCode}
      />
      <h2 className={styles.heading}>
        {t('settings.templates.preview')}
        {facts?.incident ? ` · ${facts.incident.code}` : ''}
      </h2>
      {preview && preview.unknown.length > 0 ? (
        <Notice tone="risk">
          {t('settings.templates.unknownFact', { name: preview.unknown.join(', ') })}
        </Notice>
      ) : null}
      {facts && !facts.incident && code.trim() === '' ? (
        <p className={styles.faint}>{t('lettersOut.template.noIncident')}</p>
      ) : null}
      {preview ? (
        <div className={own.letter} role="region" aria-label={t('settings.templates.preview')} tabIndex={0}>
          {template.automatic ? null : (
            <p className={styles.faint}>→ {to === '' ? t('lettersOut.template.noRecipient') : to}</p>
          )}
          <p>
            <strong>{preview.subject}</strong>
          </p>
          <pre className={styles.preview}>{preview.body}</pre>
        </div>
      ) : null}
    </aside>
  );
}
