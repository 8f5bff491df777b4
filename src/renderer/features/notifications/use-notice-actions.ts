import { useTranslation } from 'react-i18next';
import type { SeveralOutcome } from '../../../shared/contract/notifications.ts';
import { useDesk } from '../../lib/desk.ts';
import { useWhy } from '../../lib/notices/step-words.ts';
import { useCommand } from '../../lib/use-command.ts';

export type NoticeActions = {
  resend(ids: readonly number[]): Promise<boolean>;
  cancel(ids: readonly number[]): Promise<boolean>;
  acknowledge(ids: readonly number[]): Promise<boolean>;
};

/** What is done to one or to several; whatever could not be done is told with its reason. */
export function useNoticeActions(): NoticeActions {
  const { t } = useTranslation();
  const { rpc, toasts } = useDesk();
  const command = useCommand();
  const why = useWhy();

  async function run(ask: () => Promise<SeveralOutcome>, done: (count: number) => string): Promise<boolean> {
    const outcome = await command(ask);
    if (!outcome) return false;
    if (outcome.done > 0) toasts.show({ text: done(outcome.done) });
    const [first] = outcome.refused;
    if (first) {
      const text = t('notifications.actions.refused', {
        count: outcome.refused.length,
        why: why(first.reason),
      });
      toasts.show({ text, tone: 'error' });
    }
    return true;
  }

  return {
    resend: (ids) =>
      run(
        () => rpc.notifications.resend({ ids: [...ids] }),
        (count) => t('notifications.actions.resent', { count }),
      ),
    cancel: (ids) =>
      run(
        () => rpc.notifications.cancel({ ids: [...ids] }),
        (count) => t('notifications.actions.cancelled', { count }),
      ),
    acknowledge: (ids) =>
      run(
        () => rpc.notifications.acknowledge({ ids: [...ids] }),
        (count) => t('notifications.actions.acknowledged', { count }),
      ),
  };
}
