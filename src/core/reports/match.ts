import type { ReportFilter } from '../../shared/contract/reports.ts';
import type { IncidentFact } from './facts.ts';

export type Match = ((fact: IncidentFact) => boolean) & { readonly isAll: boolean };

type Test = (fact: IncidentFact) => boolean;

/** Every dimension that is filtered must hold; within one any of its values will do. */
export function createMatch(filter: ReportFilter, macroregionOf: ReadonlyMap<number, number | null>): Match {
  const tests: Test[] = [];
  const by = (values: readonly (number | null)[], read: (fact: IncidentFact) => number | null) => {
    if (values.length === 0) return;
    const wanted = new Set(values);
    tests.push((fact) => wanted.has(read(fact)));
  };
  by(filter.regionIds, ({ place }) => place.regionId);
  by(filter.macroregionIds, ({ place: { regionId } }) =>
    regionId === null ? null : (macroregionOf.get(regionId) ?? null),
  );
  by(filter.personIds, ({ assigneeId }) => assigneeId);
  by(filter.contractorIds, ({ place }) => place.contractorId);
  by(filter.typeIds, ({ typeId }) => typeId);
  if (filter.groupIds.length > 0) {
    const wanted = new Set(filter.groupIds);
    tests.push(({ place: { groupIds } }) =>
      groupIds.length === 0 ? wanted.has(null) : groupIds.some((id) => wanted.has(id)),
    );
  }
  const match = (fact: IncidentFact) => tests.every((test) => test(fact));
  return Object.assign(match, { isAll: tests.length === 0 });
}
