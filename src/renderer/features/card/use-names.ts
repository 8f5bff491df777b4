import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import type { Names } from './event-writer.ts';

/** Names of what the journal knows by number. */
export function useNames(): Names {
  const { reference, people, preferences } = useDesk();
  const { t } = useTranslation();
  const language = useStore(preferences.store, (state) => state.language);
  const { statuses, types, subtypes, repairPriorities, clocks } = useStore(reference);
  const everyone = useStore(people, (state) => state.people);
  return useMemo(
    () => ({
      status: (id) => nameOf(statuses.get(id ?? 0), language),
      type: (id) => nameOf(types.get(id ?? 0), language),
      subtype: (id) => nameOf(subtypes.get(id ?? 0), language),
      repairPriority: (id) => nameOf(repairPriorities.get(id ?? 0), language),
      clock: (kind) => nameOf(clocks.get(kind), language) || kind,
      person: (id) => everyone.get(id ?? 0)?.name ?? t('card.nobody'),
    }),
    [statuses, types, subtypes, repairPriorities, clocks, everyone, language, t],
  );
}
