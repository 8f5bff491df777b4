import type {
  OnCallOverride,
  OnCallRule,
  OnCallWindow,
  Skill,
  Suggestion,
  Technician,
} from '../../shared/contract/technicians.ts';
import { type OnCallStretch, onCallStretches } from '../../shared/domain/on-call.ts';
import { AppError } from '../../shared/errors.ts';
import { availabilityAt } from './availability.ts';
import { type Span } from './on-call.ts';
import { suggestTechnicians, type SuggestInput } from './suggest.ts';
import type { TechnicianParts } from './technicians.ts';

const dayMs = 86_400_000;
const longestDays = 62;

/** Everybody with what they can, whether they are on call and how much is with them. */
export function listTechnicians(parts: TechnicianParts): { technicians: Technician[]; skills: Skill[] } {
  const { technicians, onCall, clock } = parts;
  const at = clock.now();
  const plan = { rules: onCall.rules(), overrides: onCall.overridesBetween(at, Number.MAX_SAFE_INTEGER) };
  const planned = new Set([...plan.rules, ...plan.overrides].map(({ contactId }) => contactId));
  const span = { startsAt: at, endsAt: at + 7 * dayMs };
  const duties = Map.groupBy(onCallStretches(plan, span), ({ contactId }) => contactId);
  return {
    skills: technicians.skills(),
    technicians: technicians.all().map(({ lastAskedAt: _asked, ...one }) => {
      const availability = availabilityAt(one, at);
      return {
        ...one,
        skillIds: [...one.skillIds],
        regionIds: [...one.regionIds],
        availability,
        availableUntil: availability === one.availability ? one.availableUntil : null,
        planned: planned.has(one.contactId),
        ...dutyOf(duties.get(one.contactId) ?? [], span),
      };
    }),
  };
}

function dutyOf(
  stretches: readonly OnCallStretch[],
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
): Pick<Technician, 'onCall' | 'onCallUntil' | 'nextOnCallAt'> {
  const [first, ...later] = stretches;
  if (first?.from !== startsAt) {
    return { onCall: false, onCallUntil: null, nextOnCallAt: first?.from ?? null };
  }
  let until = first.to;
  // Neighbours of different sources are one duty.
  for (const next of later) if (next.from === until) until = next.to;
  return { onCall: true, onCallUntil: until < endsAt ? until : null, nextOnCallAt: null };
}

export type OnCallView = {
  readonly rules: OnCallRule[];
  readonly overrides: OnCallOverride[];
  readonly windows: OnCallWindow[];
};

/** Throws `invalid-input` (reason `span-wrong`). */
export function onCallView({ onCall }: TechnicianParts, { from, to }: Span): OnCallView {
  if (to <= from || to - from > longestDays * dayMs) {
    throw new AppError('invalid-input', { details: { reason: 'span-wrong' } });
  }
  const plan = { rules: onCall.rules(), overrides: onCall.overridesBetween(from, to) };
  return { ...plan, windows: onCallStretches(plan, { startsAt: from, endsAt: to }) };
}

/** Whom to call now. */
export function suggestNow(parts: TechnicianParts, input: Omit<SuggestInput, 'at'>): readonly Suggestion[] {
  return suggestTechnicians(parts, { ...input, at: parts.clock.now() });
}
