import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';

/** The chat's name as it may stand on the page; the account's own chat has ours. */
export function useChatTitle(): (row: Pick<ChatRow, 'title' | 'isSelf'>) => string {
  const { t } = useTranslation();
  return (row) => (row.isSelf ? t('chats.self') : safeLine(row.title) || t('chats.what.other'));
}
