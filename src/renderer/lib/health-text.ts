import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Unwell = {
  readonly reason: string;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
};

/** Why a service or a mailbox is unwell and what to do; a reason without words is shown as it is, never hidden. */
export function useHealthText(): (unwell: Unwell) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ reason, facts }) => {
      for (const key of [`frame.health.why.${reason}`, `accountTest.${reason}`, `error.reason.${reason}`]) {
        // Reasons come from core at run time; the catalogue decides whether it has words.
        if (i18n.exists(key)) return (i18n.t as (key: string, facts: object) => string)(key, { ...facts });
      }
      return t('frame.health.why.other', { reason });
    },
    [t, i18n],
  );
}
