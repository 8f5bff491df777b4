import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FurtherAddress } from '../../shared/contract/common.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import styles from './addresses-field.module.css';
import { AddressMark } from './reach/address-mark.tsx';

const kinds = [
  'email',
  'phone',
  'telegram',
  'max',
  'whatsapp',
  'push',
  'other',
] as const satisfies readonly FurtherAddress['kind'][];

/** A line still being typed may be empty: only whole ones are saved. */
export function wholeAddresses(addresses: readonly FurtherAddress[]): FurtherAddress[] {
  return addresses
    .map(({ kind, value, note }) => ({ kind, value: value.trim(), note: note.trim() }))
    .filter(({ value }) => value !== '');
}

/** More ways to reach somebody, in the order they are tried. */
export function AddressesField({
  addresses,
  owner,
  onChange,
}: {
  readonly addresses: readonly FurtherAddress[];
  /** Whose they are; undefined while somebody new is entered. */
  readonly owner?: Party | undefined;
  readonly onChange: (addresses: readonly FurtherAddress[]) => void;
}) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<FurtherAddress>): void =>
    onChange(addresses.map((address, at) => (at === index ? { ...address, ...part } : address)));
  return (
    <fieldset className={styles.field}>
      <legend>{t('common.addresses.title')}</legend>
      {addresses.map((address, index) => (
        // Lines are told apart by their place: two may say the same while they are typed.
        <div key={index} className={styles.line}>
          <Select
            name={t('common.addresses.kind')}
            value={address.kind}
            options={kinds.map((value) => ({ value, label: t(`common.addresses.kinds.${value}`) }))}
            onChange={(value) => change(index, { kind: kinds.find((kind) => kind === value) ?? 'other' })}
          />
          <Field
            name={t('common.addresses.value')}
            value={address.value}
            onChange={(value) => change(index, { value })}
            maxLength={320}
            autoComplete="off"
          />
          <IconButton
            small
            label={t('common.addresses.remove', { value: address.value })}
            icon={<X size={14} />}
            onClick={() => onChange(addresses.filter((_, at) => at !== index))}
          />
          <Field
            name={t('common.addresses.note')}
            placeholder={t('common.addresses.note')}
            value={address.note}
            onChange={(note) => change(index, { note })}
            maxLength={200}
            autoComplete="off"
          />
          <AddressMark owner={owner} kind={address.kind} value={address.value} />
        </div>
      ))}
      {addresses.length < 20 ? (
        <Button
          kind="quiet"
          icon={<Plus size={14} />}
          onClick={() => onChange([...addresses, { kind: 'phone', value: '', note: '' }])}
        >
          {t('common.addresses.add')}
        </Button>
      ) : null}
    </fieldset>
  );
}
