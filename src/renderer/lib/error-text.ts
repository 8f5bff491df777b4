import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';

/** What happened, in the person's words: the sub-case when we have words for it, else the kind of failure. */
export function useErrorText(): (error: AppError) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error) => {
      const details: Record<string, unknown> = { ...error.details };
      // The sub-case comes from core at run time; the catalogue decides whether it has words.
      for (const group of ['error.reason', 'accountTest', 'telegramTrouble']) {
        const key = `${group}.${error.reason ?? ''}`;
        if (error.reason !== undefined && i18n.exists(key)) {
          return (i18n.t as (key: string, options: object) => string)(key, details);
        }
      }
      return t(`error.${error.code}`, { ref: details['ref'] ?? '' });
    },
    [t, i18n],
  );
}
