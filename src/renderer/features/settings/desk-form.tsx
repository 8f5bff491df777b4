import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeskSettings } from '../../../shared/contract/settings.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { DeskLetterFields } from './desk-letter-fields.tsx';
import { checkDesk, deskChanges, textOf } from './desk-form-state.ts';
import styles from './settings.module.css';

const levels = ['error', 'warn', 'info', 'debug'] as const;

export function DeskForm({ settings }: { readonly settings: DeskSettings }) {
  const { t } = useTranslation();
  const { rpc, shell } = useDesk();
  const command = useCommand();
  const description = useStore(shell, (state) => state.description);
  const [form, setForm] = useState(() => textOf(settings));
  const [busy, setBusy] = useState(false);
  const problems = checkDesk(form);
  const changes = deskChanges(form, settings);
  const changed = Object.keys(changes).length > 0;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (problems.size > 0 || !changed) return;
    setBusy(true);
    await command(() => rpc.settings.save({ settings: changes }), { done: t('settings.saved') });
    setBusy(false);
  }

  return (
    <form
      className={styles.narrow}
      aria-label={t('settings.desk.title')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <Select
        label={t('settings.desk.zone')}
        description={t('settings.desk.zoneHint')}
        value={form.zone}
        searchable
        nothingFound={t('common.nothingFound')}
        options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))}
        onChange={(zone) => {
          if (zone) setForm({ ...form, zone });
        }}
      />
      <Field
        label={t('settings.desk.prefix')}
        description={t('settings.desk.prefixHint')}
        value={form.codePrefix}
        mono
        maxLength={8}
        error={problems.has('codePrefix') ? t('settings.desk.badPrefix') : undefined}
        onChange={(text) => setForm({ ...form, codePrefix: text.toUpperCase() })}
      />
      <Field
        label={t('settings.desk.foreign')}
        description={t('settings.desk.foreignHint')}
        value={form.foreignPrefixes}
        mono
        error={problems.has('foreignPrefixes') ? t('settings.desk.badForeign') : undefined}
        onChange={(text) => setForm({ ...form, foreignPrefixes: text.toUpperCase() })}
      />
      <Field
        label={t('settings.desk.undo')}
        description={t('settings.desk.undoHint')}
        inputMode="numeric"
        value={form.undoSeconds}
        error={problems.has('undoSeconds') ? t('settings.desk.badNumber', { min: 0, max: 60 }) : undefined}
        onChange={(undoSeconds) => setForm({ ...form, undoSeconds })}
      />
      <Field
        label={t('settings.desk.alarm')}
        description={t('settings.desk.alarmHint')}
        inputMode="numeric"
        value={form.alarmAfterSeconds}
        error={
          problems.has('alarmAfterSeconds') ? t('settings.desk.badNumber', { min: 0, max: 3600 }) : undefined
        }
        onChange={(alarmAfterSeconds) => setForm({ ...form, alarmAfterSeconds })}
      />
      <Field
        label={t('links.flood.settingsCount')}
        inputMode="numeric"
        value={form.floodCount}
        error={problems.has('floodCount') ? t('settings.desk.badNumber', { min: 2, max: 1000 }) : undefined}
        onChange={(floodCount) => setForm({ ...form, floodCount })}
      />
      <Field
        label={t('links.flood.settingsMinutes')}
        description={t('links.flood.settingsHint')}
        inputMode="numeric"
        value={form.floodMinutes}
        error={problems.has('floodMinutes') ? t('settings.desk.badNumber', { min: 1, max: 240 }) : undefined}
        onChange={(floodMinutes) => setForm({ ...form, floodMinutes })}
      />
      <Field
        label={t('workflow.settings.autoClose')}
        description={t('workflow.settings.autoCloseHint')}
        value={form.autoCloseMinutes}
        error={problems.has('autoCloseMinutes') ? t('workflow.settings.badHours') : undefined}
        onChange={(autoCloseMinutes) => setForm({ ...form, autoCloseMinutes })}
      />
      <DeskLetterFields form={form} onForm={setForm} badEmails={problems.has('contractorEmails')} />
      <Select
        label={t('settings.desk.log')}
        value={form.logLevel}
        options={levels.map((value) => ({ value, label: t(`settings.desk.levels.${value}`) }))}
        onChange={(value) => {
          const logLevel = levels.find((level) => level === value);
          if (logLevel) setForm({ ...form, logLevel });
        }}
      />
      <div>
        <Button kind="primary" type="submit" busy={busy} disabled={!changed || problems.size > 0}>
          {t('settings.save')}
        </Button>
      </div>
      {description ? (
        <p className={styles.faint}>
          {t('settings.desk.about', { version: description.version, build: description.build })}.{' '}
          {t(`settings.desk.secretStore.${description.capabilities.secretStore}`)}
        </p>
      ) : null}
    </form>
  );
}
