import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { isPrefix, type SetupForm } from './setup-form.ts';
import styles from './setup.module.css';

export function SetupDesk({
  form,
  onForm,
  onNext,
  onRestore,
}: {
  readonly form: SetupForm;
  readonly onForm: (form: SetupForm) => void;
  readonly onNext: () => void;
  readonly onRestore: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const [tried, setTried] = useState(false);
  const badPrefix = !isPrefix(form.codePrefix);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (badPrefix) focusFirstInvalid(event.currentTarget);
    else onNext();
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h2 className={styles.heading}>{t('setup.desk.title')}</h2>
      <p className={styles.text}>{t('setup.desk.text')}</p>
      <div>
        <Segmented
          label={t('setup.desk.language')}
          value={language}
          options={[
            { value: 'ru', label: t('settings.look.languages.ru') },
            { value: 'en', label: t('settings.look.languages.en') },
          ]}
          onChange={(next) => preferences.set({ language: next })}
        />
      </div>
      <Field
        label={t('setup.desk.prefix')}
        description={t('setup.desk.prefixHint', { example: `${form.codePrefix || 'PLT'}-1042` })}
        value={form.codePrefix}
        mono
        maxLength={8}
        autoFocus
        error={tried && badPrefix ? t('setup.desk.badPrefix') : undefined}
        onChange={(text) => onForm({ ...form, codePrefix: text.toUpperCase() })}
      />
      <Select
        label={t('setup.desk.zone')}
        value={form.zone}
        searchable
        nothingFound={t('common.nothingFound')}
        options={zonesWith(form.zone).map((zone) => ({ value: zone, label: zone }))}
        onChange={(zone) => {
          if (zone) onForm({ ...form, zone });
        }}
      />
      <Notice tone="info">{t('setup.desk.owner')}</Notice>
      <div className={styles.buttons}>
        <Button kind="primary" type="submit">
          {t('setup.next')}
        </Button>
        {onRestore ? <Button onClick={onRestore}>{t('keeping.setup.restore')}</Button> : null}
      </div>
    </form>
  );
}

/** `UTC` and old names are not in the browser's list, and may still be the machine's own. */
function zonesWith(zone: string): readonly string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  return zones.includes(zone) ? zones : [zone, ...zones];
}
