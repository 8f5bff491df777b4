import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import styles from '../settings.module.css';
import { ItemFields } from './item-fields.tsx';
import type { ItemForm } from './item-form.ts';

/** One item beside its list. `children` are the fields only this kind has. */
export function ItemSide<Form extends ItemForm>({
  form,
  title,
  onForm,
  onSave,
  onClose,
  valid = true,
  lasting = false,
  children,
}: {
  readonly form: Form;
  readonly title: string;
  readonly onForm: (form: Form) => void;
  readonly onSave: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly valid?: boolean;
  /** It cannot be hidden. */
  readonly lasting?: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const command = useCommand();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!valid || form.name.trim() === '' || form.nameEn.trim() === '') return;
    setBusy(true);
    const saved = await command(onSave, { done: t('settings.saved') });
    setBusy(false);
    if (saved !== undefined) onClose();
  }

  return (
    <aside
      className={styles.side}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <h2 className={styles.heading}>{title}</h2>
      <form className={styles.fields} onSubmit={(event) => void submit(event)} noValidate>
        <ItemFields form={form} onForm={onForm} tried={tried} lasting={lasting} />
        {children}
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" busy={busy}>
            {t('settings.save')}
          </Button>
          <Button onClick={onClose}>{t('settings.cancel')}</Button>
        </div>
      </form>
    </aside>
  );
}
