import { planWindows, type DutyWindow, type RosterPlan } from './roster.ts';

type Rule = RosterPlan & { readonly contactId: number };

type Override = {
  readonly id: number;
  readonly contactId: number;
  readonly onDuty: boolean;
  readonly fromAt: number;
  readonly toAt: number;
  /** Of a swap: whose duty this is; it covers only what that one would have stood. */
  readonly insteadOfId: number | null;
};

export type OnCallPlan = {
  readonly rules: readonly Rule[];
  /** In the order in which they were made: a later one is stronger. */
  readonly overrides: readonly Override[];
};

export type OnCallStretch = {
  readonly contactId: number;
  readonly from: number;
  readonly to: number;
  readonly source: 'plan' | 'override' | 'swap';
  readonly overrideId: number | null;
};

type Stretch = Omit<OnCallStretch, 'contactId'>;

const aheadMs = 36 * 3_600_000;

/** Who is on call at a moment, and until when; null is further than a day and a half. */
export function onCallAt(plan: OnCallPlan, at: number): ReadonlyMap<number, number | null> {
  const span = { startsAt: at, endsAt: at + aheadMs };
  const until = new Map<number, number>();
  for (const { contactId, from, to } of onCallStretches(plan, span)) {
    const known = until.get(contactId);
    // Neighbours of different sources are one duty.
    if (known === undefined ? from <= at : known === from) until.set(contactId, to);
  }
  return new Map([...until].map(([contactId, to]) => [contactId, to < span.endsAt ? to : null]));
}

/** Duty within a span as it comes out of the plan with every override laid over it, of each in order of time. */
export function onCallStretches({ rules, overrides }: OnCallPlan, span: DutyWindow): OnCallStretch[] {
  const duty = plannedDuty(rules, span);
  for (const override of overrides) {
    const cut = { from: Math.max(override.fromAt, span.startsAt), to: Math.min(override.toAt, span.endsAt) };
    if (cut.from < cut.to) layOver(duty, override, cut);
  }
  return [...duty].flatMap(([contactId, stretches]) =>
    stretches.toSorted((a, b) => a.from - b.from).map((stretch) => ({ contactId, ...stretch })),
  );
}

function plannedDuty(rules: readonly Rule[], span: DutyWindow): Map<number, Stretch[]> {
  const duty = new Map<number, Stretch[]>();
  // Crews share their plans, and counting a plan costs far more than looking it up.
  const counted = new Map<string, DutyWindow[]>();
  for (const { contactId, ...plan } of rules) {
    const key = JSON.stringify([plan.weekdays, plan.startsMinute, plan.endsMinute, plan.zone]);
    const windows = counted.get(key) ?? planWindows(plan, span);
    counted.set(key, windows);
    let stretches = duty.get(contactId) ?? [];
    for (const { startsAt, endsAt } of windows) {
      stretches = put(stretches, { from: startsAt, to: endsAt, source: 'plan', overrideId: null });
    }
    duty.set(contactId, stretches);
  }
  return duty;
}

type Cut = { readonly from: number; readonly to: number };

function layOver(duty: Map<number, Stretch[]>, override: Override, cut: Cut): void {
  const { id, contactId, insteadOfId, onDuty } = override;
  const own = duty.get(contactId) ?? [];
  if (insteadOfId !== null) {
    const theirs = duty.get(insteadOfId) ?? [];
    duty.set(insteadOfId, without(theirs, cut));
    const taken = within(theirs, cut);
    duty.set(
      contactId,
      taken.reduce((all, { from, to }) => put(all, { from, to, source: 'swap', overrideId: id }), own),
    );
  } else {
    duty.set(
      contactId,
      onDuty ? put(own, { ...cut, source: 'override', overrideId: id }) : without(own, cut),
    );
  }
}

/** The new one stands whole; what it covers gives way. */
function put(stretches: readonly Stretch[], added: Stretch): Stretch[] {
  return [...without(stretches, added), added];
}

function without(stretches: readonly Stretch[], { from, to }: Cut): Stretch[] {
  return stretches.flatMap((stretch) =>
    [
      { ...stretch, to: Math.min(stretch.to, from) },
      { ...stretch, from: Math.max(stretch.from, to) },
    ].filter((part) => part.from < part.to),
  );
}

function within(stretches: readonly Stretch[], { from, to }: Cut): Stretch[] {
  return stretches
    .map((stretch) => ({ ...stretch, from: Math.max(stretch.from, from), to: Math.min(stretch.to, to) }))
    .filter((part) => part.from < part.to);
}
