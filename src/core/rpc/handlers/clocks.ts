import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import {
  clocksOf,
  saveCalendar,
  saveDays,
  saveRegionZone,
  saveRule,
  tryOut,
} from '../../clocks/clock-desk.ts';
import { explainClocks } from '../../clocks/explain-clock.ts';
import {
  beginByHand,
  correctByHand,
  endByHand,
  pauseByHand,
  resumeByHand,
} from '../../incidents/works-by-hand.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function clocksHandlers({
  clockParts: parts,
}: DeskParts): Pick<Handlers<PultContract, Context>, 'clocks'> {
  return {
    clocks: {
      ofIncident: ({ incidentId }) => clocksOf(parts, incidentId),
      why: ({ incidentId }) => ({ clocks: explainClocks(parts, incidentId) }),
      begin: (input, context) => beginByHand(parts, input, actorOf(context)),
      end: (input, context) => endByHand(parts, input, actorOf(context)),
      correct: (input, context) => correctByHand(parts, input, actorOf(context)),
      pause: (input, context) => pauseByHand(parts, input, actorOf(context)),
      resume: (input, context) => resumeByHand(parts, input, actorOf(context)),
      lists: () => ({
        rules: parts.clockRules.all(),
        calendars: parts.calendarStore.all().map(({ week, ...calendar }) => ({
          ...calendar,
          week: week.map((day) => day.map(([from, to]): [number, number] => [from, to])),
        })),
        days: parts.calendarStore.days(),
        regions: parts.calendarStore.regions(),
      }),
      saveRule: (rule, context) => ({ id: saveRule(parts, rule, actorOf(context)) }),
      saveCalendar: (calendar, context) => ({ id: saveCalendar(parts, calendar, actorOf(context)) }),
      saveDays({ days }, context) {
        saveDays(parts, days, actorOf(context));
        return {};
      },
      saveRegionZone(input, context) {
        saveRegionZone(parts, input, actorOf(context));
        return {};
      },
      tryOut: (trial) => tryOut(parts, trial),
    },
  };
}
