import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { Segmented } from '../../ui/segmented.tsx';
import styles from './settings.module.css';
import { TemplateForm } from './template-form.tsx';

export function TemplatesTab() {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const templates = useStore(reference, (state) => state.templates);
  const language = useStore(preferences.store, (state) => state.language);
  const [chosen, setChosen] = useState<string>();
  const template = templates.find(({ key }) => key === chosen) ?? templates[0];

  return (
    <section className={styles.wide} aria-label={t('settings.templates.title')}>
      <p className={styles.faint}>{t('settings.templates.help')}</p>
      {template ? (
        <>
          <div>
            <Segmented
              label={t('settings.templates.title')}
              value={template.key}
              options={templates.map((other) => ({ value: other.key, label: nameOf(other, language) }))}
              onChange={setChosen}
            />
          </div>
          <TemplateForm key={template.id} template={template} />
        </>
      ) : null}
    </section>
  );
}
