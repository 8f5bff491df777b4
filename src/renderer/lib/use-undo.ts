import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../shared/errors.ts';
import { useDesk } from './desk.ts';
import { useErrorText } from './error-text.ts';

/** Takes back one step, or the latest of this page when none is named; what was taken back can be put back. */
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
      const takeBack = async (wanted: number, what: string, isBack: boolean): Promise<void> => {
        try {
          const { undo: back, refused } = await rpc.incidents.undo({ sequence: wanted });
          const text = isBack
            ? t('common.redone')
            : what
              ? t('common.undoneWhat', { what })
              : t('common.undone');
          const codes = refused.map(({ code }) => code).join(', ');
          toasts.show({
            text: codes ? t('notes.undo.partly', { text, codes }) : text,
            actions:
              back === null
                ? []
                : [
                    {
                      label: t(isBack ? 'notes.undo.action' : 'notes.undo.back'),
                      onAction: () => void takeBack(back, what, !isBack),
                    },
                  ],
          });
        } catch (thrown) {
          toasts.show({ text: errorText(toAppError(thrown)), tone: 'error' });
        }
      };
      await takeBack(target, step?.text ?? '', false);
    },
    [rpc, toasts, undo, t, errorText],
  );
}
