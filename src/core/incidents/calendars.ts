import {
  aroundTheClock,
  compileCalendar,
  type CalendarHours,
  type WorkingCalendar,
} from '../../shared/domain/working-calendar.ts';
import { compileZone, type Zone } from '../../shared/domain/zone.ts';
import type { CalendarRecord, CalendarStore } from '../db/calendar-store.ts';

/** A calendar as it is counted by: its hours in the zone that holds. */
export type CompiledHours = { readonly hours: CalendarHours; readonly zone: Zone; readonly zoneName: string };

/** The calendars as clocks count by them. */
export type Calendars = {
  /** By the hours of the calendar in the zone that holds for this incident. */
  of(calendarId: number, incidentId: number): WorkingCalendar;
  /** The calendar's own zone, else that of the region, else the desk's. */
  zoneFor(calendar: Pick<CalendarRecord, 'zone'>, incidentId: number | null): string;
  /** The hours behind it, to be shown; not for a calendar that counts around the clock. */
  hoursOf(calendar: Pick<CalendarRecord, 'week' | 'holidays'>, zoneName: string): CompiledHours;
};

type Parts = {
  readonly store: CalendarStore;
  /** The desk's own, where neither the calendar nor the region names one. */
  readonly zone: () => string;
};

/** What was worked out is kept until a calendar or a day is changed, whoever changed it. */
export function createCalendars({ store, zone }: Parts): Calendars {
  const zones = new Map<string, Zone>();
  let version: string | undefined;
  let rows = new Map<number, CalendarRecord>();
  let days: CalendarHours['days'] = new Map();
  const compiled = new Map<string, WorkingCalendar>();

  function freshen(): void {
    const current = store.version();
    if (current === version) return;
    version = current;
    rows = new Map(store.all().map((calendar) => [calendar.id, calendar]));
    days = new Map(store.days().map(({ day, kind }) => [day, kind]));
    compiled.clear();
  }

  function zoneOf(name: string): Zone {
    const known = zones.get(name);
    if (known) return known;
    const made = compileZone(name);
    zones.set(name, made);
    return made;
  }

  const zoneFor: Calendars['zoneFor'] = (calendar, incidentId) =>
    calendar.zone || (incidentId === null ? undefined : store.zoneOfIncident(incidentId)) || zone();

  const hoursOf: Calendars['hoursOf'] = ({ week, holidays }, zoneName) => {
    freshen();
    return { hours: { week, days: holidays ? days : new Map() }, zone: zoneOf(zoneName), zoneName };
  };

  return {
    of(calendarId, incidentId) {
      freshen();
      const calendar = rows.get(calendarId) ?? store.require(calendarId);
      if (calendar.aroundTheClock) return aroundTheClock;
      const zoneName = zoneFor(calendar, incidentId);
      const key = `${calendarId} ${zoneName}`;
      const known = compiled.get(key);
      if (known) return known;
      const { hours, zone: compiledZone } = hoursOf(calendar, zoneName);
      const made = compileCalendar(hours, compiledZone);
      compiled.set(key, made);
      return made;
    },
    zoneFor,
    hoursOf,
  };
}
