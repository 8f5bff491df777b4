import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from './desk.ts';

/** Puts a text on the clipboard and says so, or shows it to be copied by hand where the browser does not allow it. */
export function useCopy(): (text: string) => void {
  const { toasts } = useDesk();
  const { t } = useTranslation();
  return useCallback(
    (text) => {
      const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
      copied.then(
        () => toasts.show({ text: t('common.copied'), detail: text }),
        () => toasts.show({ text: t('common.notCopied'), detail: text, tone: 'error' }),
      );
    },
    [toasts, t],
  );
}
