import type { CalendarDay, CalendarView, ClockDetail, ClockRule } from '../../shared/contract/clocks.ts';
import type { DeadlineStep } from '../../shared/contract/incidents.ts';
import { isZone } from '../../shared/domain/roster.ts';
import {
  aroundTheClock,
  compileCalendar,
  weekProblem,
  type DayHours,
} from '../../shared/domain/working-calendar.ts';
import { AppError } from '../../shared/errors.ts';
import type { CalendarStore } from '../db/calendar-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';
import type { Actor, IncidentParts } from '../incidents/parts.ts';
import { rulesByKey } from '../incidents/run-clock.ts';
import { countedDays } from './counted-days.ts';

export type ClockParts = IncidentParts & { readonly calendarStore: CalendarStore };

type Saved<T> = Omit<T, 'id'> & { readonly id: number | null };

const minuteMs = 60_000;

/** What the card shows of an incident's clocks, and what may be begun. */
export function clocksOf(
  parts: ClockParts,
  incidentId: number,
): { clocks: ClockDetail[]; works: { kind: string; name: string; nameEn: string }[]; earliest: number } {
  const incident = parts.incidents.require(incidentId);
  const rules = rulesByKey(parts);
  const clocks = parts.clocks.all(incidentId).map((clock): ClockDetail => {
    const rule = rules.get(clock.kind);
    const { kind, startedAt, targetMs, riskAt, dueAt, pausedAt, remainingMs, pauseReason, endedAt } = clock;
    const facts = { startedAt, targetMs, riskAt, dueAt, pausedAt, remainingMs, pauseReason, endedAt };
    const { name, nameEn } = rule ?? { name: kind, nameEn: kind };
    return {
      kind,
      name,
      nameEn,
      ...facts,
      work: rule?.starts === 'hand',
      merged: clock.endedBy === 'merged',
    };
  });
  const running = new Set(clocks.filter(({ endedAt }) => endedAt === null).map(({ kind }) => kind));
  const isOpen = incident.finishedAt === null && incident.dismissedAt === null;
  const categories = new Set(parts.incidents.categories(incidentId));
  const works = [...rules.values()]
    .filter(({ active, starts, key }) => isOpen && active && starts === 'hand' && !running.has(key))
    // What the incident's own kinds of work are stands first.
    .toSorted((one, other) => Number(isOwn(other, categories)) - Number(isOwn(one, categories)))
    .map(({ key: kind, name, nameEn }) => ({ kind, name, nameEn }));
  return { clocks, works, earliest: Math.min(incident.registeredAt, incident.openedAt) };
}

function isOwn({ categoryId }: ClockRuleRecord, categories: ReadonlySet<number>): boolean {
  return categoryId !== null && categories.has(categoryId);
}

/** Throws `invalid-input` (reasons `clock-target`, `clock-own`), `not-found`. */
export function saveRule(parts: ClockParts, rule: Saved<ClockRule>, actor: Actor): number {
  return parts.db.transact((revision) => {
    parts.calendarStore.require(rule.calendarId);
    if ((rule.target === 'fixed') !== (rule.targetMinutes !== null)) throw invalid('clock-target');
    const before = parts.clockRules.all().find(({ id }) => id === rule.id);
    // The incident's own clock stays what it is: the queue and every deadline stand on it.
    const isOwnClock = before?.key === 'sla';
    if (isOwnClock && (rule.starts !== 'registered' || !rule.active)) throw invalid('clock-own');
    const warnPercents = [...new Set(rule.warnPercents)].toSorted((one, other) => one - other);
    const saved = { ...rule, key: before?.key ?? rule.key, warnPercents };
    const id = parts.clockRules.save(saved, revision);
    parts.journal.append({
      kind: 'clock.rule-saved',
      subject: 'reference',
      subjectId: id,
      actorId: actor,
      facts: { key: saved.key, name: rule.name, changes: changesOf(before, saved) },
    });
    parts.db.touch('reference');
    return id;
  });
}

/** Throws `invalid-input` (reasons `calendar-empty`, `calendar-interval`, `calendar-overlap`, `zone-unknown`). */
export function saveCalendar(parts: ClockParts, calendar: Saved<CalendarView>, actor: Actor): number {
  return parts.db.transact((revision) => {
    requireHours(calendar);
    const before = parts.calendarStore.all().find(({ id }) => id === calendar.id);
    const week = calendar.week.map((day) => day.toSorted((one, other) => one[0] - other[0]));
    const saved = { ...calendar, key: before?.key ?? calendar.key, week };
    const id = parts.calendarStore.save(saved, revision);
    parts.journal.append({
      kind: 'clock.calendar-saved',
      subject: 'reference',
      subjectId: id,
      actorId: actor,
      facts: { key: saved.key, name: calendar.name, changes: changesOf(before, saved) },
    });
    parts.db.touch('reference');
    return id;
  });
}

