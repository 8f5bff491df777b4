import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingSettings } from '../../../../shared/contract/keeping.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from '../settings.module.css';
import { wholeNumber } from './whole-number.ts';

const limits = {
  fullEveryHours: { label: 'every', least: 1, most: 168 },
  keepDays: { label: 'keepDays', least: 1, most: 365 },
  keepWeeks: { label: 'keepWeeks', least: 0, most: 260 },
} as const;
const names = ['fullEveryHours', 'keepDays', 'keepWeeks'] as const;

/** Where whole backups go, how often, and how long they stay. */
export function BackupSettings({ settings }: { readonly settings: KeepingSettings }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [directory, setDirectory] = useState(settings.backupDirectory ?? '');
  const [numbers, setNumbers] = useState(() => ({
    fullEveryHours: String(settings.fullEveryHours),
    keepDays: String(settings.keepDays),
    keepWeeks: String(settings.keepWeeks),
  }));
  const read = (name: (typeof names)[number]) =>
    wholeNumber(numbers[name], limits[name].least, limits[name].most);
  const isGood = names.every((name) => read(name) !== undefined);

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const [fullEveryHours, keepDays, keepWeeks] = names.map(read);
    const backupDirectory = directory.trim() === '' ? null : directory.trim();
    const change = { backupDirectory, fullEveryHours, keepDays, keepWeeks };
    void command(() => rpc.keeping.saveSettings({ settings: change }), { done: t('keeping.sets.saved') });
  }

  return (
    <form className={styles.inline} onSubmit={save} noValidate>
      <div className={styles.row}>
        <Field
          label={t('keeping.sets.directory')}
          description={t('keeping.sets.directoryHint')}
          value={directory}
          onChange={setDirectory}
          mono
        />
      </div>
      {names.map((name) => (
        <Field
          key={name}
          label={t(`keeping.sets.${limits[name].label}`)}
          value={numbers[name]}
          inputMode="numeric"
          error={read(name) === undefined ? `${limits[name].least}–${limits[name].most}` : undefined}
          onChange={(text) => setNumbers({ ...numbers, [name]: text })}
        />
      ))}
      <Button type="submit" disabled={!isGood}>
        {t('keeping.sets.save')}
      </Button>
    </form>
  );
}
