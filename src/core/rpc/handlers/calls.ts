import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'calls'>;

export function callsHandlers(_parts: DeskParts): Groups {
  return { calls: {} as Groups['calls'] };
}
