import type { ClockRule } from '../../../../shared/contract/clocks.ts';

export type RuleForm = Omit<ClockRule, 'id' | 'targetMinutes' | 'warnPercents' | 'escalateMinutes'> & {
  readonly id: number | null;
  readonly minutes: string;
  readonly warns: string;
  readonly escalate: string;
};

const mostMinutes = 525_600;

export function formOf(rule: ClockRule): RuleForm {
  const { targetMinutes, warnPercents, escalateMinutes, ...rest } = rule;
  return {
    ...rest,
    minutes: targetMinutes === null ? '' : String(targetMinutes),
    warns: warnPercents.join(', '),
    escalate: escalateMinutes === null ? '' : String(escalateMinutes),
  };
}

/** null is empty, undefined is not a number of minutes. */
export function minutesOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const minutes = Number(trimmed);
  return /^\d+$/.test(trimmed) && minutes >= 1 && minutes <= mostMinutes ? minutes : undefined;
}

/** Rising and without repeats; undefined when something in it is no percent. */
export function percentsOf(text: string): number[] | undefined {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const percents = words.map((word) => (/^\d{1,2}$/.test(word) ? Number(word) : 0));
  if (percents.some((percent) => percent < 1) || percents.length > 10) return undefined;
  return [...new Set(percents)].toSorted((one, other) => one - other);
}

/** What is saved, or undefined while something in the form is wrong. */
export function ruleOf(form: RuleForm): (Omit<ClockRule, 'id'> & { readonly id: number | null }) | undefined {
  const { minutes, warns, escalate, ...rest } = form;
  const targetMinutes = rest.target === 'fixed' ? minutesOf(minutes) : null;
  const warnPercents = percentsOf(warns);
  const escalateMinutes = minutesOf(escalate);
  if (targetMinutes === undefined || (rest.target === 'fixed' && targetMinutes === null)) return undefined;
  if (warnPercents === undefined || escalateMinutes === undefined) return undefined;
  return { ...rest, targetMinutes, warnPercents, escalateMinutes };
}
