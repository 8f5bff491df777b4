import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Party } from '../../../shared/domain/reaching.ts';
import styles from '../asset-picker.module.css';
import { useDesk } from '../desk.ts';
import { FoundPicker } from '../found-picker.tsx';

export type FoundParty = Party & { readonly name: string; readonly detail: string };

/** Somebody who can be reached, by words of the name, the firm or an address; emptied when somebody is picked. */
export function PartyPicker({
  label,
  except = [],
  autoFocus = false,
  onPick,
}: {
  readonly label: string;
  /** Never offered: those who are there already. */
  readonly except?: readonly Party[];
  readonly autoFocus?: boolean;
  readonly onPick: (party: FoundParty) => void;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const [picked, setPicked] = useState(0);
  const search = useCallback(
    async (text: string, signal: AbortSignal): Promise<readonly FoundParty[]> =>
      (await rpc.ladders.parties({ text, limit: 30 }, { signal })).parties,
    [rpc],
  );
  return (
    <FoundPicker
      key={picked}
      words={{
        field: label,
        list: t('ladders.party.list'),
        hint: t('ladders.party.hint'),
        none: t('ladders.party.none'),
      }}
      search={search}
      isOffered={(party) => !except.some((other) => isSame(party, other))}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      line={({ name, detail }) => (
        <>
          <span>{name}</span>
          <span className={styles.more}>{detail}</span>
        </>
      )}
      autoFocus={autoFocus || picked > 0}
      onPick={(party) => {
        setPicked(picked + 1);
        onPick(party);
      }}
    />
  );
}

function isSame(a: Party, b: Party): boolean {
  return a.kind === b.kind && a.id === b.id;
}
