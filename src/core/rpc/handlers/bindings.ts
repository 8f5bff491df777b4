import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { bindingsOf, createBindingLink, unbind } from '../../notify/bindings.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

export function bindingsHandlers({ bindings }: DeskParts): Pick<Handlers<PultContract, Context>, 'bindings'> {
  return {
    bindings: {
      list: ({ party }) => bindingsOf(bindings, party),
      async createLink({ party, routeId }, context) {
        const actor = actorOf(context);
        const bot = await bindings.botName(routeId, context.signal);
        return createBindingLink(bindings, { party, routeId, bot }, actor);
      },
      unbind: ({ id }, context) =>
        withUndo(bindings, () => {
          unbind(bindings, id, actorOf(context));
          return {};
        }),
    },
  };
}
