import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

export function shiftHandlers(_parts: DeskParts): Pick<Handlers<PultContract, Context>, 'shift'> {
  return { shift: {} };
}
