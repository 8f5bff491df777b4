import type { UndoParts } from './incidents/undo.ts';
import { takeBackLink } from './links/take-back-link.ts';
import { bindAgain, unbindChat } from './notify/bindings.ts';
import type { DeskParts } from './rpc/desk-parts.ts';
import { createTakeBackOther, type TakeBackParts } from './undo/take-back-other.ts';

type Parts = Pick<DeskParts, 'moveLetterBack' | 'quarantine' | 'links' | 'bindings'> &
  Omit<TakeBackParts, 'holdAgain' | 'bindings'>;

/** Whatever can be taken back, by whom it belongs to. */
export function composeUndo({ moveLetterBack, quarantine, links, bindings, ...parts }: Parts): UndoParts {
  const takeBackOther = createTakeBackOther({
    ...parts,
    holdAgain: quarantine.holdAgain,
    bindings: {
      again: (binding, actor) => bindAgain(bindings, binding, actor),
      remove: (routeId, chatId, actor) => unbindChat(bindings, { routeId, chatId }, actor),
    },
  });
  return {
    ...parts.desk,
    moveLetterBack,
    takeBackOther: (entry, actor, revision) =>
      takeBackLink(links, entry, actor) || takeBackOther(entry, actor, revision),
  };
}
