import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { pausingStatus } from '../../../../shared/domain/clock-state.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';

/** Why a clock stands: what a person wrote, or the status that holds it. */
export function useReason(): (reason: string | null) => string {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const statuses = useStore(reference, (state) => state.statuses);
  return (reason) => {
    const statusId = pausingStatus(reason);
    if (statusId === undefined) return reason ?? '';
    return t('clocks.heldBy', { name: nameOf(statuses.get(statusId), language) });
  };
}
