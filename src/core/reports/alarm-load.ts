import type { AlarmLoad } from '../../shared/contract/reports.ts';
import { eemua } from '../../shared/domain/alarm-limits.ts';
import type { DutyRow } from '../db/report-store.ts';
import type { Period } from './period.ts';

const hourMs = 3_600_000;
const tenMs = 600_000;
const worstListed = 10;

type Input = {
  /** Moments within the period. */
  readonly at: readonly number[];
  readonly duty: readonly DutyRow[];
  readonly period: Period;
  readonly now: number;
};

/** Alarms against what a person at a desk can take; hours and tens of minutes are those of the clock. */
export function alarmLoad({ at, duty, period, now }: Input): AlarmLoad {
  const end = Math.min(period.before, now);
  const byHour = new Map<number, number>();
  const byTen = new Map<number, number>();
  const ofDay = Array.from({ length: 24 }, () => 0);
  // They come in the order of time: those of the same ten minutes are counted together.
  for (let index = 0; index < at.length;) {
    const moment = at[index] ?? 0;
    const ten = Math.floor(moment / tenMs);
    let count = 0;
    for (; index < at.length && Math.floor((at[index] ?? 0) / tenMs) === ten; index += 1) count += 1;
    const hour = Math.floor(moment / hourMs);
    byHour.set(hour, (byHour.get(hour) ?? 0) + count);
    byTen.set(ten, (byTen.get(ten) ?? 0) + count);
    const local = period.hourOf(moment);
    ofDay[local] = (ofDay[local] ?? 0) + count;
  }
  const shifts = duty.map(({ startedAt, endedAt }) => ({
    from: Math.max(startedAt, period.from),
    before: Math.min(endedAt ?? end, end),
  }));
  const onDuty = new Map<number, number>();
  for (const { from, before } of shifts) {
    for (let hour = Math.floor(from / hourMs); hour * hourMs < before; hour += 1) {
      onDuty.set(hour, (onDuty.get(hour) ?? 0) + 1);
    }
  }
  const loads = [...byHour].map(([hour, alarms]) => {
    const dispatchers = onDuty.get(hour) ?? 0;
    return { at: hour * hourMs, alarms, dispatchers, each: alarms / Math.max(1, dispatchers) };
  });
  const dispatcherHours =
    shifts.reduce((sum, { from, before }) => sum + Math.max(0, before - from), 0) / hourMs;
  const lengthMs = Math.max(0, end - period.from);
  const daysSoFar = Math.max(1, lengthMs / (24 * hourMs));
  return {
    total: at.length,
    dispatcherHours,
    perDispatcherHour: dispatcherHours > 0 ? at.length / dispatcherHours : null,
    hours: loads.length,
    aboveAcceptable: loads.filter(({ each }) => each > eemua.acceptableAnHour).length,
    aboveManageable: loads.filter(({ each }) => each > eemua.manageableAnHour).length,
    mostInTen: [...byTen.values()].reduce((most, count) => Math.max(most, count), 0),
    floods: [...byTen.values()].filter((count) => count > eemua.peakInTenMinutes).length,
    tens: Math.ceil(lengthMs / tenMs),
    byHour: ofDay.map((count) => count / daysSoFar),
    worst: loads
      .toSorted((a, b) => b.each - a.each || b.at - a.at)
      .slice(0, worstListed)
      .map(({ at: hour, alarms, dispatchers }) => ({ at: hour, alarms, dispatchers })),
  };
}
