import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { toAppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import type { ChatSource } from './chat-source.ts';
import type { HistoryHandle } from './history.tsx';

/** To a message by its row: where it stands now, or through a window around it. */
export function useJump({
  source,
  historyRef,
  messages,
  messageId,
  lost,
}: {
  readonly source: ChatSource;
  readonly historyRef: RefObject<HistoryHandle | null>;
  readonly messages: readonly ChatMessage[];
  /** The one the address names. */
  readonly messageId: number | null;
  /** It is not stored here. */
  readonly lost: boolean;
}): (id: number) => void {
  const { toasts } = useDesk();
  const { t } = useTranslation();
  const wanted = useRef(messageId);
  const asked = useRef(messageId);

  const jump = useCallback(
    (id: number): void => {
      if (historyRef.current?.reveal(id)) return;
      wanted.current = id;
      source.show(id).catch((thrown: unknown) => {
        wanted.current = null;
        const isMissing = toAppError(thrown).code === 'not-found';
        const text = t(isMissing ? 'chats.history.notStored' : 'chats.history.failed');
        toasts.show({ text, tone: 'error' });
      });
    },
    [source, historyRef, toasts, t],
  );

  useEffect(() => {
    if (messageId === asked.current) return;
    asked.current = messageId;
    if (messageId !== null) jump(messageId);
  }, [messageId, jump]);

  useLayoutEffect(() => {
    if (wanted.current !== null && historyRef.current?.reveal(wanted.current)) wanted.current = null;
  }, [messages, historyRef]);

  useEffect(() => {
    if (!lost) return;
    wanted.current = null;
    toasts.show({ text: t('chats.history.notStored'), tone: 'error' });
  }, [lost, toasts, t]);

  return jump;
}
