import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function shiftHandlers({ shift }: DeskParts): Pick<Handlers<PultContract, Context>, 'shift'> {
  return {
    shift: {
      state: (_input, context) => shift.state(actorOf(context)),
      draw: (_input, context) => shift.draw(actorOf(context)),
      soundTested({ heard }, context) {
        shift.soundTested(actorOf(context), heard);
        return {};
      },
      begin: (_input, context) => shift.begin(actorOf(context)),
      end: (input, context) => shift.end(input, actorOf(context)),
      giveOut: (input, context) => shift.giveOut(input, actorOf(context)),
      acknowledge({ id }, context) {
        shift.acknowledge(id, actorOf(context));
        return {};
      },
      remark(input, context) {
        shift.remark(input, actorOf(context));
        return {};
      },
      handovers: (input, context) => ({ handovers: shift.handovers(input, actorOf(context)) }),
      handover: ({ id }, context) => ({ handover: shift.handover(id, actorOf(context)) }),
      calls: (_input, context) => ({ calls: shift.calls(actorOf(context)) }),
      hush({ handoverId }, context) {
        shift.hush(handoverId, actorOf(context));
        return {};
      },
      answered: ({ since }) => ({ answered: shift.answered(since) }),
      settings: () => ({ settings: shift.settings.get() }),
      saveSettings({ settings }, context) {
        shift.settings.save(settings, actorOf(context));
        return {};
      },
      saveChannel(input, context) {
        shift.saveChannel(input, actorOf(context));
        return {};
      },
    },
  };
}
