import type { Ladder, LadderStep, NamedLadder } from '../../../shared/contract/ladders.ts';

export const waitUnits = ['seconds', 'minutes', 'hours'] as const;
export type WaitUnit = (typeof waitUnits)[number];

const secondsOf: Readonly<Record<WaitUnit, number>> = { seconds: 1, minutes: 60, hours: 3600 };

export type StepForm = Pick<LadderStep, 'channel' | 'address' | 'waitFor'> & {
  /** Tells steps apart while they are moved. */
  readonly key: number;
  readonly wait: string;
  readonly unit: WaitUnit;
  readonly retries: string;
};

export type LadderForm = {
  readonly steps: readonly StepForm[];
  readonly repeats: boolean;
  readonly repeatMinutes: string;
  readonly rounds: string;
  readonly next: { readonly to: NonNullable<Ladder['next']>; readonly name: string } | null;
};

export type LadderProblem =
  | { readonly at: number; readonly field: 'wait' | 'retries' }
  | { readonly field: 'repeatMinutes' | 'rounds' | 'steps' };

export function formOf(ladder: NamedLadder): LadderForm {
  const { steps, repeatMinutes, mostRounds, next, nextName } = ladder;
  return {
    steps: steps.map((step, key) => ({
      key,
      channel: step.channel,
      address: step.address,
      waitFor: step.waitFor,
      ...waitOf(step.waitSeconds),
      retries: String(step.retries),
    })),
    repeats: repeatMinutes !== null && mostRounds > 1,
    repeatMinutes: String(repeatMinutes ?? 5),
    rounds: String(mostRounds > 1 ? mostRounds : 3),
    next: next && { to: next, name: nextName ?? '' },
  };
}

/** The step after the last: by another channel where there is one left. */
export function withNewStep(form: LadderForm): LadderForm {
  const order = ['telegram', 'email', 'sms', 'push', 'max', 'whatsapp'] as const;
  const used = new Set(form.steps.map(({ channel }) => channel));
  const channel = order.find((other) => !used.has(other)) ?? 'sms';
  const key = Math.max(-1, ...form.steps.map((step) => step.key)) + 1;
  const fresh: StepForm = {
    key,
    channel,
    address: '',
    waitFor: 'acknowledged',
    wait: '5',
    unit: 'minutes',
    retries: '1',
  };
  return { ...form, steps: [...form.steps, fresh] };
}

export function withMoved(form: LadderForm, from: number, to: number): LadderForm {
  const step = form.steps[from];
  if (!step || to < 0 || to >= form.steps.length) return form;
  return { ...form, steps: form.steps.toSpliced(from, 1).toSpliced(to, 0, step) };
}

export function problemsOf(form: LadderForm): readonly LadderProblem[] {
  const problems: LadderProblem[] = form.steps.length === 0 ? [{ field: 'steps' }] : [];
  for (const [at, step] of form.steps.entries()) {
    const seconds = (wholeNumber(step.wait) ?? 0) * secondsOf[step.unit];
    if (seconds < 5 || seconds > 86_400) problems.push({ at, field: 'wait' });
    if (!isWithin(step.retries, 0, 10)) problems.push({ at, field: 'retries' });
  }
  if (form.repeats && !isWithin(form.repeatMinutes, 1, 1440)) problems.push({ field: 'repeatMinutes' });
  if (form.repeats && !isWithin(form.rounds, 2, 20)) problems.push({ field: 'rounds' });
  return problems;
}

/** Only of a form without problems. */
export function toLadder(form: LadderForm, urgency: Ladder['urgency']): Ladder {
  return {
    urgency,
    steps: form.steps.map(({ key: _key, wait, unit, retries, ...step }) => ({
      ...step,
      waitSeconds: Number(wait) * secondsOf[unit],
      retries: Number(retries),
    })),
    repeatMinutes: form.repeats ? Number(form.repeatMinutes) : null,
    mostRounds: form.repeats ? Number(form.rounds) : 1,
    next: form.next?.to ?? null,
  };
}

function waitOf(seconds: number): { readonly wait: string; readonly unit: WaitUnit } {
  const unit = waitUnits.findLast((other) => seconds % secondsOf[other] === 0) ?? 'seconds';
  return { wait: String(seconds / secondsOf[unit]), unit };
}

export function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined;
}

function isWithin(text: string, least: number, most: number): boolean {
  const value = wholeNumber(text);
  return value !== undefined && value >= least && value <= most;
}
