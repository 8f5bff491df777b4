import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../shared/contract/workflow.ts';
import { useDesk, type Rpc } from './desk.ts';
import { useServerData } from './server-data.ts';
import { useCommand } from './use-command.ts';

const kinds = ['personal'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.workflow.reminders({}, { signal });

/** One's own that are not done, the nearest first. */
export function useReminders(): {
  readonly reminders: readonly Reminder[];
  readonly finish: (reminder: Reminder) => void;
} {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const { data } = useServerData(load, kinds);
  return {
    reminders: data?.reminders ?? [],
    finish: ({ id }) =>
      void command(() => rpc.workflow.finishReminder({ id }), { done: t('workflow.done.reminderDone') }),
  };
}
