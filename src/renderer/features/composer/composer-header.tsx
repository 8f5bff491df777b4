import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/contract/letters.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './composer.module.css';
import type { Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

const accountKinds = ['account'] as const;
const loadAccounts = (rpc: Rpc, signal: AbortSignal) => rpc.accounts.list({}, { signal });

/** What kind of letter it is, from which mailbox, and whether it is saved. */
export function ComposerHeader({
  composer,
  slotKey,
  slot,
  draft,
  onClose,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly slot: Slot;
  readonly draft: Draft;
  readonly onClose: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useServerData(loadAccounts, accountKinds);
  const accounts = (data?.accounts ?? []).filter(
    (account) => account.enabled || account.id === draft.accountId,
  );
  const saved =
    slot.saving === 'saved'
      ? slot.savedAt === undefined
        ? ''
        : t('composer.save.saved', { time: format.clock(slot.savedAt) })
      : t(`composer.save.${slot.saving}`);

  return (
    <header className={styles.header}>
      <h3 className={styles.mode}>{t(`composer.title.${draft.mode}`)}</h3>
      {accounts.length > 1 ? (
        <div className={styles.account}>
          <Select
            name={t('composer.from')}
            value={draft.accountId === null ? null : String(draft.accountId)}
            options={accounts.map((account) => ({ value: String(account.id), label: account.address }))}
            onChange={(value) => {
              if (value !== null) composer.edit(slotKey, { accountId: Number(value) });
            }}
          />
        </div>
      ) : null}
      <span className={styles.saved} data-failed={slot.saving === 'failed'}>
        {saved}
      </span>
      {onClose ? (
        <IconButton small label={t('composer.close')} icon={<X size={14} />} onClick={onClose} />
      ) : null}
    </header>
  );
}
