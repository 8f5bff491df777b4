import { useTranslation } from 'react-i18next';
import type { FavouriteLevel } from '../../shared/contract/notes.ts';
import { useDesk } from './desk.ts';
import { useCommand } from './use-command.ts';

type Starred = { readonly id: number; readonly code: string; readonly favourite: FavouriteLevel };

/** Off, normal, important, off: one key and one click go round. */
function nextLevel(level: FavouriteLevel): FavouriteLevel {
  if (level === null) return 'normal';
  return level === 'normal' ? 'important' : null;
}

/** Turns a person's own star on. */
export function useFavourite(): (row: Starred) => void {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  return ({ id, code, favourite }) => {
    const level = nextLevel(favourite);
    void command(() => rpc.personal.setFavourite({ incidentId: id, level }), {
      done: t(`notes.star.done.${level ?? 'none'}`, { code }),
    });
  };
}
