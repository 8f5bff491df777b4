import { useTranslation } from 'react-i18next';
import { useRuntimeText } from '../../lib/runtime-text.ts';

/** A reason without words is shown as it is, never hidden. */
export function useReasonText(): (reason: string) => string {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  return (reason) => runtimeText(`quarantine.reason.${reason}`) ?? t('quarantine.reason.unknown', { reason });
}
