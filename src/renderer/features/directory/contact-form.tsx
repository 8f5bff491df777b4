import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/contract/chats.ts';
import { AddressesField, wholeAddresses } from '../../lib/addresses-field.tsx';
import { useDesk } from '../../lib/desk.ts';
import { AddressMark } from '../../lib/reach/address-mark.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { contactKinds } from './contact-kinds.ts';
import styles from './directory.module.css';

const emptyContact: Omit<Contact, 'id' | 'chatIds'> = {
  kind: 'applicant',
  name: '',
  organisation: '',
  phone: '',
  email: '',
  note: '',
  addresses: [],
  active: true,
};

export function ContactForm({
  contact,
  onSaved,
  onClose,
}: {
  readonly contact: Contact | undefined;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [form, setForm] = useState(() => (contact ? fieldsOf(contact) : emptyContact));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const owner = contact && ({ kind: 'contact', id: contact.id } as const);
  const noName = form.name.trim() === '';
  const badEmail = form.email.trim() !== '' && !/^\S+@\S+$/.test(form.email.trim());
  const text = (key: 'name' | 'organisation' | 'phone' | 'email') => ({
    label: t(`directory.form.${key}`),
    value: form[key],
    onChange: (value: string) => setForm({ ...form, [key]: value }),
    autoComplete: 'off' as const,
  });

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (noName || badEmail) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    const saved = await command(
      () =>
        rpc.directory.save({
          ...form,
          addresses: wholeAddresses(form.addresses),
          ...(contact ? { id: contact.id } : {}),
        }),
      { done: t('directory.form.saved') },
    );
    setBusy(false);
    if (saved) onSaved(saved.id);
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Segmented
        label={t('directory.form.kind')}
        value={form.kind}
        options={contactKinds.map((value) => ({ value, label: t(`directory.kind.${value}`) }))}
        onChange={(kind) => setForm({ ...form, kind })}
      />
      <Field
        {...text('name')}
        error={tried && noName ? t('directory.form.noName') : undefined}
        maxLength={200}
        autoFocus={contact === undefined}
      />
      <Field {...text('organisation')} maxLength={200} />
      <Field {...text('phone')} kind="tel" maxLength={40} />
      <AddressMark owner={owner} kind="phone" value={form.phone} />
      <Field
        {...text('email')}
        kind="email"
        error={tried && badEmail ? t('directory.form.badEmail') : undefined}
        maxLength={320}
      />
      <AddressMark owner={owner} kind="email" value={form.email} />
      <AddressesField
        addresses={form.addresses}
        owner={owner}
        onChange={(addresses) => setForm({ ...form, addresses: [...addresses] })}
      />
      <TextArea
        label={t('directory.form.note')}
        description={t('directory.form.noteHint')}
        value={form.note}
        onChange={(note) => setForm({ ...form, note })}
        maxLength={2000}
      />
      <Switch
        label={t('directory.form.active')}
        description={t('directory.form.activeHint')}
        checked={form.active}
        onChange={(active) => setForm({ ...form, active })}
      />
      <div className={styles.formActions}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('directory.form.save')}
        </Button>
        <Button onClick={onClose}>{t('directory.form.cancel')}</Button>
      </div>
    </form>
  );
}

function fieldsOf({ id: _id, chatIds: _chatIds, ...fields }: Contact) {
  return fields;
}
