import { useTranslation } from 'react-i18next';
import type { ChatMessage, ChatRow } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useUndo } from '../../lib/use-undo.ts';
import { useChatTitle } from './chat-title.ts';
import { mostSelected } from './selection.ts';

/** What a dispatcher does with messages, each with its words, the way back and the way on. */
export function useChatActions(onOpenIncident: (incidentId: number) => void) {
  const { rpc, toasts, undo } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const takeBack = useUndo();
  const errorText = useTelegramErrorText();
  const titleOf = useChatTitle();

  /** Telegram's words where there are some. */
  function refuse(error: Parameters<typeof errorText>[0]): boolean {
    toasts.show({ text: errorText(error), tone: 'error' });
    return true;
  }

  function tell(text: string, incidentId: number, sequence: number | null): void {
    if (sequence !== null) undo.push({ sequence, text });
    toasts.show({
      text,
      lastsMs: 12_000,
      actions: [
        { label: t('chats.incident.go'), onAction: () => onOpenIncident(incidentId) },
        ...(sequence === null
          ? []
          : [{ label: t('common.undo'), keys: keys('undo'), onAction: () => void takeBack(sequence) }]),
      ],
    });
  }

  /** Those that Telegram has, in their order; undefined, with a word, when nothing can be done. */
  function taken(messages: readonly ChatMessage[]): number[] | undefined {
    const ready = messages.filter(({ serverId, extra }) => serverId !== null && extra?.kind !== 'service');
    if (ready.length > 0 && ready.length <= mostSelected) return ready.map(({ id }) => id);
    const why =
      ready.length > mostSelected
        ? t('chats.select.tooMany', { count: mostSelected })
        : t(messages.length === 0 ? 'chats.select.none' : 'chats.select.waiting');
    toasts.show({ text: why });
    return undefined;
  }

  return {
    taken,
    async openIncident(messages: readonly ChatMessage[]): Promise<boolean> {
      const messageIds = taken(messages);
      if (!messageIds) return false;
      const opened = await command(() => rpc.chats.openIncident({ messageIds }), { onError: refuse });
      if (!opened) return false;
      const { incidentId, code, undo: sequence } = opened;
      tell(t('chats.incident.opened', { code }), incidentId, sequence);
      return true;
    },
    async joinIncident(
      messages: readonly ChatMessage[],
      incident: { readonly id: number; readonly code: string },
    ): Promise<boolean> {
      const messageIds = taken(messages);
      if (!messageIds) return false;
      const done = await command(() => rpc.chats.joinIncident({ messageIds, incidentId: incident.id }), {
        onError: refuse,
      });
      if (!done) return false;
      const { code } = incident;
      const text =
        done.joined === 0
          ? t('chats.incident.joinedNone', { code })
          : t('chats.incident.joined', { count: done.joined, code });
      tell(text, incident.id, done.undo);
      return true;
    },
    async markRead(chat: ChatRow, upTo: ChatMessage | undefined): Promise<void> {
      if (!upTo) return;
      await command(() => rpc.chats.markRead({ id: chat.id, upTo: upTo.id }), {
        done: t('chats.read.done', { title: titleOf(chat) }),
        onError: refuse,
      });
    },
  };
}
