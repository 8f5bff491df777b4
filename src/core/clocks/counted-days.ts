import type { DeadlineStep } from '../../shared/contract/incidents.ts';
import { isoDay, workingStretches } from '../../shared/domain/working-calendar.ts';
import type { CalendarDayRecord } from '../db/calendar-store.ts';
import type { CompiledHours } from '../incidents/calendars.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** More lines than these are not read; the rest is told as one. */
const mostDays = 14;

type Range = { readonly from: number; readonly to: number };

/** One step per local day of [from, to): its hours that counted, or why none of them did. */
export function countedDays(
  compiled: CompiledHours,
  named: ReadonlyMap<string, CalendarDayRecord>,
  { from, to }: Range,
): DeadlineStep[] {
  const { hours, zone } = compiled;
  const stretches = workingStretches(hours, zone, { from, to });
  const byDay = Map.groupBy(stretches, ({ from: start }) => isoDay(Math.floor(zone.wallMs(start) / dayMs)));
  const steps: DeadlineStep[] = [];
  const lastDay = Math.floor(zone.wallMs(to) / dayMs);
  for (let day = Math.floor(zone.wallMs(from) / dayMs); day <= lastDay; day += 1) {
    const key = isoDay(day);
    const counted = byDay.get(key) ?? [];
    const special = hours.days.has(key) ? named.get(key) : undefined;
    if (counted.length === 0 && special?.kind !== 'off') continue;
    const at = counted[0]?.from ?? Math.max(from, day * dayMs - (zone.wallMs(from) - from));
    const ms = counted.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
    const text = counted
      .map((stretch) => `${wallTime(zone.wallMs(stretch.from))}–${wallTime(zone.wallMs(stretch.to))}`)
      .join(', ');
    steps.push({
      step: counted.length > 0 ? 'counted' : 'skipped',
      at,
      facts: { day: key, text, ms, kind: special?.kind ?? null, name: special?.name ?? null },
    });
  }
  return shortened(steps);
}

/** The beginning and the end of many days; the middle is told by its sum. */
function shortened(steps: DeadlineStep[]): DeadlineStep[] {
  if (steps.length <= mostDays) return steps;
  const half = mostDays / 2;
  const middle = steps.slice(half, -half);
  const ms = middle.reduce((sum, { facts }) => sum + Number(facts['ms'] ?? 0), 0);
  const rest: DeadlineStep = {
    step: 'counted-more',
    at: middle[0]?.at ?? 0,
    facts: { days: middle.length, ms },
  };
  return [...steps.slice(0, half), rest, ...steps.slice(-half)];
}

function wallTime(wallMs: number): string {
  return new Date(Math.round(wallMs / minuteMs) * minuteMs).toISOString().slice(11, 16);
}
