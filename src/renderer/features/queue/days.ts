const dayMs = 86_400_000;

/** `2026-11-21` as the field wants it, in the zone of the desk. */
export function dayText(at: number | null, zone: string): string {
  return at === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
}

/** Midnight of a day in a zone; null for a day not fully typed. */
export function dayStart(day: string, zone: string): number | null {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return null;
  // The zone's offset at that midnight; asked twice, because the first guess may fall on the other side of a shift.
  const guess = utc - offsetMs(utc, zone);
  return utc - offsetMs(guess, zone);
}

/** The last millisecond of the day. */
export function dayEnd(day: string, zone: string): number | null {
  const start = dayStart(day, zone);
  if (start === null) return null;
  const next = dayText(start + dayMs + dayMs / 2, zone);
  const end = dayStart(next, zone);
  return end === null ? null : end - 1;
}

function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
