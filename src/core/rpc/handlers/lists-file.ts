import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { Context } from '../desk-session.ts';

type Group = Handlers<PultContract, Context>['keeping'];

export function listHandlers(
  _parts: DeskParts,
): Pick<Group, 'exportLists' | 'previewLists' | 'importLists' | 'undoLists'> {
  const later = (): never => {
    throw new AppError('not-found');
  };
  return { exportLists: later, previewLists: later, importLists: later, undoLists: later };
}
