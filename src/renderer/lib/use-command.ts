import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { useDesk } from './desk.ts';
import { useErrorText } from './error-text.ts';
import { useKeys } from './hotkeys.ts';
import { useUndo } from './use-undo.ts';

type Outcome = { readonly undo?: number | null };

/**
 * Runs a command and speaks about it: what was done with the way back, or what went wrong and that nothing changed.
 * Answers undefined after a failure.
 */
export function useCommand(): <T>(
  run: () => Promise<T>,
  words?: {
    readonly done?: string | ((value: T) => string) | undefined;
    /** Answers true when it has dealt with the failure itself. */
    readonly onError?: ((error: AppError) => boolean) | undefined;
  },
) => Promise<T | undefined> {
  const { toasts, undo } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();
  const keys = useKeys();
  const takeBack = useUndo();

  return useCallback(
    async (run, { done, onError } = {}) => {
      try {
        const value = await run();
        const text = typeof done === 'function' ? done(value) : done;
        const sequence = (value as Outcome | undefined)?.undo ?? null;
        if (sequence !== null) undo.push({ sequence, text: text ?? '' });
        if (text !== undefined) {
          const back = {
            label: t('common.undo'),
            keys: keys('undo'),
            onAction: () => void takeBack(sequence),
          };
          toasts.show({ text, actions: sequence === null ? [] : [back] });
        }
        return value;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!onError?.(error)) toasts.show({ text: errorText(error), tone: 'error' });
        return undefined;
      }
    },
    [toasts, undo, t, errorText, keys, takeBack],
  );
}
