import type { ReportFilter } from '../../shared/contract/reports.ts';
import type { FactColumns } from './fact-columns.ts';
import type { Place } from './facts.ts';

export type Match = {
  /** Nothing is filtered. */
  readonly isAll: boolean;
  /** Whether the incident of that slot is meant. */
  has(slot: number): boolean;
};

/** Every dimension that is filtered must hold; within one any of its values will do. */
export function createMatch(
  facts: FactColumns,
  filter: ReportFilter,
  macroregionOf: ReadonlyMap<number, number | null>,
): Match {
  const people = new Set(filter.personIds.map((id) => id ?? 0));
  const types = new Set(filter.typeIds.map((id) => id ?? 0));
  const isMeant = placeTest(filter, macroregionOf);
  // Each place is judged once, however many incidents are there.
  const byPlace = Uint8Array.from(facts.places, (place) => (isMeant(place) ? 1 : 0));
  const isAll = Object.values(filter).every((values) => values.length === 0);
  return {
    isAll,
    has: (slot) =>
      isAll ||
      (byPlace[facts.placeNumbers[slot] ?? 0] === 1 &&
        (people.size === 0 || people.has(facts.assigneeIds[slot] ?? 0)) &&
        (types.size === 0 || types.has(facts.typeIds[slot] ?? 0))),
  };
}

function placeTest(
  filter: ReportFilter,
  macroregionOf: ReadonlyMap<number, number | null>,
): (place: Place) => boolean {
  const { regionIds, macroregionIds, contractorIds, groupIds } = filter;
  const fits = (wanted: readonly (number | null)[], id: number | null) =>
    wanted.length === 0 || wanted.includes(id);
  return (place) =>
    fits(regionIds, place.regionId) &&
    fits(macroregionIds, macroregionOfPlace(place, macroregionOf)) &&
    fits(contractorIds, place.contractorId) &&
    (groupIds.length === 0 ||
      (place.groupIds.length === 0
        ? groupIds.includes(null)
        : place.groupIds.some((id) => groupIds.includes(id))));
}

export function macroregionOfPlace(
  { regionId }: Place,
  macroregionOf: ReadonlyMap<number, number | null>,
): number | null {
  return regionId === null ? null : (macroregionOf.get(regionId) ?? null);
}
