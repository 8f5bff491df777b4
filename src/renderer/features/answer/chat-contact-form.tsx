import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/contract/chats.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import styles from './panels.module.css';

export type NewContact = Omit<Contact, 'id' | 'chatIds'>;

const kinds = ['applicant', 'contractor', 'technician'] as const;

/** Somebody the directory does not know yet; what the chat is called is a good beginning. */
export function ContactForm({
  name,
  organisation,
  onCreate,
  onCancel,
}: {
  readonly name: string;
  readonly organisation: string;
  readonly onCreate: (contact: NewContact) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState<NewContact>({
    kind: organisation === '' ? 'applicant' : 'contractor',
    name: name || organisation,
    organisation,
    phone: '',
    email: '',
    note: '',
    addresses: [],
    active: true,
  });
  const [tried, setTried] = useState(false);
  const set = (part: Partial<NewContact>): void => setForm({ ...form, ...part });
  const isMissing = form.name.trim() === '';

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isMissing) void onCreate(form);
      }}
    >
      <Segmented
        label={t('answer.contact.kind')}
        value={form.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`answer.contact.kinds.${kind}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <Field
        label={t('answer.contact.name')}
        value={form.name}
        onChange={(value) => set({ name: value })}
        error={tried && isMissing ? t('answer.contact.needName') : undefined}
        maxLength={200}
        autoFocus
      />
      <Field
        label={t('answer.contact.organisation')}
        value={form.organisation}
        onChange={(value) => set({ organisation: value })}
        maxLength={200}
      />
      <div className={styles.pair}>
        <Field
          label={t('answer.contact.phone')}
          kind="tel"
          value={form.phone}
          onChange={(phone) => set({ phone })}
          maxLength={40}
        />
        <Field
          label={t('answer.contact.email')}
          kind="email"
          value={form.email}
          onChange={(email) => set({ email })}
          maxLength={320}
        />
      </div>
      <Field
        label={t('answer.contact.note')}
        value={form.note}
        onChange={(note) => set({ note })}
        maxLength={2000}
      />
      <div className={styles.end}>
        <Button kind="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" kind="primary">
          {t('answer.contact.submit')}
        </Button>
      </div>
    </form>
  );
}
