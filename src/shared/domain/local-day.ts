/** Days of a zone as `YYYY-MM-DD`; their starts as epoch milliseconds. */

const formats = new Map<string, Intl.DateTimeFormat>();
const dayMs = 86_400_000;

/** The local day that holds this moment. */
export function localDay(at: number, zone: string): string {
  return localText(at, zone).slice(0, 10);
}

/** `YYYY-MM-DD HH:MM:SS` of the zone. */
export function localText(at: number, zone: string): string {
  // Whole seconds: Intl rounds a fraction down before 1970 and up in some engines.
  return formatOf(zone).format(Math.floor(at / 1000) * 1000);
}

export function addDays(day: string, days: number): string {
  return new Date(utcOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days lie between two days; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / dayMs);
}

/** The first moment of a day; where midnight is skipped by a clock change, the moment after it. */
export function startOfDay(day: string, zone: string): number {
  const wall = utcOf(day);
  let guess = wall;
  // Twice: the offset found at the first guess may belong to the other side of a change.
  for (let round = 0; round < 2; round += 1) guess = wall - offsetMs(guess, zone);
  return localDay(guess, zone) < day ? guess + 3_600_000 : guess;
}

function utcOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function offsetMs(at: number, zone: string): number {
  return Date.parse(`${localText(at, zone).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}

/** Sweden writes dates as ISO does. Making a formatter costs far more than using one. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}
