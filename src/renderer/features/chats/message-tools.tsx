import { CornerUpLeft, Ellipsis, Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { safeText } from '../../lib/safe-text.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useHand } from './chat-hand.ts';
import styles from './message.module.css';

/** Beside the message under the hand: the two things done most, and the rest. */
export function MessageTools({ messages }: { readonly messages: readonly [ChatMessage, ...ChatMessage[]] }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const hand = useHand();
  const copy = useCopy();
  const [isOpen, setOpen] = useState(false);
  const [message] = messages;
  const text = messages
    .map((one) => one.text)
    .join('\n')
    .trim();
  const hasLeft = message.serverId !== null;
  return (
    <div className={styles.tools} data-open={isOpen || undefined}>
      {hasLeft ? (
        <>
          <IconButton
            small
            label={t('chats.message.answer')}
            keys={keys('reply')}
            icon={<CornerUpLeft size={14} />}
            onClick={() => hand.answer(message)}
          />
          <IconButton
            small
            label={t('chats.message.open')}
            keys={keys('chatIncident')}
            icon={<Siren size={14} />}
            onClick={() => hand.openIncident(messages)}
          />
        </>
      ) : null}
      <Menu
        open={isOpen}
        onOpenChange={setOpen}
        target={
          <IconButton
            small
            label={t('chats.message.actions')}
            icon={<Ellipsis size={14} />}
            onClick={() => setOpen(!isOpen)}
          />
        }
        items={[
          ...(hasLeft
            ? [
                {
                  key: 'join',
                  label: t('chats.message.join'),
                  keys: keys('chatJoin'),
                  onSelect: () => hand.joinIncident(messages),
                },
                ...(message.out
                  ? []
                  : [
                      {
                        key: 'read',
                        label: t('chats.message.readTo'),
                        onSelect: () => hand.readUpTo(messages.at(-1) ?? message),
                      },
                    ]),
              ]
            : []),
          {
            key: 'select',
            label: t('chats.message.select'),
            keys: keys('chatSelect'),
            onSelect: () => hand.select(message.id),
          },
          ...(text === ''
            ? []
            : [{ key: 'copy', label: t('chats.message.copy'), onSelect: () => copy(safeText(text)) }]),
        ]}
      />
    </div>
  );
}
