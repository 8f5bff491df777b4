import { useTranslation } from 'react-i18next';

/** Words for a key that core names at run time; undefined when the catalogue has none. */
export function useRuntimeText(): (key: string) => string | undefined {
  const { i18n } = useTranslation();
  return (key) => (i18n.exists(key) ? (i18n.t as (key: string) => string)(key) : undefined);
}
