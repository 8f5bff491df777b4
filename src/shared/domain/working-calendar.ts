/** Time that counts for a clock. Negative amounts walk backwards. All in milliseconds. */
export type WorkingCalendar = {
  /** The moment at which `ms` of counted time have passed since `from`. */
  add(from: number, ms: number): number;
  /** Counted time between two moments. */
  between(from: number, to: number): number;
};

/** Every second counts: emergencies have no office hours. */
export const aroundTheClock: WorkingCalendar = {
  add: (from, ms) => from + ms,
  between: (from, to) => to - from,
};
