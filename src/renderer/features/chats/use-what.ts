import { useTranslation } from 'react-i18next';
import { useRuntimeText } from '../../lib/runtime-text.ts';

/** A word for what a message carries instead of text. */
export function useWhat(): (what: string) => string {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  return (what) => runtimeText(`chats.what.${what}`) ?? t('chats.what.other');
}
