import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressState } from '../../../shared/contract/ladders.ts';
import { channelOfKind, type AddressKind } from '../../../shared/domain/address-key.ts';
import type { Party } from '../../../shared/domain/reaching.ts';
import { Popover } from '../../ui/popover.tsx';
import { useDesk, type Rpc } from '../desk.ts';
import { useServerData } from '../server-data.ts';
import { useFormat } from '../use-format.ts';
import styles from './address-mark.module.css';
import { VerifyAddress } from './verify-address.tsx';

const kinds = ['route', 'contact', 'person'] as const;

/** What is known of an address, beside the field it is edited in; opens to its verification. */
export function AddressMark({
  owner,
  kind,
  value,
}: {
  /** undefined while they are being entered. */
  readonly owner: Party | undefined;
  readonly kind: AddressKind;
  readonly value: string;
}) {
  const trimmed = value.trim();
  return trimmed === '' || owner === undefined ? null : <Mark owner={owner} kind={kind} value={trimmed} />;
}

function Mark({
  owner,
  kind,
  value,
}: {
  readonly owner: Party;
  readonly kind: AddressKind;
  readonly value: string;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) =>
      rpc.ladders.addressStates({ addresses: [{ kind, value }] }, { signal }),
    [kind, value],
  );
  const { data } = useServerData(load, kinds);
  const words = useMarkWords();
  const state = data?.states[0];
  if (!state || channelOfKind[kind] === null) return null;
  const { text, tone, shape } = words(state);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label={t('ladders.address.more', { value })}
      position="bottom-start"
      target={
        <button
          type="button"
          className={styles.mark}
          data-tone={tone}
          aria-label={`${t('ladders.address.more', { value })}. ${text}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-hidden="true">{shape}</span> {text}
        </button>
      }
    >
      <VerifyAddress owner={owner} state={state} />
    </Popover>
  );
}

function useMarkWords() {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const format = useFormat();
  return ({ deadAt, verifiedAt }: AddressState) => {
    if (deadAt !== null) return { tone: 'bad', shape: '✕', text: t('ladders.address.dead') };
    if (verifiedAt !== null) {
      const when = format.short(verifiedAt, ticker.second());
      return { tone: 'good', shape: '✓', text: t('ladders.address.verified', { when }) };
    }
    return { tone: 'calm', shape: '◦', text: t('ladders.address.verify') };
  };
}
