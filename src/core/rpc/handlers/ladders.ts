import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'ladders'>;

export function laddersHandlers(_parts: DeskParts): Groups {
  const later = (): never => {
    throw new AppError('unavailable');
  };
  return {
    ladders: {
      of: later,
      save: later,
      remove: later,
      saveLimit: later,
      preview: later,
      parties: later,
      groups: () => ({ groups: [] }),
      saveGroup: later,
      addressStates: later,
      sendCode: later,
      confirmCode: later,
      setDead: later,
    },
  };
}
