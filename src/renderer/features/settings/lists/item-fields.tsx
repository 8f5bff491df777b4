import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from '../settings.module.css';
import type { ItemForm } from './item-form.ts';

/** Name in both languages, order, and whether it is still offered. */
export function ItemFields<Form extends ItemForm>({
  form,
  onForm,
  tried,
  lasting,
}: {
  readonly form: Form;
  readonly onForm: (form: Form) => void;
  readonly tried: boolean;
  readonly lasting: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Field
        label={t('settings.lists.name')}
        value={form.name}
        maxLength={120}
        autoFocus
        onChange={(name) => onForm({ ...form, name })}
        error={tried && form.name.trim() === '' ? t('settings.lists.noName') : undefined}
      />
      <Field
        label={t('settings.lists.nameEn')}
        value={form.nameEn}
        maxLength={120}
        onChange={(nameEn) => onForm({ ...form, nameEn })}
        error={tried && form.nameEn.trim() === '' ? t('settings.lists.noName') : undefined}
      />
      <Field
        label={t('settings.lists.position')}
        kind="number"
        value={String(form.position)}
        onChange={(text) => {
          const position = Number(text);
          if (Number.isInteger(position)) onForm({ ...form, position });
        }}
      />
      <Switch
        label={t('settings.lists.active')}
        checked={form.active}
        disabled={lasting}
        onChange={(active) => onForm({ ...form, active })}
      />
    </div>
  );
}
