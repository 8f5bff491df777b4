/** One line of a weekly plan; bit 0 of `weekdays` is Monday, an end not after the start is on the next day. */
export type RosterPlan = {
  readonly weekdays: number;
  readonly startsMinute: number;
  readonly endsMinute: number;
  readonly zone: string;
};

export type DutyWindow = { readonly startsAt: number; readonly endsAt: number };

type LocalDay = { readonly year: number; readonly month: number; readonly day: number };

const dayMinutes = 1440;

/** The planned shift that covers `at`, or undefined. Half-open: at its end somebody else is on duty. */
export function dutyWindow(plan: RosterPlan, at: number): DutyWindow | undefined {
  // A night shift that covers now began today or yesterday; a zone change can shift the date by one more.
  for (const offset of [0, -1, 1]) {
    const window = windowOn(plan, dayOf(at, plan.zone, offset));
    if (window && window.startsAt <= at && at < window.endsAt) return window;
  }
  return undefined;
}

/** The next moment after `at` at which the plan starts or ends a shift, within eight days. */
export function nextBoundary(plan: RosterPlan, at: number): number | undefined {
  let next: number | undefined;
  for (let offset = -1; offset <= 8; offset += 1) {
    const window = windowOn(plan, dayOf(at, plan.zone, offset));
    for (const moment of window ? [window.startsAt, window.endsAt] : []) {
      if (moment > at && (next === undefined || moment < next)) next = moment;
    }
  }
  return next;
}

const dayMs = 86_400_000;

/** Every planned shift that touches a span, cut to it, in order of time. */
export function planWindows(plan: RosterPlan, span: DutyWindow): DutyWindow[] {
  const windows: DutyWindow[] = [];
  const days = Math.ceil((span.endsAt - span.startsAt) / dayMs);
  // Further on either side: a night shift began the day before, and a zone change can shift the date.
  for (let offset = -2; offset <= days + 2; offset += 1) {
    const window = windowOn(plan, dayOf(span.startsAt, plan.zone, offset));
    if (!window) continue;
    const startsAt = Math.max(window.startsAt, span.startsAt);
    const endsAt = Math.min(window.endsAt, span.endsAt);
    if (startsAt < endsAt) windows.push({ startsAt, endsAt });
  }
  return windows;
}

function windowOn(plan: RosterPlan, day: LocalDay): DutyWindow | undefined {
  const weekday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7;
  if ((plan.weekdays & (1 << weekday)) === 0) return undefined;
  const endsMinute = plan.endsMinute > plan.startsMinute ? plan.endsMinute : plan.endsMinute + dayMinutes;
  return {
    startsAt: toEpoch(day, plan.startsMinute, plan.zone),
    endsAt: toEpoch(day, endsMinute, plan.zone),
  };
}

function dayOf(at: number, zone: string, offsetDays: number): LocalDay {
  const { year, month, day } = localParts(at, zone);
  const shifted = new Date(Date.UTC(year, month - 1, day + offsetDays));
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() };
}

/** Minutes of a local day as epoch milliseconds; a time that daylight saving skips becomes the one after it. */
function toEpoch({ year, month, day }: LocalDay, minute: number, zone: string): number {
  const wall = Date.UTC(year, month - 1, day, 0, minute);
  let guess = wall;
  // Twice: the offset found at the first guess may belong to the other side of a change.
  for (let round = 0; round < 2; round += 1) guess = wall - offsetMs(guess, zone);
  return guess;
}

function offsetMs(at: number, zone: string): number {
  const { year, month, day, hour, minute, second } = localParts(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

type LocalParts = LocalDay & { readonly hour: number; readonly minute: number; readonly second: number };

/** Whether this machine knows the time zone: one it does not would break every later look at the roster. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    // RangeError is how Intl says no.
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(at: number, zone: string): LocalParts {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  return {
    year: parts['year'] ?? 0,
    month: parts['month'] ?? 0,
    day: parts['day'] ?? 0,
    hour: parts['hour'] ?? 0,
    minute: parts['minute'] ?? 0,
    second: parts['second'] ?? 0,
  };
}

/** Making a formatter costs far more than using one. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
