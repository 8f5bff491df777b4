import type { Suggestion, SuggestionReasons } from '../../shared/contract/technicians.ts';
import { onCallAt } from '../../shared/domain/on-call.ts';
import type { OnCallStore } from '../db/on-call-store.ts';
import type { TechnicianRecord, TechnicianStore } from '../db/technician-store.ts';
import { availabilityAt } from './availability.ts';

export type SuggestParts = { readonly technicians: TechnicianStore; readonly onCall: OnCallStore };

export type SuggestInput = {
  /** Where it is; null does not ask. */
  readonly regionId: number | null;
  readonly skillId: number | null;
  readonly at: number;
  /** Who has been asked already. */
  readonly exclude: readonly number[];
};

/**
 * Whom to call, best first, with what speaks for and against each. Whoever is off or out of use is not among them; a call
 * goes on by itself only to one that `fits`.
 */
export function suggestTechnicians(
  { technicians, onCall }: SuggestParts,
  input: SuggestInput,
): readonly Suggestion[] {
  const { at } = input;
  const rules = onCall.rules();
  // Beyond the moment, because somebody whose duty begins later has a plan all the same.
  const overrides = onCall.overridesBetween(at, Number.MAX_SAFE_INTEGER);
  const planned = new Set([...rules, ...overrides].map(({ contactId }) => contactId));
  const onDuty = onCallAt({ rules, overrides }, at);
  const left = new Set(input.exclude);
  return technicians
    .all()
    .filter((one) => one.active && !left.has(one.contactId) && availabilityAt(one, at) !== 'off')
    .map((one) => {
      const duty = onDuty.has(one.contactId)
        ? 'on-call'
        : planned.has(one.contactId)
          ? 'off-call'
          : 'unplanned';
      const onCallUntil = onDuty.get(one.contactId) ?? null;
      const reasons = { duty, onCallUntil, ...reasonsOf(one, input) } as const;
      const { contactId, name, organisation, phone } = one;
      return { contactId, name, organisation, phone, fits: fits(reasons), reasons };
    })
    .toSorted((a, b) => compare(a.reasons, b.reasons) || a.name.localeCompare(b.name, 'ru'));
}

function reasonsOf(
  one: TechnicianRecord,
  { regionId, skillId, at }: SuggestInput,
): Omit<SuggestionReasons, 'duty' | 'onCallUntil'> {
  return {
    region: regionId === null ? 'not-asked' : regionOf(one, regionId),
    skill: skillId === null ? 'not-asked' : one.skillIds.includes(skillId) ? 'has' : 'lacks',
    load: one.load,
    mostCalls: one.mostCalls,
    availability: availabilityAt(one, at),
    lastAskedAt: one.lastAskedAt,
  };
}

function regionOf({ regionIds }: TechnicianRecord, regionId: number): SuggestionReasons['region'] {
  if (regionIds.length === 0) return 'everywhere';
  return regionIds.includes(regionId) ? 'own' : 'other';
}

function fits({ duty, region, skill, load, mostCalls }: SuggestionReasons): boolean {
  return duty !== 'off-call' && region !== 'other' && skill !== 'lacks' && load < mostCalls;
}

const dutyRank = { 'on-call': 0, unplanned: 1, 'off-call': 2 } as const;
const regionRank = { own: 0, 'not-asked': 0, everywhere: 1, other: 2 } as const;
const skillRank = { has: 0, 'not-asked': 0, lacks: 1 } as const;

/** Who can do it comes before who is near, duty before load; of equals whoever was asked longest ago. */
function compare(a: SuggestionReasons, b: SuggestionReasons): number {
  return (
    Number(fits(b)) - Number(fits(a)) ||
    skillRank[a.skill] - skillRank[b.skill] ||
    regionRank[a.region] - regionRank[b.region] ||
    dutyRank[a.duty] - dutyRank[b.duty] ||
    Number(a.availability === 'busy') - Number(b.availability === 'busy') ||
    a.load / a.mostCalls - b.load / b.mostCalls ||
    (a.lastAskedAt ?? 0) - (b.lastAskedAt ?? 0)
  );
}
