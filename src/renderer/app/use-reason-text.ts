import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Why a service is unwell: the words of the connection test where there are some, else what core said. */
export function useReasonText(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (reason) => {
      for (const key of [`accountTest.${reason}`, `error.reason.${reason}`, `error.${reason}`]) {
        // Reasons come from core at run time; the catalogue decides whether it has words.
        if (i18n.exists(key)) return (i18n.t as (key: string) => string)(key);
      }
      return t('frame.health.reason', { reason });
    },
    [t, i18n],
  );
}
