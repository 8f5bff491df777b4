import type { CalendarRecord } from '../db/calendar-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';

type SeedCalendar = Pick<CalendarRecord, 'key' | 'name' | 'nameEn' | 'aroundTheClock' | 'week' | 'holidays'>;

const everyDay = (hours: readonly (readonly [number, number])[]) => Array.from({ length: 7 }, () => hours);
const officeHours = [
  [9 * 60, 13 * 60],
  [14 * 60, 18 * 60],
] as const;

export const seedCalendars: readonly SeedCalendar[] = [
  {
    key: 'around-the-clock',
    name: 'Круглосуточно',
    nameEn: 'Around the clock',
    aroundTheClock: true,
    week: everyDay([]),
    holidays: false,
  },
  {
    key: 'office',
    name: 'Рабочее время',
    nameEn: 'Office hours',
    aroundTheClock: false,
    week: [officeHours, officeHours, officeHours, officeHours, officeHours, [], []],
    holidays: true,
  },
  {
    key: 'night',
    name: 'Ночные часы',
    nameEn: 'Night hours',
    aroundTheClock: false,
    week: everyDay([[20 * 60, 32 * 60]]),
    holidays: false,
  },
];

type SeedRule = Pick<
  ClockRuleRecord,
  'key' | 'name' | 'nameEn' | 'starts' | 'target' | 'targetMinutes' | 'warnPercents' | 'escalateMinutes'
> & { readonly category?: string; readonly ends: readonly string[] };

const halfMonthMinutes = 15 * 24 * 60;

/** "At risk" is the step between the two percents, so a deadline is told three times. */
export const seedRules: readonly SeedRule[] = [
  {
    key: 'sla',
    name: 'Срок заявки',
    nameEn: 'Incident deadline',
    starts: 'registered',
    target: 'type',
    targetMinutes: null,
    ends: [],
    warnPercents: [50, 90],
    escalateMinutes: 10,
  },
  {
    key: 'reaction',
    name: 'Реакция',
    nameEn: 'Reaction',
    starts: 'opened',
    target: 'fixed',
    targetMinutes: 10,
    ends: ['data-requested', 'handed-over', 'closed', 'on-generator'],
    warnPercents: [50],
    escalateMinutes: 5,
  },
  {
    key: 'emergency',
    name: 'АВР',
    nameEn: 'Emergency recovery',
    category: 'emergency',
    starts: 'hand',
    target: 'type',
    targetMinutes: null,
    ends: ['closure-notified'],
    warnPercents: [50, 90],
    escalateMinutes: 10,
  },
  {
    key: 'repair',
    name: 'РВР',
    nameEn: 'Repair',
    category: 'repair',
    starts: 'hand',
    target: 'repair-priority',
    targetMinutes: null,
    ends: ['closure-notified'],
    warnPercents: [50, 90],
    escalateMinutes: 30,
  },
  {
    key: 'generator',
    name: 'ДГУ',
    nameEn: 'Generator',
    category: 'generator',
    starts: 'hand',
    target: 'fixed',
    targetMinutes: halfMonthMinutes,
    ends: ['closure-notified'],
    warnPercents: [80],
    escalateMinutes: 60,
  },
  {
    key: 'maintenance',
    name: 'ЭКС',
    nameEn: 'Maintenance',
    category: 'maintenance',
    starts: 'hand',
    target: 'fixed',
    targetMinutes: halfMonthMinutes,
    ends: ['closure-notified'],
    warnPercents: [80],
    escalateMinutes: 60,
  },
];
