import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'calls'>;

export function callsHandlers({ calls }: DeskParts): Groups {
  return {
    calls: {
      board: () => ({ calls: calls.board() }),
      list: (search) => ({ calls: calls.list(search) }),
      get: ({ id }) => ({ call: calls.get(id) }),
      create: (input, context) => calls.create(input, actorOf(context)),
      mark: (input, context) => ({ undo: calls.mark(input, actorOf(context)) }),
      passOn(input, context) {
        calls.passOn(input, actorOf(context));
        return {};
      },
      cancel(input, context) {
        calls.cancel(input, actorOf(context));
        return {};
      },
      say: (input, context) => ({ notificationId: calls.say(input, actorOf(context)) }),
      seen({ id }, context) {
        calls.seen(id, actorOf(context));
        return {};
      },
      settings: () => ({ settings: calls.settings.get() }),
      saveSettings({ settings }, context) {
        calls.settings.save(settings, actorOf(context));
        return {};
      },
      contractors: ({ incidentId }) => ({ requests: calls.contractors(incidentId) }),
      markContractor: (input, context) => ({ undo: calls.markContractor(input, actorOf(context)) }),
      remindContractor(input, context) {
        calls.remindContractor(input, actorOf(context));
        return {};
      },
    },
  };
}
