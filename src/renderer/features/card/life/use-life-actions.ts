import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import type { CardData } from '../card-state.ts';
import type { AskCard } from './card-dialog.ts';

/** What a key or a click does to the incident's life, each with its words and its way back. */
export function useLifeActions(data: CardData, ask: AskCard) {
  const { rpc, reference, preferences, ticker } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const format = useFormat();
  const language = useStore(preferences.store, (state) => state.language);
  const { subtypes, repairPriorities } = useStore(reference);
  const { id, revision: expected, code } = data.row;
  const when = (at: number): string => format.when(at, ticker.second());

  return {
    setSubtype: (subtypeId: number | null) =>
      command(() => rpc.workflow.setSubtype({ id, expected, subtypeId }), {
        done:
          subtypeId === null
            ? t('workflow.done.noSubtype', { code })
            : t('workflow.done.subtype', { code, name: nameOf(subtypes.get(subtypeId), language) }),
      }),
    setRepairPriority: (repairPriorityId: number | null) =>
      command(() => rpc.workflow.setRepairPriority({ id, expected, repairPriorityId }), {
        done:
          repairPriorityId === null
            ? t('workflow.done.noRepairPriority', { code })
            : t('workflow.done.repairPriority', {
                code,
                name: nameOf(repairPriorities.get(repairPriorityId), language),
              }),
      }),
    /** Asks for what is missing, if anything is. */
    armAutoClose: (at: number) =>
      command(() => rpc.workflow.close({ id, expected, statusId: null }), {
        done: t('workflow.done.armed', { code, at: when(at) }),
        onError(error) {
          if (error.reason !== 'not-ready-to-close') return false;
          ask({ kind: 'closing', statusId: null });
          return true;
        },
      }),
    cancelAutoClose: () =>
      command(() => rpc.workflow.cancelAutoClose({ id, expected }), {
        done: t('workflow.done.disarmed', { code }),
      }),
    postpone: (until: number, reason: string) =>
      command(() => rpc.workflow.postpone({ id, expected, until, reason }), {
        done: t('workflow.done.postponed', { code, at: when(until) }),
      }),
    wake: () =>
      command(() => rpc.workflow.wake({ id, expected }), { done: t('workflow.done.woken', { code }) }),
    remind: (at: number, text: string) =>
      command(() => rpc.workflow.remind({ incidentId: id, at, text }), {
        done: t('workflow.done.reminder', { at: when(at) }),
      }),
  };
}

export type LifeActions = ReturnType<typeof useLifeActions>;