type DayChange = Omit<CalendarDay, 'kind'> & { readonly kind: CalendarDay['kind'] | null };

/** Throws `invalid-input` (reason `day-unknown`). */
export function saveDays(parts: ClockParts, days: readonly DayChange[], actor: Actor): void {
  parts.db.transact((revision) => {
    const changes = days.flatMap(({ day, kind, name }) => {
      if (!isDay(day)) throw invalid('day-unknown');
      const before = parts.calendarStore.day(day);
      if (before?.kind === (kind ?? undefined) && (kind === null || before?.name === name)) return [];
      if (kind === null) parts.calendarStore.removeDay(day);
      else parts.calendarStore.saveDay({ day, kind, name }, revision);
      return [{ day, from: before?.kind ?? null, to: kind }];
    });
    if (changes.length === 0) return;
    parts.journal.append({
      kind: 'clock.days-saved',
      subject: 'reference',
      subjectId: 0,
      actorId: actor,
      facts: { days: changes },
    });
    parts.db.touch('reference');
  });
}

/** Throws `not-found`, `invalid-input` (reason `zone-unknown`). */
export function saveRegionZone(
  parts: ClockParts,
  { id, zone }: { readonly id: number; readonly zone: string },
  actor: Actor,
): void {
  parts.db.transact((revision) => {
    const region = parts.calendarStore.regions().find((row) => row.id === id);
    if (!region) throw new AppError('not-found', { details: { reason: 'region', id } });
    if (zone !== '' && !isZone(zone)) throw invalid('zone-unknown');
    if (region.zone === zone) return;
    parts.calendarStore.setRegionZone(id, zone, revision);
    parts.journal.append({
      kind: 'clock.region-zone-saved',
      subject: 'reference',
      subjectId: id,
      actorId: actor,
      facts: { name: region.name, from: region.zone, to: zone },
    });
    parts.db.touch('reference');
    parts.db.touch('asset');
  });
}

type Trial = Pick<CalendarView, 'zone' | 'aroundTheClock' | 'week' | 'holidays'> & {
  readonly from: string;
  readonly minutes: number;
};

/** Where a clock of so many minutes would end. Throws as `saveCalendar`. */
export function tryOut(
  parts: ClockParts,
  { from, minutes, ...calendar }: Trial,
): { dueAt: number; zone: string; steps: DeadlineStep[] } {
  requireHours(calendar);
  const zone = parts.calendars.zoneFor(calendar, null);
  const compiled = parts.calendars.hoursOf(calendar, zone);
  const wall = Date.parse(`${from}Z`);
  if (Number.isNaN(wall)) throw invalid('day-unknown');
  const guess = wall - (compiled.zone.wallMs(wall) - wall);
  const startedAt = wall - (compiled.zone.wallMs(guess) - guess);
  const counts = calendar.aroundTheClock ? aroundTheClock : compileCalendar(compiled.hours, compiled.zone);
  const dueAt = counts.add(startedAt, minutes * minuteMs);
  const days = new Map(parts.calendarStore.days().map((day) => [day.day, day]));
  const steps = calendar.aroundTheClock ? [] : countedDays(compiled, days, { from: startedAt, to: dueAt });
  return { dueAt, zone, steps };
}

function requireHours({
  zone,
  aroundTheClock: always,
  week,
}: {
  readonly zone: string;
  readonly aroundTheClock: boolean;
  readonly week: readonly DayHours[];
}): void {
  if (zone !== '' && !isZone(zone)) throw invalid('zone-unknown');
  const problem = always ? undefined : weekProblem(week);
  if (problem) throw invalid(`calendar-${problem}`);
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function changesOf(
  before: object | undefined,
  after: object,
): Record<string, { from: unknown; to: unknown }> {
  const was = new Map(Object.entries(before ?? {}));
  return Object.fromEntries(
    Object.entries(after).flatMap(([field, to]) => {
      const from = was.get(field) ?? null;
      return field === 'id' || JSON.stringify(from) === JSON.stringify(to) ? [] : [[field, { from, to }]];
    }),
  );
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', { details: { reason } });
}
