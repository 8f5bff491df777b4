import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { autoCloseAtFor, cancelAutoClose, mayAutoClose } from '../../incidents/auto-close.ts';
import { autoCloseOf, wasRefused } from '../../incidents/auto-close-of.ts';
import { closeIncident } from '../../incidents/close-incident.ts';
import { closingProblems, openDuplicates } from '../../incidents/closing-problems.ts';
import { mayPostpone, postpone, postponedOf, wake } from '../../incidents/postpone.ts';
import { finishReminder, remind } from '../../incidents/reminders.ts';
import { setRepairPriority, setSubtype } from '../../incidents/subtype.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function workflowHandlers({ desk }: DeskParts): Pick<Handlers<PultContract, Context>, 'workflow'> {
  return {
    workflow: {
      ofIncident({ id }) {
        const incident = desk.incidents.require(id);
        const isOver = incident.finishedAt !== null || incident.dismissedAt !== null;
        return {
          subtypeId: incident.subtypeId,
          repairPriorityId: incident.repairPriorityId,
          problems: isOver ? [] : closingProblems(desk, id),
          duplicates: isOver ? [] : openDuplicates(desk, id),
          postponed: postponedOf(desk, incident),
          autoClose: autoCloseOf(desk, incident),
          autoCloseRefused: wasRefused(desk, incident),
          autoCloseAt: mayAutoClose(desk, incident) ? autoCloseAtFor(desk, incident) : null,
          mayPostpone: mayPostpone(desk, incident),
        };
      },
      setSubtype: (input, context) => setSubtype(desk, input, actorOf(context)),
      setRepairPriority: (input, context) => setRepairPriority(desk, input, actorOf(context)),
      close: (input, context) => closeIncident(desk, input, actorOf(context)),
      cancelAutoClose: (input, context) => cancelAutoClose(desk, input, actorOf(context)),
      postpone: (input, context) => postpone(desk, input, actorOf(context)),
      wake: (input, context) => wake(desk, input, actorOf(context)),
      remind: (input, context) => remind(desk, input, actorOf(context)),
      reminders: (_input, context) => ({ reminders: desk.reminders.open(actorOf(context)) }),
      finishReminder: ({ id }, context) => finishReminder(desk, id, actorOf(context)),
    },
  };
}
