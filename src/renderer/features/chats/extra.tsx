import { Copy, ExternalLink, MapPin, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { useDesk } from '../../lib/desk.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './extra.module.css';

type ExtraOf<Kind> = Extract<NonNullable<ChatMessage['extra']>, { readonly kind: Kind }>;

/** What a message carries that is no file. */
export function Extra({ extra }: { readonly extra: NonNullable<ChatMessage['extra']> }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  switch (extra.kind) {
    case 'location':
      return <Place extra={extra} />;
    case 'contact':
      return <Person extra={extra} />;
    case 'service':
      return null;
    case 'unsupported': {
      const what = runtimeText(`chats.what.${extra.what}`) ?? safeLine(extra.what);
      return <p className={styles.unsupported}>{t('chats.message.unsupported', { what })}</p>;
    }
  }
}

function Place({ extra }: { readonly extra: ExtraOf<'location'> }) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const copy = useCopy();
  const place = `${extra.latitude.toFixed(6)}, ${extra.longitude.toFixed(6)}`;
  const at = `${extra.latitude.toFixed(6)}&mlon=${extra.longitude.toFixed(6)}`;
  const url = `https://www.openstreetmap.org/?mlat=${at}#map=16/${extra.latitude.toFixed(5)}/${extra.longitude.toFixed(5)}`;
  return (
    <div className={styles.card}>
      <MapPin size={18} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <span>{safeLine(extra.title ?? '') || t('chats.media.place')}</span>
        <span className={styles.mono}>{place}</span>
        {extra.live ? <span className={styles.live}>{t('chats.media.live')}</span> : null}
      </div>
      <IconButton label={t('chats.media.copyPlace')} icon={<Copy size={16} />} onClick={() => copy(place)} />
      <IconButton
        label={t('chats.media.map')}
        icon={<ExternalLink size={16} />}
        onClick={() => void command(() => rpc.shell.openExternal({ url }))}
      />
    </div>
  );
}

function Person({ extra }: { readonly extra: ExtraOf<'contact'> }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const phone = safeLine(extra.phone);
  return (
    <div className={styles.card}>
      <UserRound size={18} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <span>{safeLine(extra.name)}</span>
        <span className={styles.mono}>{phone || t('chats.media.noPhone')}</span>
      </div>
      {phone === '' ? null : (
        <IconButton
          label={t('chats.media.copyPhone')}
          icon={<Copy size={16} />}
          onClick={() => copy(phone)}
        />
      )}
    </div>
  );
}
