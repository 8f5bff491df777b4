/** A rule of the weekly plan; minutes of the day, and an end not after the start is on the next day. */
export type Rule = {
  readonly weekdays: number;
  readonly startsMinute: number;
  readonly endsMinute: number;
};

/** A piece of a day somebody works; `endMinute` up to 1440. */
export type Stretch = {
  readonly day: number;
  readonly startMinute: number;
  readonly endMinute: number;
  /** Began the evening before. */
  readonly continued: boolean;
};

const dayMinutes = 1440;
export const weekdayIndexes = [0, 1, 2, 3, 4, 5, 6] as const;

export function worksOn(weekdays: number, day: number): boolean {
  return (weekdays & (1 << day)) !== 0;
}

export function toggleDay(weekdays: number, day: number): number {
  return weekdays ^ (1 << day);
}

export function crossesMidnight(rule: Rule): boolean {
  return rule.endsMinute <= rule.startsMinute;
}

export function lengthMinutes(rule: Rule): number {
  const length = rule.endsMinute - rule.startsMinute;
  return length > 0 ? length : length + dayMinutes;
}

/** `08:00`, whatever clock the browser's language prefers. */
export function toClockText(minute: number): string {
  const hours = String(Math.floor(minute / 60)).padStart(2, '0');
  return `${hours}:${String(minute % 60).padStart(2, '0')}`;
}

export function fromClockText(text: string): number | undefined {
  const found =
    /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text.trim()) ?? /^([01]\d|2[0-3])([0-5]\d)$/.exec(text.trim());
  if (!found) return undefined;
  return Number(found[1]) * 60 + Number(found[2]);
}

/** The week as a strip: a shift across midnight is two stretches, Sunday night goes on on Monday. */
export function weekOf(rules: readonly Rule[]): readonly Stretch[] {
  return rules
    .flatMap((rule) =>
      weekdayIndexes.filter((day) => worksOn(rule.weekdays, day)).flatMap((day) => stretches(rule, day)),
    )
    .toSorted((a, b) => a.day - b.day || a.startMinute - b.startMinute);
}

/** Hours of a week that no rule of anybody covers, as stretches; the gaps the lead must see. */
export function uncovered(rules: readonly Rule[]): readonly Stretch[] {
  const week = weekOf(rules);
  return weekdayIndexes.flatMap((day) => {
    const gaps: Stretch[] = [];
    let covered = 0;
    for (const { startMinute, endMinute } of week.filter((stretch) => stretch.day === day)) {
      if (startMinute > covered) {
        gaps.push({ day, startMinute: covered, endMinute: startMinute, continued: false });
      }
      covered = Math.max(covered, endMinute);
    }
    if (covered < dayMinutes) {
      gaps.push({ day, startMinute: covered, endMinute: dayMinutes, continued: false });
    }
    return gaps;
  });
}

function stretches(rule: Rule, day: number): readonly Stretch[] {
  if (!crossesMidnight(rule)) {
    return [{ day, startMinute: rule.startsMinute, endMinute: rule.endsMinute, continued: false }];
  }
  const evening = { day, startMinute: rule.startsMinute, endMinute: dayMinutes, continued: false };
  if (rule.endsMinute === 0) return [evening];
  return [evening, { day: (day + 1) % 7, startMinute: 0, endMinute: rule.endsMinute, continued: true }];
}
