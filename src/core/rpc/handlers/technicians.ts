import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { addOverride, removeOverride, saveOnCallRules, swapDuty } from '../../calls/on-call.ts';
import { listTechnicians, onCallView, suggestNow } from '../../calls/technician-views.ts';
import { saveSkill, saveTechnician } from '../../calls/technicians.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'technicians'>;

export function techniciansHandlers({ desk, settings, technicians: parts }: DeskParts): Groups {
  return {
    technicians: {
      list: () => ({ ...listTechnicians(parts), zone: settings.get().zone }),
      suggest: (input) => ({ suggestions: [...suggestNow(parts, input)] }),
      save: (input, context) =>
        withUndo(desk, () => {
          saveTechnician(parts, input, actorOf(context));
          return {};
        }),
      saveSkill: (input, context) =>
        withUndo(desk, () => ({ id: saveSkill(parts, input, actorOf(context)) })),
      onCall: (input) => onCallView(parts, input),
      saveRules: ({ contactId, rules }, context) =>
        withUndo(desk, () => {
          saveOnCallRules(parts, contactId, rules, actorOf(context));
          return {};
        }),
      addOverride: (input, context) =>
        withUndo(desk, () => ({ id: addOverride(parts, input, actorOf(context)) })),
      swap: (input, context) => withUndo(desk, () => ({ id: swapDuty(parts, input, actorOf(context)) })),
      removeOverride: ({ id }, context) =>
        withUndo(desk, () => {
          removeOverride(parts, id, actorOf(context));
          return {};
        }),
    },
  };
}
