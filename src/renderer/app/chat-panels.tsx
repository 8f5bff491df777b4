import { ContactRound, Workflow } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../shared/contract/chats.ts';
import { ChatContact } from '../features/answer/chat-contact.tsx';
import { ChatRules } from '../features/answer/chat-rules.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Popover } from '../ui/popover.tsx';

/** In the head of a chat: whose it is, and what opens incidents here. */
export function ChatPanels({ chat }: { readonly chat: ChatRow }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel label={t('answer.contact.title')} icon={<ContactRound size={16} />} width={380}>
        <ChatContact chatId={chat.id} />
      </Panel>
      <Panel label={t('answer.rules.title')} icon={<Workflow size={16} />} width={440}>
        <ChatRules chatId={chat.id} />
      </Panel>
    </>
  );
}

function Panel({
  label,
  icon,
  width,
  children,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly width: number;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      width={width}
      target={<IconButton label={label} icon={icon} pressed={open} onClick={() => setOpen(!open)} />}
    >
      {children}
    </Popover>
  );
}
