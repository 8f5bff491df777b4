import { Mail, MessageCircle, MessageSquareText, Phone, Send, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReachChannel } from '../../../shared/domain/reaching.ts';
import styles from './notices.module.css';

const icons = {
  telegram: Send,
  email: Mail,
  sms: MessageSquareText,
  push: Smartphone,
  whatsapp: Phone,
  max: MessageCircle,
} as const;

export function ChannelIcon({
  channel,
  named = false,
}: {
  readonly channel: ReachChannel;
  /** The word stands beside it already. */
  readonly named?: boolean;
}) {
  const { t } = useTranslation();
  const Icon = icons[channel];
  const name = t(`ladders.channel.${channel}`);
  return named ? (
    <Icon size={13} className={styles.icon} aria-hidden="true" />
  ) : (
    <Icon size={13} className={styles.icon} role="img" aria-label={name}>
      <title>{name}</title>
    </Icon>
  );
}
