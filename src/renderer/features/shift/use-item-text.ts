import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HandoverItem } from '../../../shared/contract/shift.ts';
import { useDesk } from '../../lib/desk.ts';
import { useHealthText } from '../../lib/health-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { itemText } from './item-text.ts';

export function useItemText(): (item: HandoverItem) => string {
  const { preferences, ticker } = useDesk();
  const { t } = useTranslation();
  const format = useFormat();
  const healthText = useHealthText();
  const language = useStore(preferences.store, (state) => state.language);
  return (item) => itemText(item, { t, format, now: ticker.second(), healthText, language });
}
