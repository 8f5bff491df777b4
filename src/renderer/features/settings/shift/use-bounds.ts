import { useTranslation } from 'react-i18next';
import { silenceBounds } from '../../../../shared/contract/shift.ts';
import type { Option } from '../../../ui/select.tsx';

/** How improbable a silence must be, in words. */
export function useBounds(): readonly Option[] {
  const { t } = useTranslation();
  const words = {
    0.15: t('shift.settings.bounds.b015'),
    0.05: t('shift.settings.bounds.b005'),
    0.01: t('shift.settings.bounds.b001'),
    0.001: t('shift.settings.bounds.b0001'),
  } as const;
  return silenceBounds.map((bound) => ({ value: String(bound), label: words[bound] }));
}
