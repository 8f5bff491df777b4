import type { DeadlineStep } from '../../shared/contract/incidents.ts';
import type { CalendarDayRecord, CalendarStore } from '../db/calendar-store.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import { rulesByKey, wasMet } from '../incidents/run-clock.ts';
import { countedDays } from './counted-days.ts';

/** How each journal entry about a clock reads in "why this deadline". */
const stepOf: Readonly<Record<string, string>> = {
  'incident.type-changed': 'target-set',
  'incident.repair-priority-changed': 'priority-set',
  'incident.clock-paused': 'paused',
  'incident.clock-resumed': 'resumed',
  'incident.clock-restarted': 'restarted',
  'incident.work-begun': 'begun-again',
  'incident.work-corrected': 'corrected',
  'incident.deadline-moved': 'moved',
  'incident.clock-warning': 'warned',
  'incident.at-risk': 'at-risk',
  'incident.overdue': 'overdue',
};

type Parts = IncidentParts & { readonly calendarStore: CalendarStore };
type Explained = {
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string;
  readonly steps: DeadlineStep[];
};

/** Of every clock, each step that led to the second on it, in the order of time. */
export function explainClocks(parts: Parts, incidentId: number): Explained[] {
  const rules = rulesByKey(parts);
  const history = parts.journal.ofSubject('incident', incidentId);
  const days = new Map(parts.calendarStore.days().map((day) => [day.day, day]));
  return parts.clocks.all(incidentId).map((clock) => {
    const rule = rules.get(clock.kind);
    const { name, nameEn } = rule ?? { name: clock.kind, nameEn: clock.kind };
    const steps = [
      startStep(clock, rule),
      ...eventSteps(clock, rule, history),
      ...calendarSteps(parts, clock, { rule, days }),
      ...endSteps(clock),
    ];
    return { kind: clock.kind, name, nameEn, steps: inOrder(steps) };
  });
}

/** By the second: what happened within one stands in the order it is told. */
function inOrder(steps: readonly DeadlineStep[]): DeadlineStep[] {
  const second = ({ at }: DeadlineStep) => Math.floor(at / 1000);
  return steps.toSorted((one, other) => second(one) - second(other));
}

function startStep(clock: ClockRecord, rule: ClockRuleRecord | undefined): DeadlineStep {
  return { step: 'started', at: clock.startedAt, facts: { by: rule?.starts ?? 'registered' } };
}

function eventSteps(
  clock: ClockRecord,
  rule: ClockRuleRecord | undefined,
  history: readonly JournalRow[],
): DeadlineStep[] {
  return history.flatMap((entry) => {
    const step = stepOf[entry.kind];
    if (step === undefined) return [];
    const facts = JSON.parse(entry.payload) as Record<string, unknown>;
    const isTarget =
      (step === 'target-set' && rule?.target === 'type') ||
      (step === 'priority-set' && rule?.target === 'repair-priority');
    if (!isTarget && facts['kind'] !== clock.kind) return [];
    // The first beginning is the start itself.
    if (step === 'begun-again' && facts['endedBefore'] === null) return [];
    return [{ step, at: entry.at, facts: flat(facts) }];
  });
}

function calendarSteps(
  parts: Parts,
  clock: ClockRecord,
  {
    rule,
    days,
  }: {
    readonly rule: ClockRuleRecord | undefined;
    readonly days: ReadonlyMap<string, CalendarDayRecord>;
  },
): DeadlineStep[] {
  if (!rule || clock.targetMs === null) return [];
  const calendar = parts.calendarStore.require(rule.calendarId);
  const length: DeadlineStep = {
    step: 'length',
    at: clock.startedAt,
    facts: { ms: clock.targetMs, target: rule.target },
  };
  const around = calendar.aroundTheClock ? 1 : 0;
  const zone = calendar.aroundTheClock ? '' : parts.calendars.zoneFor(calendar, clock.incidentId);
  const named: DeadlineStep = {
    step: 'calendar',
    at: clock.startedAt,
    facts: {
      name: calendar.name,
      nameEn: calendar.nameEn,
      zone,
      around,
      ownZone: calendar.zone === '' ? 0 : 1,
    },
  };
  const to = clock.dueAt ?? clock.pausedAt;
  if (around === 1 || to === null || to <= clock.startedAt) return [length, named];
  const hours = parts.calendars.hoursOf(calendar, zone);
  return [length, named, ...countedDays(hours, days, { from: clock.startedAt, to })];
}

function endSteps(clock: ClockRecord): DeadlineStep[] {
  const { dueAt, endedAt, pausedAt, remainingMs } = clock;
  const steps: DeadlineStep[] = [];
  if (dueAt !== null) steps.push({ step: 'due', at: dueAt, facts: {} });
  if (pausedAt !== null && remainingMs !== null)
    steps.push({ step: 'kept', at: pausedAt, facts: { ms: remainingMs } });
  if (endedAt !== null) {
    const met = wasMet(clock);
    const facts = { verdict: met === null ? 'none' : met ? 'met' : 'breached', by: clock.endedBy };
    steps.push({ step: 'ended', at: endedAt, facts: { ...facts, ms: dueAt === null ? 0 : dueAt - endedAt } });
  }
  return steps;
}

/** Facts that are not one value become nothing: the page shows texts and numbers. */
function flat(facts: Record<string, unknown>): DeadlineStep['facts'] {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) =>
      value === null || typeof value === 'string' || typeof value === 'number' ? [[key, value]] : [],
    ),
  );
}
