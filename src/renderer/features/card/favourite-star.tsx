import { useTranslation } from 'react-i18next';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import { useFavourite } from '../../lib/favourite.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Star } from '../../ui/star.tsx';

/** The person's own star; nobody sees another's. */
export function FavouriteStar({ row }: { readonly row: IncidentRow }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const turn = useFavourite();
  useShortcut('favourite', () => turn(row));
  return (
    <IconButton
      label={t(`notes.star.${row.favourite ?? 'none'}`)}
      keys={keys('favourite')}
      pressed={row.favourite !== null}
      icon={<Star level={row.favourite} />}
      onClick={() => turn(row)}
    />
  );
}
