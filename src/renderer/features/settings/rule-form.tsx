import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IgnoreRule } from '../../../shared/contract/settings.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './settings.module.css';

const fields = ['sender', 'subject', 'list-id'] as const;

export function RuleForm() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [field, setField] = useState<IgnoreRule['field']>('sender');
  const [value, setValue] = useState('');
  const [tried, setTried] = useState(false);
  const missing = value.trim() === '';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    const saved = await command(
      () => rpc.rules.save({ id: null, field, value: value.trim(), active: true }),
      { done: t('settings.saved') },
    );
    if (!saved) return;
    setValue('');
    setTried(false);
  }

  return (
    <form className={styles.inline} onSubmit={(event) => void submit(event)} noValidate>
      <Select
        label={t('settings.rules.fieldLabel')}
        value={field}
        options={fields.map((key) => ({ value: key, label: t(`settings.rules.field.${key}`) }))}
        onChange={(next) => {
          const found = fields.find((key) => key === next);
          if (found) setField(found);
        }}
      />
      <div className={styles.grow}>
        <Field
          label={t('settings.rules.value')}
          placeholder={t(`settings.rules.valueHint.${field}`)}
          value={value}
          onChange={setValue}
          maxLength={300}
          error={tried && missing ? t('settings.rules.noValue') : undefined}
        />
      </div>
      <Button type="submit">{t('settings.rules.add')}</Button>
    </form>
  );
}
