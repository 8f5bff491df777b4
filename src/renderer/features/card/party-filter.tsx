import { useTranslation } from 'react-i18next';
import { audiences, type Party } from '../../../shared/domain/letter-parties.ts';
import { Segmented } from '../../ui/segmented.tsx';
import type { TimelineEntry } from './card-state.ts';
import styles from './timeline.module.css';

export type PartyChoice = Party | 'all';

/** Contractors' threads stand beside the applicant's; where there is only one there is nothing to choose. */
export function PartyFilter({
  entries,
  choice,
  onChoose,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly choice: PartyChoice;
  readonly onChoose: (choice: PartyChoice) => void;
}) {
  const { t } = useTranslation();
  const parties = partiesOf(entries);
  if (parties.length < 2 && choice === 'all') return null;
  return (
    <div className={styles.parties}>
      <Segmented<PartyChoice>
        label={t('lettersOut.filter')}
        value={choice}
        options={(['all', ...parties] as const).map((value) => ({
          value,
          label: t(`lettersOut.party.${value}`),
        }))}
        onChange={onChoose}
      />
    </div>
  );
}

export function ofParty(entries: readonly TimelineEntry[], choice: PartyChoice): readonly TimelineEntry[] {
  if (choice === 'all') return entries;
  return entries.filter((entry) => entry.kind === 'message' && entry.party === choice);
}

function partiesOf(entries: readonly TimelineEntry[]): readonly Party[] {
  const seen = new Set(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.party] : [])));
  return audiences.filter((party) => seen.has(party));
}
