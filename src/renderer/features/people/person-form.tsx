import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/contract/session.ts';
import { AddressesField, wholeAddresses } from '../../lib/addresses-field.tsx';
import { useDesk } from '../../lib/desk.ts';
import { AddressMark } from '../../lib/reach/address-mark.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './people.module.css';

export function PersonForm({
  person,
  onSaved,
  onClose,
}: {
  readonly person: Person | undefined;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [form, setForm] = useState({
    name: person?.name ?? '',
    role: person?.role ?? ('dispatcher' as const),
    email: person?.email ?? '',
    phone: person?.phone ?? '',
    addresses: person?.addresses ?? [],
    active: person?.active ?? true,
    pin: '',
    removePin: false,
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const owner = person && ({ kind: 'person', id: person.id } as const);
  const noName = form.name.trim() === '';
  const badPin = form.pin !== '' && !/^\d{4,12}$/.test(form.pin);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (noName || badPin) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const { pin, removePin, ...rest } = form;
    const newPin = pin !== '' ? pin : removePin ? null : undefined;
    setBusy(true);
    const saved = await command(
      () =>
        rpc.people.save({
          ...rest,
          addresses: wholeAddresses(rest.addresses),
          ...(person ? { id: person.id } : {}),
          ...(newPin === undefined ? {} : { pin: newPin }),
        }),
      { done: t('people.form.saved') },
    );
    setBusy(false);
    if (saved) onSaved(saved.id);
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field
        label={t('people.form.name')}
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
        error={tried && noName ? t('people.form.noName') : undefined}
        maxLength={120}
        autoFocus={person === undefined}
        autoComplete="off"
      />
      <Segmented
        label={t('people.form.role')}
        value={form.role}
        options={[
          { value: 'dispatcher', label: t('people.role.dispatcher') },
          { value: 'lead', label: t('people.role.lead') },
        ]}
        onChange={(role) => setForm({ ...form, role })}
      />
      <Field
        label={t('people.form.email')}
        kind="email"
        value={form.email}
        onChange={(email) => setForm({ ...form, email })}
        autoComplete="off"
      />
      <AddressMark owner={owner} kind="email" value={form.email} />
      <Field
        label={t('people.form.phone')}
        kind="tel"
        value={form.phone}
        onChange={(phone) => setForm({ ...form, phone })}
        autoComplete="off"
      />
      <AddressMark owner={owner} kind="phone" value={form.phone} />
      <AddressesField
        addresses={form.addresses}
        owner={owner}
        onChange={(addresses) => setForm({ ...form, addresses: [...addresses] })}
      />
      <Field
        label={t('people.form.pin')}
        kind="password"
        inputMode="numeric"
        value={form.pin}
        onChange={(pin) => setForm({ ...form, pin })}
        description={t(person?.hasPin ? 'people.form.pinKeep' : 'people.form.pinHint')}
        error={badPin && (tried || form.pin.length > 3) ? t('people.form.badPin') : undefined}
        maxLength={12}
        autoComplete="new-password"
      />
      {person?.hasPin ? (
        <Checkbox
          label={t('people.form.removePin')}
          checked={form.removePin}
          onChange={(removePin) => setForm({ ...form, removePin })}
          disabled={form.pin !== ''}
        />
      ) : null}
      <Switch
        label={t('people.form.active')}
        description={t('people.form.activeHint')}
        checked={form.active}
        onChange={(active) => setForm({ ...form, active })}
      />
      <div className={styles.formActions}>
        <Button kind="primary" type="submit" busy={busy}>
          {t('people.form.save')}
        </Button>
        <Button onClick={onClose}>{t('people.form.cancel')}</Button>
      </div>
    </form>
  );
}
