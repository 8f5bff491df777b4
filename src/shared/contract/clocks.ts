/** Clocks of an incident, and the calendars and rules they run by. */
export const clocksContract = {} as const;
