import { useTranslation } from 'react-i18next';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './history.module.css';

/** Somebody joined, the title changed: who, what and with what, said in passing. */
export function ServiceLine({ message }: { readonly message: ChatMessage }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const format = useFormat();
  if (message.extra?.kind !== 'service') return null;
  const { what, text } = message.extra;
  const words = runtimeText(`chats.service.${what}`) ?? t('chats.service.other');
  const said = [message.out ? t('chats.you') : safeLine(message.sender), words].filter(Boolean).join(' · ');
  return (
    <p className={styles.service} title={format.full(message.sentAt)}>
      {text === '' ? said : `${said}: ${safeLine(text)}`}
    </p>
  );
}
