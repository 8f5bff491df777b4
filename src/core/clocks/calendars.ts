import { aroundTheClock, type WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import type { CalendarStore } from '../db/calendar-store.ts';

/** The calendars as clocks count by them. */
export type Calendars = {
  /** By the hours of the calendar in the zone that holds for this incident. */
  of(calendarId: number, incidentId: number): WorkingCalendar;
};

type Parts = {
  readonly store: CalendarStore;
  /** The desk's own, where neither the calendar nor the region names one. */
  readonly zone: () => string;
};

export function createCalendars({ store }: Parts): Calendars {
  return {
    of(calendarId) {
      store.require(calendarId);
      return aroundTheClock;
    },
  };
}
