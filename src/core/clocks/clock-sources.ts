import type { CalendarStore } from '../db/calendar-store.ts';
import type { ClockRuleStore } from '../db/clock-rule-store.ts';
import type { MovedBecause } from '../incidents/recount-clock.ts';

/** Everything a deadline follows from but the incident itself, as short texts that can be compared. */
export type ClockSources = {
  readonly zone: string;
  readonly regions: string;
  readonly days: string;
  readonly calendars: Readonly<Record<string, { readonly name: string; readonly hours: string }>>;
  readonly rules: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly target: string;
        readonly counting: string;
        readonly calendarId: number;
      }
    >
  >;
};

type Parts = {
  readonly calendars: CalendarStore;
  readonly clockRules: ClockRuleStore;
  readonly zone: () => string;
};

export function readClockSources({ calendars, clockRules, zone }: Parts): ClockSources {
  return {
    zone: zone(),
    regions: JSON.stringify(calendars.regionZones().map(({ id, zone: own }) => [id, own])),
    days: JSON.stringify(calendars.days().map(({ day, kind }) => [day, kind])),
    calendars: Object.fromEntries(
      calendars.all().map(({ id, name, zone: own, aroundTheClock, week, holidays }) => {
        return [String(id), { name, hours: JSON.stringify([own, aroundTheClock, week, holidays]) }];
      }),
    ),
    rules: Object.fromEntries(
      clockRules.all().map((rule) => {
        const { key, name, calendarId, target, targetMinutes, pauseStatusIds, warnPercents } = rule;
        const counting = JSON.stringify([calendarId, pauseStatusIds, warnPercents]);
        return [key, { name, target: JSON.stringify([target, targetMinutes]), counting, calendarId }];
      }),
    ),
  };
}

/** Why a clock of a kind may stand elsewhere now; undefined when nothing it follows from has changed. */
export function causeFor(kind: string, was: ClockSources, is: ClockSources): MovedBecause | undefined {
  const rule = is.rules[kind];
  if (!rule) return undefined;
  const before = was.rules[kind];
  if (before?.target !== rule.target) return { because: 'rule', name: rule.name, retargets: true };
  if (before.counting !== rule.counting) return { because: 'rule', name: rule.name };
  const calendar = is.calendars[String(rule.calendarId)];
  if (was.calendars[String(rule.calendarId)]?.hours !== calendar?.hours) {
    return { because: 'calendar', name: calendar?.name ?? '' };
  }
  if (was.days !== is.days) return { because: 'days', name: calendar?.name ?? '' };
  if (was.regions !== is.regions) return { because: 'region', name: is.zone };
  return was.zone === is.zone ? undefined : { because: 'zone', name: is.zone };
}
