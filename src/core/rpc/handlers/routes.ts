import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'routes'>;

export function routesHandlers(_parts: DeskParts): Groups {
  const later = (): never => {
    throw new AppError('unavailable');
  };
  return {
    routes: {
      list: () => ({ routes: [] }),
      save: later,
      setEnabled: later,
      order: later,
      remove: later,
      test: async () => later(),
    },
  };
}
