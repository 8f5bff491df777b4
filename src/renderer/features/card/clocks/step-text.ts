import type { TFunction } from 'i18next';
import type { DeadlineStep } from '../../../../shared/contract/incidents.ts';
import type { Format } from '../../../lib/format.ts';

export type StepWords = {
  readonly t: TFunction;
  readonly format: Format;
  readonly reason: (reason: string | null) => string;
  readonly language: 'ru' | 'en';
};

type Facts = DeadlineStep['facts'];
type Writer = (facts: Facts, words: StepWords) => string;

const minuteMs = 60_000;

const text = (facts: Facts, key: string): string => String(facts[key] ?? '');
const number = (facts: Facts, key: string): number => Number(facts[key] ?? 0);
const moment = (facts: Facts, key: string, { t, format }: StepWords): string =>
  typeof facts[key] === 'number' ? format.full(number(facts, key)) : t('clocks.step.noDeadline');

const writers: Readonly<Record<string, Writer>> = {
  started: (facts, { t }) =>
    t(
      `clocks.step.started.${facts['by'] === 'hand' || facts['by'] === 'opened' ? facts['by'] : 'registered'}`,
    ),
  'target-set': (facts, { t, format }) =>
    typeof facts['slaMinutes'] === 'number'
      ? t('clocks.step.target', { length: lengthText(facts['slaMinutes'] * minuteMs, format) })
      : t('clocks.step.targetNone'),
  'priority-set': (facts, { t, format }) =>
    typeof facts['minutes'] === 'number'
      ? t('clocks.step.priority', { length: lengthText(facts['minutes'] * minuteMs, format) })
      : t('clocks.step.priorityChanged'),
  length: (facts, { t, format }) =>
    t(
      `clocks.step.length.${facts['target'] === 'fixed' ? 'fixed' : facts['target'] === 'type' ? 'type' : 'priority'}`,
      {
        length: lengthText(number(facts, 'ms'), format),
      },
    ),
  calendar: (facts, { t, language }) => {
    const name = text(facts, language === 'ru' ? 'name' : 'nameEn');
    return number(facts, 'around') === 1
      ? t('clocks.step.calendarAlways', { name })
      : t('clocks.step.calendar', { name, zone: text(facts, 'zone') });
  },
  counted: (facts, { t, format }) => {
    const length = lengthText(number(facts, 'ms'), format);
    const hours = t('clocks.step.counted', { hours: text(facts, 'text'), length });
    return facts['kind'] === null ? hours : `${hours} · ${dayText(facts, t)}`;
  },
  skipped: (facts, { t }) => t('clocks.step.skipped', { why: dayText(facts, t) }),
  'counted-more': (facts, { t, format }) =>
    t('clocks.step.countedMore', {
      count: number(facts, 'days'),
      length: lengthText(number(facts, 'ms'), format),
    }),
  paused: (facts, { t, reason }) => t('clocks.step.paused', { reason: reason(text(facts, 'reason')) }),
  resumed: (facts, { t, format }) =>
    t('clocks.step.resumed', { length: lengthText(number(facts, 'pausedMs'), format) }),
  restarted: (facts, { t }) => t(`clocks.step.restarted.${facts['why'] === 'undo' ? 'undo' : 'reopened'}`),
  'begun-again': (_, { t }) => t('clocks.step.begunAgain'),
  corrected: (_, { t }) => t('clocks.step.corrected'),
  moved: (facts, words) =>
    words.t('clocks.step.moved', {
      from: moment(facts, 'from', words),
      to: moment(facts, 'to', words),
      why: becauseText(facts, words.t),
    }),
  warned: (facts, { t }) => t('clocks.step.warned', { percent: number(facts, 'percent') }),
  'at-risk': (_, { t }) => t('clocks.step.atRisk'),
  overdue: (_, { t }) => t('clocks.step.overdue'),
  due: (_, { t }) => t('clocks.step.due'),
  kept: (facts, { t, format }) => t('clocks.step.kept', { length: format.countdown(number(facts, 'ms')) }),
  ended: (facts, words) => verdictText(facts, words),
};

export function stepText({ step, facts }: DeadlineStep, words: StepWords): string {
  return writers[step]?.(facts, words) ?? words.t('card.why.other', { step });
}

/** Ten seconds are enough for this line: how long, by what, from when, until when, how it ended. */
export function summaryText(steps: readonly DeadlineStep[], words: StepWords): string {
  const { t, format } = words;
  const of = (step: string): DeadlineStep | undefined => steps.findLast((one) => one.step === step);
  const [started, length, calendar, due, ended, kept] = [
    steps.find(({ step }) => step === 'started'),
    of('length'),
    of('calendar'),
    of('due'),
    of('ended'),
    of('kept'),
  ];
  const pausedMs = steps.reduce(
    (sum, { step, facts }) => sum + (step === 'resumed' ? number(facts, 'pausedMs') : 0),
    0,
  );
  return [
    length ? stepText(length, words) : t('clocks.step.noDeadline'),
    started ? t('clocks.why.from', { at: format.full(started.at) }) : '',
    calendar ? stepText(calendar, words) : '',
    pausedMs > 0 ? t('clocks.why.pauses', { length: lengthText(pausedMs, format) }) : '',
    due ? t('clocks.why.until', { at: format.full(due.at) }) : '',
    kept ? stepText(kept, words) : '',
    ended ? verdictText(ended.facts, words) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function verdictText(facts: Facts, { t, format }: StepWords): string {
  const length = lengthText(Math.abs(number(facts, 'ms')), format);
  if (facts['verdict'] === 'met') return t('clocks.step.ended.met', { length });
  return facts['verdict'] === 'breached'
    ? t('clocks.step.ended.breached', { length })
    : t('clocks.step.ended.none');
}

/** 4 ч, 1 ч 30 мин, 45 с: a length read exactly, not rounded to its largest unit. */
function lengthText(ms: number, format: Format): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / minuteMs);
  const seconds = Math.floor((ms % minuteMs) / 1000);
  const hourMs = 3_600_000;
  const parts = [
    // Formatted below a day: working time is counted in hours.
    ...(hours > 0 ? [format.age(hourMs).replace('1', format.number(hours))] : []),
    ...(minutes > 0 ? [format.age(minutes * minuteMs)] : []),
    ...(seconds > 0 ? [format.age(seconds * 1000)] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : format.age(0);
}

function dayText(facts: Facts, t: TFunction): string {
  const { kind } = facts;
  const known = kind === 'off' || kind === 'short' || kind === 'work' ? t(`clocks.day.${kind}`) : '';
  return [known, text(facts, 'name')].filter((part) => part !== '').join(': ');
}

const causes = ['calendar', 'days', 'rule', 'region', 'zone', 'priority'] as const;

function becauseText(facts: Facts, t: TFunction): string {
  const cause = causes.find((one) => one === facts['because']) ?? 'rule';
  return t(`clocks.because.${cause}`, { name: text(facts, 'name') });
}
