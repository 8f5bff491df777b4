import { useTranslation } from 'react-i18next';

/** Reasons come from core at run time; one without words is shown as it is, never hidden. */
export function useReasonText(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    const key = `quarantine.reason.${reason}`;
    return i18n.exists(key)
      ? (i18n.t as (key: string) => string)(key)
      : t('quarantine.reason.unknown', { reason });
  };
}
