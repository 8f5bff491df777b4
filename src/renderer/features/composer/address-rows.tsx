import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, Recipients } from '../../../shared/contract/letters.ts';
import { useDesk } from '../../lib/desk.ts';
import { Button } from '../../ui/button.tsx';
import { AddressField } from './address-field.tsx';
import styles from './composer.module.css';
import type { Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';
import { SubjectField } from './subject-field.tsx';

const fields = ['to', 'cc', 'bcc'] as const;

/** To, subject, and the copies when there are some or somebody asks for them. */
export function AddressRows({
  composer,
  slotKey,
  slot,
  draft,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly slot: Slot;
  readonly draft: Draft;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const [copiesWanted, setCopiesWanted] = useState(false);
  const { recipients } = draft;
  const copies = copiesWanted || recipients.cc.length + recipients.bcc.length > 0;
  const complete = useCallback(
    async (text: string, signal: AbortSignal) =>
      (await rpc.drafts.completeAddress({ text: text.slice(0, 100) }, { signal })).addresses,
    [rpc],
  );

  function change(field: keyof Recipients, addresses: Recipients['to']): void {
    composer.edit(slotKey, { recipients: { ...recipients, [field]: addresses } });
  }

  return (
    <div className={styles.addresses}>
      {fields
        .filter((field) => field === 'to' || copies)
        .map((field) => (
          <AddressField
            key={field}
            label={t(`composer.${field}`)}
            addresses={recipients[field]}
            loose={slot.loose[field]}
            onAddresses={(addresses) => change(field, addresses)}
            onLoose={(text) => composer.editLoose(slotKey, { [field]: text })}
            complete={complete}
            focusAsked={field === 'to' && recipients.to.length === 0 ? slot.focusAsked : 0}
          />
        ))}
      {copies ? null : (
        <div className={styles.copies}>
          <Button kind="quiet" onClick={() => setCopiesWanted(true)}>
            {t('composer.showCopies')}
          </Button>
        </div>
      )}
      <SubjectField value={draft.subject} onChange={(subject) => composer.edit(slotKey, { subject })} />
    </div>
  );
}
