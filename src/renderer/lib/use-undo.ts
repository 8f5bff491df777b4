import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../shared/errors.ts';
import { useDesk } from './desk.ts';
import { useErrorText } from './error-text.ts';

/** Takes back one step, or the latest of this page when none is named. */
export function useUndo(): (sequence?: number | null) => Promise<void> {
  const { rpc, toasts, undo } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();

  return useCallback(
    async (sequence = null) => {
      const steps = undo.store.getState().steps;
      const step = sequence === null ? steps.at(-1) : steps.find((other) => other.sequence === sequence);
      const target = sequence ?? step?.sequence;
      if (target === undefined) {
        toasts.show({ text: t('common.nothingToUndo') });
        return;
      }
      undo.drop(target);
      try {
        await rpc.incidents.undo({ sequence: target });
        toasts.show({ text: step?.text ? t('common.undoneWhat', { what: step.text }) : t('common.undone') });
      } catch (thrown) {
        toasts.show({ text: errorText(toAppError(thrown)), tone: 'error' });
      }
    },
    [rpc, toasts, undo, t, errorText],
  );
}
