import { localText } from '../../shared/domain/local-day.ts';

/** A moment as a `datetime-local` field of the zone shows it: `2026-03-04T09:30`. */
export function toWall(at: number, zone: string): string {
  return localText(at, zone).slice(0, 16).replace(' ', 'T');
}

/** What such a field says, or null. A time that a change of clocks skips is the one after it. */
export function fromWall(text: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const wall = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wall)) return null;
  let guess = wall;
  // Twice: the offset found at the first guess may belong to the other side of a change.
  for (let round = 0; round < 2; round += 1) guess = wall - (wallOf(guess, zone) - guess);
  return guess;
}

/** That time of the day that comes next, or of a later day. */
export function nextTime(now: number, zone: string, hour: number, daysLater = 0): number {
  const day = new Date(wallOf(now, zone) + daysLater * 86_400_000).toISOString().slice(0, 10);
  return fromWall(`${day}T${String(hour).padStart(2, '0')}:00`, zone) ?? now;
}

function wallOf(at: number, zone: string): number {
  return Date.parse(`${localText(at, zone).replace(' ', 'T')}Z`);
}
