import { Copy, MapPin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { CardData } from './card-state.ts';
import styles from './facts.module.css';

/** Five digits after the point are a metre. */
const digits = 5;

/** Where it is, by a place that was sent or a photo that knows it: to be copied, or looked at on a map outside. */
export function CoordinatesFact({
  coordinates,
}: {
  readonly coordinates: NonNullable<CardData['coordinates']>;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const copy = useCopy();
  const latitude = coordinates.latitude.toFixed(digits);
  const longitude = coordinates.longitude.toFixed(digits);
  const text = `${latitude}, ${longitude}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;

  return (
    <>
      <dt>{t('card.coordinates')}</dt>
      <dd className={styles.coordinates}>
        <span className={styles.mono} title={text}>
          {text}
        </span>
        <IconButton
          small
          label={t('card.copyCoordinates')}
          icon={<Copy size={13} />}
          onClick={() => copy(text)}
        />
        <IconButton
          small
          label={t('card.openMap')}
          icon={<MapPin size={13} />}
          onClick={() => void command(() => rpc.shell.openExternal({ url: map }))}
        />
      </dd>
    </>
  );
}
